# Dict and set comprehensions.
def show(d):
    print(sorted(d.items()) if isinstance(d, dict) else sorted(d), type(d).__name__, len(d))
show({x: x * x for x in range(5)})
show({x for x in "mississippi"})
show({k: v for k, v in zip("abc", (1, 2, 3)) if v != 2})
show({v: k for k, v in {1: "a", 2: "b"}.items()})
show({x % 3: x for x in range(10)})
show({(x, y) for x in range(2) for y in range(2)})
show({x: {y: x * y for y in range(2)} for x in range(2)} and {1: 1})
show({len(w): w for w in ("a", "bb", "cc")})
show({x for x in ()})
show({x: 0 for x in ()})
show({str(i): [j for j in range(i)] for i in range(3)})
show({a: b for (a, b) in [(1, 2)] for _ in range(2)})
show({x + y for x in {1, 2} for y in {10, 20}})
for g in (lambda: {[]: 1 for x in (1,)}, lambda: {[] for x in (1,)}, lambda: {x: 1 for x in 5}, lambda: {1 / 0: 1 for x in (1,)}, lambda: {x: 1 / 0 for x in (1,)}):
    try:
        g()
    except Exception as e:
        print(type(e).__name__, e)
order = []
def note(x):
    order.append(x)
    return x
{note("k" + str(i)): note("v" + str(i)) for i in range(2)}
print(order)
