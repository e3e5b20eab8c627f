# User exceptions: hierarchy, attributes, __init__, __str__, class attributes.
class AppError(Exception):
    code = 500
class NotFound(AppError):
    code = 404
    def __init__(self, what, hint=None):
        super().__init__(what + " not found")
        self.what, self.hint = what, hint
class Silent(AppError):
    pass
class Fancy(AppError):
    def __str__(self):
        return "fancy %d" % len(self.args)
    def __repr__(self):
        return "<Fancy>"
class NoSuper(Exception):
    def __init__(self, a):
        self.a = a
for e in (NotFound("page"), NotFound("x", hint="y"), Silent(), Silent("quiet"), Fancy(1, 2), AppError("a", "b"), NoSuper(3)):
    try:
        raise e
    except NotFound as x:
        print("NF", x, x.what, x.hint, x.code, x.args)
    except AppError as x:
        print(type(x).__name__, x, repr(x), x.code, x.args)
    except Exception as x:
        print(type(x).__name__, x, x.args, x.a)
print(issubclass(NotFound, Exception), isinstance(Silent(), AppError), NotFound.__name__, NotFound.__bases__ == (AppError,))
try:
    class Multi(KeyError, AppError):
        pass
    print("two exception bases allowed")
except TypeError as x:
    print(type(x).__name__, x)
class Mixin:
    def describe(self):
        return "described " + str(self)
class Mixed(Mixin, NotFound):
    pass
for t in (NotFound, AppError, Exception):
    try:
        raise Mixed("m")
    except t as x:
        print(t.__name__, x, x.code, x.describe())
class Ctx(AppError):
    def __enter__(self):
        return self
    def __exit__(self, t, v, tb):
        print("exit sees", t.__name__ if t else None)
        return t is Ctx
with Ctx() as c:
    raise c
x = NotFound("later")
x.extra = "attr"
try:
    raise x
except AppError as y:
    print(y.extra, y is x)
