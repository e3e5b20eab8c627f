# bool is a subclass of int with its own repr; operators give back ints.
print(True + True, True - 5, True * 10, -True, +False, ~False, True / 2, True // 2, True % 2, 2**True)
print(True, False, repr(True), str(False), bool(), bool(0), bool(""), bool([0]), bool(0.0), bool(None), bool(-1))
print(isinstance(True, int), issubclass(bool, int), type(True) is bool, type(True + 0) is int)
print(True == 1, hash(True) == hash(1), {1: "one"}[True], {True: "t", 1: "o", 1.0: "f"})
print([10, 20][True], "ab"[False], (1, 2, 3)[True:], "x" * True, [0] * False)
print(True & True, type(True & True), True | False, True ^ True, type(True ^ False))
print(not True, not 0, not "", not None, not [])
print(sum([True, False, True]), max(True, False), sorted([True, False, True]))
print("%d %s" % (True, True), "{:d} {}".format(True, True), "{:5d}|".format(False))
for f in (lambda: bool(1, 2), lambda: True.x, lambda: True(), lambda: True < "a"):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
