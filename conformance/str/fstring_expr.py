# exp: 1.27 takes an empty expression, and reports an unclosed format otherwise
# f-strings: expressions, formats, debugging form, quotes, nesting of fields.
x, y, s, l, d = 5, 2.5, "text", [1, 2], {"k": "v"}
class A:
    def __str__(self): return "str"
    def __repr__(self): return "repr"
a = A()
print(f"{x}", f"{x + 1}", f"{x!r}", f"{s!r:>8}", f"{a} {a!r} {a!s}", f"{y:.1f}", f"{x:03d}", f"{s:^8}|", f"{x:>{x}}", f"{y:{x}.{1}f}")
print(f"{l[0]}{l[-1]}{d['k']}", f"{len(s)}", f"{s.upper()}", f"{x if x > 3 else y}", f"{[i for i in l]}", f"{x,y}", f"{(x, y)}")
for text in ('f"{(lambda q: q)(x)}"', 'f"{ {1: 2}[1] }"', 'f"{{}} {{{x}}} {{x}}"', 'f"{x=}"', 'f"{x + 1 = }"', 'f"{s=!r}"', 'f"{y=:.2f}"', 'f""', """f"{'a' 'b'}" """, 'f"a" "b" f"{x}"', '"{x}" f"{x}"', 'rf"a{x}"', 'f"{x:#x} {x:b} {x:+}"', 'f"{None}"', 'f"{1e10}"', """f'{"in"}'""", 'f"{ x }"', 'f"{x !r}"', 'f"{x!r:>5}"', 'f"{x:>{x}}"', 'f"{x:{x}{x}}"', 'f"{x}{x}" * 2', 'f"{f(0)}"', 'f"{(x,)}"', 'f"{x,}"', 'f"{not x}"', 'f"{x or y}"', 'f"{x == 5}"', 'f"{x != 5}"', 'f"{x <= 5}"', 'f"{l[0]:03}"', 'f"{d}"', 'f"{x:}"', 'f"{lambda: 1}"', 'f"{*l}"', 'f"{yield_}"', 'f"{x # c}"'):
    try: print(text, eval(text))
    except Exception as e: print(text, type(e).__name__, e)
print(f"{x:#x} {x:b} {x:+}", f"{None}", f"{True}", f"{1e10}", f"{b'x'}", f'{"in"}')
def f(n): return f"<{n}>" if n == 0 else f"<{f(n - 1)}{n}>"
print(f(4))
for bad in ('f"{"', 'f"}"', 'f"{}"', 'f"{x"', 'f"{x!}"', 'f"{x:{}"', 'f"{1 2}"', 'f"{a b}"', 'f"{x!q}"'):
    try:
        print(eval(bad))
    except (SyntaxError, ValueError, KeyError) as e:
        print(bad, type(e).__name__)
try:
    print(f"{nope}")
except NameError as e:
    print(e)
try:
    print(f"{x:s}")
except ValueError as e:
    print(e)
