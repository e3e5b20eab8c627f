# f-strings: expressions, conversions, specs, nesting, = and braces.
x, y, name = 3, 4.5, "bob"
items = [1, 2, 3]
d = {"k": "v"}
print(f"{x} {y} {name} {items} {d}", f"{x + 1} {x * y} {len(items)} {items[0]} {d['k']}")
print(f"{name!r} {name!s} {x!r:>5}|", f"{x:05d} {y:.2f} {name:>6}|{name:<6}|{name:^7}|{x:#x} {x:b}")
print(f"{{}} {{{x}}} {{x}}", f"{x}" f"{y}", f"")
print(f"{x=} {y=} {x + y=}", f"{name=!s} {x=:4}|")
w, p = 8, 3
print(f"{y:{w}}|{y:{w}.{p}f}|{name:>{w}}|{name:*^{w + 2}}|")
print(f"{x if x > 2 else y}", f"{[i for i in range(3)]}", f"{ {'a': 1}['a'] }", f"{x != 3} {x == 3} {x >= 1}")
print(f"""multi {x}
line {y}""", rf"raw\n{x}", fr"\d{x}", f"tab\t{x}\x41\u00e9")
def f(a, b=2):
    return f"{a}/{b}"
print(f(1), f"{f(b=5, a=3)}", f"{f(1)!r}", f"{None} {True} {...}")
class C:
    def __str__(self):
        return "C!"
    def __repr__(self):
        return "<C>"
c = C()
print(f"{c} {c!r} {c!s}", f"{c=}")
for src in ('f"{"', 'f"}"', 'f"{x"', 'f"{x!z}"', 'f"{nope}"', 'f"{x:d} {name:d}"', 'f"{x!}"', 'f"{1 +}"'):
    try:
        print(src, eval(src))
    except Exception as e:
        print(src, type(e).__name__, e)
