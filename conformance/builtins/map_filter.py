# map and filter: laziness, several iterables, None, methods.
print(list(map(str, [1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(map(max, [1, 5], [2, 3], [0, 9])), list(map(str.upper, "ab")), list(map(len, [[], [1]])), list(map(int, "123")), list(map(lambda *a: a, "ab", "cd")), list(map(abs, ())))
print(list(filter(None, [0, 1, "", "a", [], [0], None])), list(filter(lambda x: x % 2, range(6))), list(filter(str.isdigit, "a1b2")), list(filter(bool, {0: 1, 2: 3})), list(filter(lambda x: "truthy", [0, None])))
def t(x):
    print("t", x, end=" ")
    return x
m = map(t, [1, 2, 3])
print("lazy", next(m), next(m), list(m), next(m, "end"), iter(m) is m)
print(sum(map(lambda x: x * x, filter(lambda x: x > 1, range(4)))), dict(map(lambda k: (k, k * 2), range(2))), sorted(map(lambda x: -x, (1, 2))), ",".join(map(str, range(3))), set(map(lambda x: x % 2, range(5))) == {0, 1})
class C:
    def __init__(self, v):
        self.v = v
    def twice(self):
        return self.v * 2
print([c.v for c in map(C, (1, 2))], list(map(C.twice, map(C, (1, 2)))))
for f in (lambda: map(), lambda: map(str), lambda: map(str, 5), lambda: list(map(5, [1])), lambda: list(map(len, [1])), lambda: filter(None), lambda: filter(None, 5), lambda: list(filter(5, [1])), lambda: list(map(lambda a: a, [1], [2])), lambda: filter(None, [], [])):
    try:
        f()
        print("made")
    except Exception as e:
        print(type(e).__name__, e)
