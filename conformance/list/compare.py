# Equality and ordering, element by element.
lists = [[], [0], [1], [1, 2], [1, 2, 3], [2], ["a"][:0], [1.0, 2]]
for a in lists:
    print(a, [(a < b) * 4 + (a == b) * 2 + (a > b) for b in lists])
print([1] != [1], [1] != [2], [1] == (1,), [1] == 1, [] == (), [[1]] == [[1]], ["a"] < ["b"], [[1], 2] < [[1], 3])
print([1, 2] <= [1, 2], [1, 2] >= [1, 3], [1, "a"] == [1, "a"], [None] == [None])
for f in (lambda: [1] < ["a"], lambda: [1] < (1,), lambda: [1] < 1, lambda: [None] < [None], lambda: [1, None] < [2, None], lambda: [1j] < [2j], lambda: [] > None):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
class E:
    def __eq__(self, other):
        return True
print([E()] == [5], 5 in [E()], [1, E()].index("zz"), [E()].count(3))
