# Type names of everything that programs meet.
import sys, math
def g():
    yield
class C:
    def m(self):
        pass
    @classmethod
    def c(cls):
        pass
    @staticmethod
    def s():
        pass
    @property
    def p(self):
        pass
things = {"gen": g(), "genfn": g, "method": C().m, "func": C.m, "cm": C.c, "sm": C.s, "prop": C.p, "cls": C, "inst": C(), "mod": sys, "bm": [].append, "lambda": lambda: 0, "closure": (lambda x: lambda: x)(1), "builtin": len, "type": type, "exc": ValueError, "excinst": ValueError(), "none": None, "dictkeys": {}.keys(), "dictvalues": {}.values(), "it": iter([]), "tupleit": iter(()), "strit": iter(""), "dictit": iter({}), "setit": iter(set()), "rangeit": iter(range(1)), "map": map(str, []), "filter": filter(None, []), "zip": zip(), "enum": enumerate([]), "rev": reversed([]), "mv": memoryview(b""), "cplx": 1j, "genexp": (i for i in ()), "int": 5, "big": 2**70, "float": 1.5, "super": object(), "modfn": math.sin}
for k in sorted(things):
    print(k, type(things[k]).__name__)
print(int.__name__, C.__name__, type.__name__, ValueError.__name__, object.__name__, type(print).__name__)
