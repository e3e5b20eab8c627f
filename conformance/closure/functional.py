# Higher-order functions built from closures: curry, partial, church numerals, streams.
def curry(f, n):
    def step(args):
        def take(x):
            got = args + (x,)
            return f(*got) if len(got) == n else step(got)
        return take
    return step(())
print(curry(lambda a, b, c: a + b * c, 3)(1)(2)(3))
def partial(f, *a, **k):
    def g(*b, **l):
        kw = dict(k)
        kw.update(l)
        return f(*(a + b), **kw)
    return g
print(partial(max, 5)(3, 9), partial(sorted, reverse=True)([1, 3, 2]), partial(int, "ff")(16))
zero = lambda f: lambda x: x
succ = lambda n: lambda f: lambda x: f(n(f)(x))
add = lambda a, b: lambda f: lambda x: a(f)(b(f)(x))
mul = lambda a, b: lambda f: a(b(f))
num = lambda n: n(lambda k: k + 1)(0)
three = succ(succ(succ(zero)))
print(num(three), num(add(three, three)), num(mul(three, three)))
Y = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))
print(Y(lambda self: lambda n: 1 if n == 0 else n * self(n - 1))(6))
def stream(n):
    return n, lambda: stream(n + 1)
s = stream(1)
out = []
for _ in range(5):
    out.append(s[0])
    s = s[1]()
print(out)
def reduce(f, it, acc):
    for x in it:
        acc = f(acc, x)
    return acc
print(reduce(lambda a, b: a * b, range(1, 6), 1), reduce(lambda f, g: lambda x: g(f(x)), [lambda x: x + 1, lambda x: x * 3], lambda x: x)(2))
def account(balance):
    def dispatch(op, n=0):
        nonlocal balance
        if op == "in":
            balance += n
        elif op == "out":
            if n > balance:
                return "insufficient"
            balance -= n
        return balance
    return dispatch
a = account(100)
print(a("in", 50), a("out", 500), a("out", 30), a(""))
