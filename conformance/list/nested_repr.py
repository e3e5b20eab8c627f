# Printing nested and self-containing structures.
a = [1, "two", 3.0, None, True, (4,), {5: "five"}, {6}, b"7", [8, [9]], 10j, range(2)]
print(a)
print(str(a) == repr(a), "%s" % a == str(a), len(str(a)))
print([""], ["'"], ['"'], [[[]]], [()], [{}], ((),), {1: []}, [set()], [print is print])
deep = []
for i in range(10):
    deep = [deep, i]
print(deep)
class R:
    def __repr__(self):
        return "R()"
    def __str__(self):
        return "never in containers"
print([R()], (R(),), {1: R()}, R())
class Broken:
    def __repr__(self):
        raise ValueError("repr")
try:
    print([1, Broken()])
except ValueError as e:
    print()
    print(type(e).__name__, e)
