# Chained comparisons evaluate each operand once and stop early.
def v(x):
    print(x, end=" ")
    return x
print(v(1) < v(2) < v(3))
print(v(3) < v(2) < v(1))
print(v(1) < v(5) > v(2) == v(2) != v(9))
print(1 < 2 < 3 < 4, 1 < 3 > 2, 1 == 1 == 1, 1 == 1 != 2, 3 > 2 >= 2, 1 < 2 > 5, 5 in [5] == True, 1 is 1 is 1, not 1 < 2 < 3)
x = 5
print(0 <= x < 10, 10 <= x < 20, 0 < x <= 5 <= 5, (0 < x) < 2, 0 < (x < 2))
class L:
    def __init__(self, r):
        self.r = r
    def __lt__(self, o):
        return self.r
    def __bool__(self):
        print("bool", end=" ")
        return False
print(L("truthy") < 1 < 2, L("") < 1 < 2, L(0) < 1, (L([]) < 1 < 2))
print("a" < "b" < "c", [1] < [2] <= [2], (1,) == (1,) != (2,), None is None is not 5, 1 in [1] in [[1]])
y = 1 < 2 < 3 if 3 > 2 > 1 else None
print(y, [i for i in range(10) if 2 < i <= 5], sum(1 < i < 4 for i in range(6)))
