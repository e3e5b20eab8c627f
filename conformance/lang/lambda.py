# Lambdas: defaults, nesting, conditionals, recursion, star args, immediate calls.
print((lambda: 5)(), (lambda x: x * 2)(4), (lambda x, y=3: x + y)(1), (lambda *a: a)(1, 2), (lambda **k: sorted(k))(a=1), (lambda x: lambda y: x + y)(1)(2), (lambda x: "pos" if x > 0 else "neg")(-1))
fs = [lambda x, i=i: x * i for i in range(4)]
print([f(10) for f in fs], sorted([3, -1, 2], key=lambda v: v * v), list(map(lambda a, b: a - b, [5, 6], [1, 2])), (lambda: (yield_ok := 1) + 1)())
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
print(fact(12), (lambda f: f(5))(fact), fact.__name__)
table = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "max": lambda *a: max(a)}
print(table["+"](1, 2), table["-"](5, 3), table["max"](1, 9, 4))
class C:
    m = lambda self, x=1: (type(self).__name__, x)
    s = staticmethod(lambda: "static")
print(C().m(), C().m(5), C.s())
g = lambda: [(yield 1), (yield 2)]
it = g()
print(next(it), it.send("a"), next(it, "end"))
x = 10
f = lambda: x
x = 20
print(f(), (lambda x: x)(x=5), (lambda: None)())
for src in ("lambda: x = 1", "lambda x x: 1", "lambda (a, b): a", "lambda: return 1", "lambda a, a: 1", "lambda x: x +", "lambda *: 1", "(lambda x: x)()", "(lambda: 1)(2)", "lambda x=1, y: x", "lambda: (yield)", "lambda x: print(x)"):
    try:
        r = eval(src)
        print(src, "->", "function" if callable(r) else r)
    except Exception as e:
        print(src, "->", type(e).__name__, e)
