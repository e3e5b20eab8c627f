# is, is not, in, not in.
a, b = [1], [1]
c = a
print(a is c, a is b, a is not b, a == b, None is None, () is (), 1 is 1, "a" is "a", True is True, (1 == 1) is True, type(1) is int, ... is Ellipsis)
x = y = "shared text value"
print(x is y, [a] == [b], [a] is [a], a is a[:] , 5 is not 6)
cont = [[1, 2], (1, 2), {1, 2}, {1: 0, 2: 0}, range(1, 3), b"\x01\x02", frozenset((1, 2)), {1: 1, 2: 2}.values(), [1.0, 2.0], (i for i in (1, 2)), map(int, "12"), iter([1, 2])]
for s in cont:
    print(1 in s, 9 in s)
print("b" in "abc", "" in "", "x" not in "abc", "bc" in "abcd", None in [None], [] in [[]], () in (), "a" in {"a": 1}, 1 in {1: 2}.keys(), (1, 2) in {1: 2}.items(), 1.0 in [1], True in [1], "1" in ["1"], b"a" in b"cat")
nan = float("nan")
print(nan in [nan], nan in (nan,), [nan] == [nan], nan is nan)
for f in (lambda: 1 in 5, lambda: 1 in None, lambda: 1 in "a", lambda: None in "a", lambda: [] in {1: 2}, lambda: 1 in int, lambda: 1 in 1.5, lambda: "a" in 5, lambda: [] in {1}, lambda: 1 not in 5):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
