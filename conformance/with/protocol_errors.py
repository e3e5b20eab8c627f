# Objects lacking the protocol, and instance attributes that do not count.
class NoEnter:
    def __exit__(self, *a):
        pass
class NoExit:
    def __enter__(self):
        print("entered")
class Wrong:
    def __enter__(self, extra):
        pass
    def __exit__(self, *a):
        pass
class WrongExit:
    def __enter__(self):
        return self
    def __exit__(self):
        pass
for obj in (5, None, "s", NoEnter(), NoExit(), Wrong(), WrongExit(), object):
    try:
        with obj:
            print("body")
    except Exception as e:
        print(type(e).__name__, e)
class Inherit(WrongExit):
    def __exit__(self, t, v, tb):
        print("exit", t)
        return True
with Inherit() as i:
    1 / 0
print("ok", type(i).__name__)
class Base:
    def __enter__(self):
        print("base enter")
        return self
    def __exit__(self, *a):
        print("base exit")
class Sub(Base):
    def __enter__(self):
        print("sub enter")
        return super().__enter__()
    def __exit__(self, *a):
        super().__exit__(*a)
        print("sub exit")
with Sub():
    pass
for src in ("with 1 as 2: pass", "with: pass", "with C() as: pass", "with C() as x y: pass"):
    try:
        exec(src)
    except SyntaxError as e:
        print(src, "SyntaxError", e)
