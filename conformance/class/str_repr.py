# __str__ and __repr__ and where each is used.
class Both:
    def __str__(self):
        return "str"
    def __repr__(self):
        return "repr"
class OnlyRepr:
    def __repr__(self):
        return "only repr"
class OnlyStr:
    def __str__(self):
        return "only str"
b, r, s = Both(), OnlyRepr(), OnlyStr()
print(b, str(b), repr(b), [b], (b,), {1: b}, "%s %r" % (b, b), "{} {!r}".format(b, b), f"{b} {b!r}")
print(r, str(r), repr(r), [r], "%s" % (r,), f"{r}")
print(s, str(s), f"{s}")
print(repr(s)[:8], repr(object())[:7], str(OnlyStr)[:6], OnlyStr, [OnlyStr])
class Sub(Both):
    def __str__(self):
        return "sub of " + super().__str__()
print(Sub(), repr(Sub()))
class NotStr:
    def __str__(self):
        return 5
    def __repr__(self):
        return None
for f in (lambda: str(NotStr()), lambda: repr(NotStr()), lambda: "%s" % NotStr(), lambda: f"{NotStr()}"):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
class Raises:
    def __repr__(self):
        raise RuntimeError("in repr")
try:
    str(Raises())
except RuntimeError as e:
    print(e)
class E(Exception):
    def __str__(self):
        return "E.str"
try:
    raise E("arg")
except E as e:
    print(e, repr(e), e.args)
class Int(int):
    def __repr__(self):
        return "Int!"
print(Int(5), [Int(5)], Int(5) + 1, "%d" % Int(7))
