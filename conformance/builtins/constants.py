# None, Ellipsis, NotImplemented, __debug__, object().
print(None, ..., Ellipsis is ..., NotImplemented, type(None).__name__, None == None, None is None, None == False, None != 0, bool(None), bool(...), bool(NotImplemented))
print([None, ...], {None: 1, ...: 2}[...], (None,), hash(None) == hash(None), None in [None], [None].index(None), "%s" % None, "{}".format(...), str(None) + "!")
try:
    print(__debug__)
except NameError as e:
    print(e)
o1, o2 = object(), object()
print(o1 == o1, o1 == o2, o1 is o2, isinstance(o1, object), bool(o1))
for f in (lambda: None.x, lambda: None(), lambda: None[0], lambda: None + 1, lambda: None < 1, lambda: len(None), lambda: iter(None), lambda: ...(), lambda: ... + 1, lambda: NotImplemented(), lambda: type(None)(), lambda: -None, lambda: setattr(None, "x", 1), lambda: setattr(o1, "x", 1), lambda: o1.x):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for src in ("None = 1", "True = 1", "False = 1", "... = 1", "def f(None): pass", "for None in []: pass", "import sys as None", "del None", "None += 1", "class None: pass", "f(None=1)"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, type(e).__name__, e)
