# A module's functions see the module's globals, not the importer's.
import sys
sys.path.append("mods")
import state_mod
counter = "importer's"
print(state_mod.bump(), state_mod.bump(), state_mod.counter, counter)
state_mod.counter = 100
print(state_mod.bump())
from state_mod import counter as copied, bump
print(copied, bump(), copied)
state_mod.hook = lambda: counter
print(state_mod.call_hook())
print(state_mod.builtin_len([1, 2]))
state_mod.len = lambda x: "shadowed"
print(state_mod.builtin_len([1, 2]), len([1]))
del state_mod.len
print(state_mod.builtin_len([1]))
try:
    state_mod.use_undefined()
except NameError as e:
    print(e)
state_mod.undefined_name = "now defined"
print(state_mod.use_undefined())
exec("counter += 1", state_mod.__dict__)
print(state_mod.counter)
print(eval("bump()", state_mod.__dict__), sorted(k for k in state_mod.__dict__ if not k.startswith("_")))
