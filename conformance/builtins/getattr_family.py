# getattr, setattr, hasattr, delattr, callable, on all kinds of objects.
import sys
class C:
    k = 1
    def m(self):
        return "m"
c = C()
print(getattr(c, "k"), getattr(c, "m")(), getattr(c, "zz", "dflt"), getattr("abc", "upper")(), getattr([1], "append")(2), getattr(sys, "maxsize") > 0, getattr(C, "m")(c), getattr(5, "zz", None), getattr({}, "keys")() and "", getattr(int, "from_bytes")(b"\x01", "big"))
print(setattr(c, "new", 5), c.new, setattr(C, "cls", 6), c.cls, hasattr(c, "new"), hasattr(c, "nope"), hasattr("", "join"), hasattr(5, "x"), hasattr(C, "m"), hasattr(sys, "path"), hasattr(print, "x"))
print(delattr(c, "new"), hasattr(c, "new"))
for i in range(3):
    setattr(c, "dyn%d" % i, i)
print([getattr(c, "dyn%d" % i) for i in range(3)])
for f in (lambda: getattr(c, "zz"), lambda: getattr(c), lambda: getattr(c, 5), lambda: setattr(c, "x"), lambda: setattr(5, "x", 1), lambda: setattr(c, 5, 1), lambda: hasattr(c), lambda: hasattr(c, 5), lambda: delattr(c, "zz"), lambda: delattr(5, "x"), lambda: getattr(c, "a", 1, 2), lambda: getattr(None, "x")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print([callable(x) for x in (print, int, C, c, c.m, C.m, lambda: 0, 5, "s", None, [].append, str.join, sys)])
