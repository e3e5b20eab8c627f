# sleep at the top level of imported modules, packages and their submodules.
import sys
sys.path.append("mods")
print("start")
import sleepy_mod
print(sleepy_mod.value, sleepy_mod.later(2))
from sleepy_mod import value as v, later
import sleepy_pkg.sub as sub
print(v, later(3), sub.name, sub.parent_name)
def inside():
    import sleepy_second
    from sleepy_second import total
    return total, sleepy_second.Thing(4).n
print(inside())
def gen():
    yield "before import"
    import sleepy_third
    yield sleepy_third.x
print(list(gen()))
try:
    import sleepy_fails
except ValueError as e:
    print(e, "sleepy_fails" in sys.modules)
class C:
    import sleepy_mod as inner
    val = inner.later(5)
print(C.val, __import__("sleepy_mod").value)
