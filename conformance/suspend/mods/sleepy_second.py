from time import sleep_ms
print("second starts")
sleep_ms(1)
def slow(x):
    sleep_ms(1)
    return x
class Thing:
    sleep_ms(1)
    def __init__(self, n):
        sleep_ms(1)
        self.n = slow(n)
total = sum([slow(i) for i in range(4)])
sleep_ms(1)
