# A module-level __getattr__.
import sys
sys.path.append("mods")
import getattr_mod
print(getattr_mod.present, getattr_mod.anything, getattr(getattr_mod, "x"), hasattr(getattr_mod, "nothing"))
from getattr_mod import something
print(something)
for src in ("getattr_mod.nothing", "from getattr_mod import nope"):
    try:
        exec(src)
    except Exception as e:
        print(src, type(e).__name__, e)
