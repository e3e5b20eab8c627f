# A module for basics.py.
loads = 0
loads += 1
value = 10
def double(x):
    return x * 2
def read():
    return value
def helper(x):
    return len(x), _private()
def _private():
    return "private"
class Thing:
    def __init__(self, n):
        self.n = n
    def get(self):
        return self.n, value
