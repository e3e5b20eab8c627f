# Implicit use as an index, in range(), in repetition; and what cannot be.
big = 2**40
print([1, 2, 3][True], "abc"[-1], len(range(5, 5 + True)), list(range(2**29, 2**29 + 2)))
print("ab" * 0, "ab" * -1, [1] * -1, b"x" * 2)
for f in (lambda: [1][big], lambda: "a"[big], lambda: [1][1.0], lambda: [1]["0"], lambda: (1,)[None],
          lambda: "a" * 1.0, lambda: [1] * "2", lambda: range(1.0), lambda: chr(1.5), lambda: range(big), lambda: "a" * big, lambda: [1] * big):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Idx:
    def __int__(self):
        return 2
try:
    print(int(Idx()))
except TypeError as e:
    print(type(e).__name__, e)
try:
    print([1, 2, 3][Idx()])
except TypeError as e:
    print(type(e).__name__, e)
print(float(big), float(-big), float(10**30), complex(3))
