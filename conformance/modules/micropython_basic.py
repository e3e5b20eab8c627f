# micropython: const, opt_level, and queries.
import micropython
print(micropython.const(5), micropython.opt_level())
level = micropython.opt_level()
print(micropython.opt_level(0), micropython.opt_level())
micropython.opt_level(level)
print(isinstance(micropython.stack_use(), int))
for f in (lambda: micropython.const(), lambda: micropython.opt_level("a"), lambda: micropython.nope):
    try:
        f()
        print("ok")
    except Exception as e:
        print(type(e).__name__, e)
