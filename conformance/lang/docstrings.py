# exp: the WebAssembly build keeps doc strings
# Strings as statements, docstrings, expression statements.
"module docstring"
def f():
    """function doc"""
    "another string"
    5
    None
    ...
    return "value"
class C:
    "class doc"
    "second"
    x = 1
    def m(self):
        'method doc'
print(f(), C.x, C().m())
for o in (f, C, C.m, C()):
    try:
        print(o.__doc__)
    except AttributeError as e:
        print(type(e).__name__, e)
1
"x"
[1, 2]
f
f()
(lambda: print("not called"))
(lambda: print("called"))()
...
x = 5,
x
print(__name__, "__doc__" in globals())
def stub(): ...
def only_doc():
    "just this"
print(stub(), only_doc())
