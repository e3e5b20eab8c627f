# Which operator method is asked, in which order, with which operands; NotImplemented on either side.
log = []
def cls(name, bases=(), **methods):
    ns = {"__repr__": lambda self: name}
    for m, r in methods.items():
        def f(self, o, m=m, r=r):
            log.append((name, m, repr(o)))
            if r is ValueError: raise r(m)
            return r
        ns["__%s__" % m] = f
    return type(name, bases, ns)
A = cls("A", add="A+", sub=NotImplemented, eq="A==", lt=True, mul=ValueError, iadd="A+=", contains=1)
B = cls("B", radd="+B", rsub="-B", eq=NotImplemented, gt="B>", rmul="*B")
C = cls("C", add=NotImplemented, radd=NotImplemented)
D = cls("D", (A,), radd="+D")
N = cls("N")
vals = [A(), B(), C(), D(), 1, "s", [1]]
for text in ("a + b", "a - b", "a * b", "a == b", "a != b", "a < b", "b in a"):
    for a in vals:
        for b in vals:
            if type(a) in (int, str, float, list, type(None)) and type(b) in (int, str, float, list, type(None)): continue
            log.clear()
            try: r = eval(text, {"a": a, "b": b})
            except Exception as e: r = type(e).__name__ + " " + str(e)
            if log: print(text, a, b, r, log)
x = A(); x += 1; print(x)
x = B()
try: x += 1
except TypeError as e: print(e)
x = C()
try: x += C()
except TypeError as e: print(e)
