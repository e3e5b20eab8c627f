# exp: 1.29 rejects *args after a keyword argument, 1.27 accepted it
# Order of positional, keyword, * and ** arguments in a call.
def f(*a, **k):
    return a, sorted(k.items())
for src in ("f(a=1, *[2])", "f(*[1], a=2)", "f(a=1, **{'b': 2})", "f(**{'b': 2}, a=1)", "f(*[1], 2)", "f(**{}, *[])", "f(a=1, 2)", "f(a=1, *[2], b=3)", "f(*[1], *[2], a=3)", "f(**{'a': 1}, 2)"):
    try:
        print(src, eval(src))
    except Exception as e:
        print(src, type(e).__name__, e)
