# Modules that raise while loading; retrying; syntax errors in modules.
import sys
sys.path.append("mods")
for name in ("raises_mod", "raises_mod", "syntax_mod", "import_missing"):
    try:
        __import__(name)
        print("loaded", name)
    except Exception as e:
        print(name, type(e).__name__, e, name in sys.modules)
try:
    from raises_mod import early
    print(early)
except ValueError as e:
    print(e)
def guarded():
    try:
        import not_there_at_all as m
    except ImportError:
        m = None
    return m
print(guarded())
try:
    import raises_mod2
except KeyError as e:
    print("KeyError", e)
finally:
    print("finally")
