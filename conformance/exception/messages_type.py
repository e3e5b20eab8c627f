# A catalogue of TypeError texts.
def f(a, b=1):
    pass
def k(*, x):
    pass
class C:
    pass
cases = ("1 + 'a'", "'a' + 1", "[] + ()", "1 + None", "-'a'", "~1.5", "+[]", "1 < 'a'", "None < None", "[] < 1", "len(5)", "len()", "5()", "None()", "'a'()", "5[0]", "None[0]", "f", "f()", "f(1, 2, 3)", "f(b=1)", "f(1, c=2)", "f(1, a=2)", "k()", "k(1)", "k(y=1)", "C(1)", "iter(5)", "next(5)", "for_in()",
         "a, b = 5", "[x for x in None]", "{}[[]]", "{[]: 1}", "{[]}", "hash([])", "hash({})", "'a' in 5", "5 in 5", "1 in 'a'", "int('1', 'x')", "int([])", "int(None)", "float([])", "str(1, 2, 3, 4)", "chr('a')", "ord(5)", "ord('ab')", "abs('a')", "sum(5)", "sum(['a'])", "sorted(5)", "sorted([1, 'a'])", "max(5)", "max([])", "max()", "min(1, 'a')", "round('a')", "range('a')", "list(5)", "tuple(5)", "dict(5)", "set(5)", "bytes('a')", "isinstance(1, 1)", "issubclass(1, int)",
         "'%d' % 'a'", "'%s %s' % 1", "'%s' % (1, 2)", "'a'.join([1])", "'a'.split(1)", "'a'.find(1)", "[].append()", "[].append(1, 2)", "{}.get()", "print(sep=1)", "print(end=1)", "zip(5)", "map(5)", "map(5, [1])", "list(map(5, [1]))", "enumerate(5)", "reversed(5)", "callable()", "getattr(1)", "getattr(1, 2)", "setattr(1, 2, 3)", "f(*5)", "f(**5)", "f(**{1: 2})", "lambda: 0 + 1", "C() + 1", "C() < C()", "C()[0]", "C()()", "len(C())", "iter(C())", "hex('a')", "divmod(1, 'a')", "pow('a', 2)", "type(1, 2)", "object(1)", "slice(1)", "1 if C else 2", "not C()", "[1][None]", "[1]['a']", "(1,)['a']", "'a'['b']", "[1]['a':]", "all(5)", "any(5)", "memoryview(5)", "bytearray('a')", "open(5.5)", "exec(5)", "eval(5)", "bin('a')", "id()", "globals(1)", "input(1, 2)", "staticmethod()", "super(1, 2, 3)")
def for_in():
    for x in 5:
        pass
for src in cases:
    try:
        eval(src)
        print(src, "ok")
    except SyntaxError as e:
        try:
            exec(src)
            print(src, "ok")
        except Exception as e:
            print(src, "|", type(e).__name__, "|", e)
    except Exception as e:
        print(src, "|", type(e).__name__, "|", e)
