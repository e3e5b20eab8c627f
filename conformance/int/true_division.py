# int / int is a float, whatever the size of the operands.
print(7 / 2, -7 / 2, 6 / 3, 1 / 3)
print(10**20 / 10**18, 2**40 / 2**38, 1 / 2**40)
print(type(4 / 2).__name__, 4 / 2 == 2)
for a, b in ((1, 0), (0, 0), (10**20, 0), (True, False)):
    try:
        print(a / b)
    except ZeroDivisionError as e:
        print(type(e).__name__, e)
a = 9
a /= 2
print(a)
print(2 ** -1, 2 ** -2, (-2) ** -1, 10 ** -3)
try:
    print(0 ** -1)
except ZeroDivisionError as e:
    print(type(e).__name__, e)
