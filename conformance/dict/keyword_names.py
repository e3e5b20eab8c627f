# Keyword arguments from dicts: names that are str, bytes, or nothing of the kind; names that meet others.
def f(a=0, *b, c=1, **k): return a, b, c, sorted(k.items())
def g(a): return a
def t(*args):
    for d in args:
        for h in (f, g):
            try:
                print(h(**d))
            except Exception as e:
                print(type(e).__name__, e)
t({}, {"a": 1}, {b"a": 2}, {"c": 3, "z": 4}, {1: 2}, {None: 1}, {"a": 1, b"a": 2}, {"x" * 20: 1}, {"not a name": 5}, {"": 6}, {(): 1}, {"self": 7})
