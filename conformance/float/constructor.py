# float(): strings, ints, specials and rejects.
print(float(), float(3), float(-(10**20)), float(True), float(2.5))
for s in ("1", "1.5", "-2.5", "+3.25", " 4.5 ", "1e3", "1E3", "1e-3", "1.5e+2", ".5", "5.", "-.5", "00.5", "inf", "-inf", "INF", "infinity", "nan", "NaN", "1_0.5"):
    try:
        print(repr(s), float(s))
    except ValueError as e:
        print(repr(s), "ValueError", e)
for s in ("", " ", "abc", "1.5.2", "1e", "e5", "--1", "1 2", "0x10", "1.5x", "+", ".", "in", "nanx"):
    try:
        print(repr(s), float(s))
    except ValueError as e:
        print(repr(s), "ValueError", e)
print(float(b"1.5"), float(bytearray(b"2.5")))
for bad in (None, [], {}, 1j, object):
    try:
        print(float(bad))
    except TypeError as e:
        print(type(e).__name__, e)
class F:
    def __float__(self):
        return 4.5
try:
    print(float(F()))
except TypeError as e:
    print(type(e).__name__, e)
