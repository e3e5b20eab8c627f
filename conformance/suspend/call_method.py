# sleep in __call__, bound methods kept in data, super() chains and multiple inheritance.
from time import sleep_ms
class Base:
    def run(self, x):
        sleep_ms(1)
        return ["base", x]
class Mid(Base):
    def run(self, x):
        sleep_ms(1)
        r = super().run(x + 1)
        sleep_ms(1)
        return r + ["mid"]
class Mixin:
    def extra(self):
        sleep_ms(1)
        return "mixin"
class Top(Mid, Mixin):
    def run(self, x):
        r = super().run(x * 2)
        sleep_ms(1)
        return r + ["top", self.extra()]
    def __call__(self, *a, **k):
        sleep_ms(1)
        return self.run(*a), sorted(k.items())
t = Top()
print(t.run(1), t(2, z=3), list(map(t, [4])), Mid.run(t, 0), sorted([3, 1], key=t)[0])
table = {"run": t.run, "extra": t.extra, "lambda": lambda: sleep_ms(1) or "lam"}
print(table["extra"](), table["run"](5), table["lambda"](), [f() for f in (table["extra"], table["lambda"])])
class Fluent:
    def __init__(self):
        self.log = []
    def add(self, x):
        sleep_ms(1)
        self.log.append(x)
        return self
print(Fluent().add(1).add(2).add(3).log)
class Repr:
    def name(self):
        sleep_ms(1)
        return "repr"
def visit(n, f):
    sleep_ms(1)
    return f(n) if n == 0 else visit(n - 1, f)
print(visit(5, lambda n: Repr().name()))
