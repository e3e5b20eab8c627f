# import, as, from, several names, functions, module attributes.
import sys
sys.path.append("mods")
import pkg_plain
import pkg_plain as p
from pkg_plain import value, double as dbl
from pkg_plain import (Thing,
                       helper,)
print(pkg_plain is p, p.value, value, dbl(21), Thing(3).get(), helper([1, 2]))
p.value = "changed"
print(pkg_plain.value, value, p.read())
p.added = 5
print(p.added, hasattr(p, "nope"), p.__name__, "pkg_plain" in __import__("sys").modules)
def local():
    import pkg_plain as q
    from pkg_plain import value
    return q.value, value
print(local())
import pkg_plain
print(pkg_plain.value, pkg_plain.loads)
for src in ("import no_such_mod", "from pkg_plain import nope", "import pkg_plain.sub", "from no_such_mod import x", "p.nope", "from pkg_plain import", "import", "import a.b as", "del p.value; p.value", "p.value = 1; p()"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, "|", type(e).__name__, e)
class C:
    import pkg_plain as inside
    from pkg_plain import double
print(C.inside is p, C.double(4))
import sys, math as m, pkg_plain as again
print(sys is __import__("sys"), m.floor(2.5), again is p)
