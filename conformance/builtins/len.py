# len of everything that has one.
class C:
    def __len__(self):
        return 42
for x in ("", "abc", "é€", b"", b"ab", bytearray(3), [], [1, 2], (), (1,), {}, {1: 2}, set(), {1}, frozenset((1, 2)), range(0), range(5, 50, 7), memoryview(b"abcd"), C()):
    print(type(x).__name__, len(x))
big = [0] * 1000
print(len(big), len("x" * 5000), len(range(10**8)), len({i: i for i in range(100)}), len(set(range(50))))
for x in (5, None, 1.5, lambda: 0, int, iter([]), map(str, []), (i for i in ()), object(), ..., zip()):
    try:
        print(len(x))
    except TypeError as e:
        print(type(e).__name__, e)
for f in (lambda: len(), lambda: len([], [])):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
