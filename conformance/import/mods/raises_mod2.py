def f():
    raise KeyError("from function in module")
f()
