# Left-to-right evaluation in expressions, calls, displays and assignments.
log = []
def e(x):
    log.append(x)
    return x
def show(label):
    print(label, log)
    log.clear()
e(1) + e(2) * e(3)
show("arith")
e(5) if e(1) else e(6)
show("cond")
[e(1), e(2)], (e(3), e(4)), {e(5), e(6)}
show("displays")
(lambda *a, **k: 0)(e(1), e(2), k=e(3), j=e(4))
show("call")
a, d = [0, 0], {}
a[e(0)] = e(10)
show("item assign")
d[e("k")], a[e(1)] = e("v1"), e("v2")
show("tuple assign")
a[e(0)] = d[e("x")] = e("both")
show("chained")
e([1, 2])[e(0)]
show("subscript")
e("abc").replace(e("a"), e("b"))
show("method")
e(1) < e(2) < e(0) < e(9)
show("compare")
(e(0) or e(1)) and e(2)
show("bool")
f"{e('x')} {e('y'):>{e(3)}}"
show("fstring")
"%s %s" % (e(1), e(2))
show("percent")
[e(x) for x in e([7, 8]) if e(x + 100)]
show("comprehension")
def f(a=e("def1"), b=e("def2")):
    pass
show("defaults")
@e
def g():
    pass
log.clear()
class C(e(object)):
    x = e("body")
log.pop(0)
show("class")
x = e(lambda: e("called"))()
log.pop(0)
show("lambda")
a[e(0):e(1)] = [e(5)]
show("slice assign")
a[e(0)] += e(3)
show("aug")
del a[e(0)]
show("del")
assert e(1), e("msg")
show("assert")
print(e(1), e(2), sep=e(""))
show("print")
{e("a"): e("b"), e("c"): e("d")}
show("dict")
not e(0), -e(1), e(2) ** e(3)
show("unary")
