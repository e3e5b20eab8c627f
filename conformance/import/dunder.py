# __import__, __name__, sys.modules manipulation, reloading.
import sys
sys.path.append("mods")
m = __import__("dunder_mod")
print(m.count, m.__name__, __name__, __import__("dunder_mod") is m)
m.count += 10
import dunder_mod
print(dunder_mod.count)
del sys.modules["dunder_mod"]
import dunder_mod as fresh
print(fresh.count, fresh is m, m.count)
pkg = __import__("tree.leaf")
print(pkg.__name__, pkg.leaf.name)
sub = __import__("tree.leaf", None, None, ["name"])
print(sub.__name__)
class Fake:
    answer = 42
    def __getattr__(self, n):
        return "fake " + n
sys.modules["fake_mod"] = Fake()
import fake_mod
from fake_mod import answer, other
print(fake_mod.answer, answer, other)
for args in (("no_mod",), (), (5,), ("",), ("dunder_mod", 1, 2, 3, 4, 5, 6)):
    try:
        print(__import__(*args))
    except Exception as e:
        print(args, type(e).__name__, e)
print([k for k in ("sys", "dunder_mod", "fake_mod", "tree.leaf") if k in sys.modules])
print(type(sys), sys.__name__, isinstance(sys, type(m)), str(sys)[:12])
