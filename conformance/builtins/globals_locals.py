# globals() and locals().
a = 1
g = globals()
print(g["a"], "a" in g, type(g) is dict, g is globals(), locals() is globals(), g["__name__"])
g["made"] = "through the dict"
print(made)
del g["made"]
try:
    made
except NameError as e:
    print(e)
def f():
    global created
    created = 5
    return globals()["created"], globals() is g
print(f(), created)
class C:
    x = 1
    print("x" in locals(), locals() is globals())
def shadow():
    len = lambda x: "mine"
    return len([])
print(shadow(), len([]))
print = print
g["print"]("rebound")
abs = lambda x: "my abs"
print(abs(-5))
del abs
print(abs(-5))
for fn in (lambda: globals(1), lambda: locals(1)):
    try:
        fn()
    except TypeError as e:
        print(type(e).__name__, e)
