# update, | and |=.
d = {1: "a"}
print(d.update({2: "b"}), sorted(d.items()))
d.update([(1, "A"), (3, "c")])
print(sorted(d.items()))
d.update({})
d.update()
d.update({4: "d"}, **{})
print(sorted(d))
s = {}
s.update(x=1, y=2)
s.update({"x": 9}, z=3)
s.update(zip("pq", (1, 2)))
s.update((k, 0) for k in "mn")
print(sorted(s.items()))
a, b = {1: 1, 2: 2}, {2: 20, 3: 30}
print(sorted((a | b).items()), sorted((b | a).items()), sorted(a.items()))
e = a
a |= b
print(sorted(a.items()), e is a)
for f in (lambda: d.update(5), lambda: d.update([1]), lambda: d.update([(1,)]), lambda: d.update(None), lambda: d.update({}, {}), lambda: {} | [], lambda: {} | None, lambda: [] | {}, lambda: {} + {}, lambda: {} & {}, lambda: {} - {}):
    try:
        print(f())
    except Exception as x:
        print(type(x).__name__, x)
