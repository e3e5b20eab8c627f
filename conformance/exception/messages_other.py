# A catalogue of ValueError, IndexError, KeyError, AttributeError and NameError texts.
import sys
class C:
    x = 1
def f():
    return unbound_local
    unbound_local = 1
def g():
    del gone
    gone = 1
cases = ("undefined", "f()", "g()", "[][0]", "[1][5]", "[1][-2]", "()[0]", "''[0]", "b''[0]", "bytearray()[0]", "range(3)[3]", "{}['k']", "{}[1]", "{1: 2}[None]", "set().pop()", "[].pop()", "[1].pop(3)", "{}.popitem()", "{}.pop('k')", "set().remove(1)", "[].remove(1)", "[].index(1)", "().index(1)", "'a'.index('b')", "'a'.rindex('b')", "int('x')", "int('')", "int('9', 5)", "float('x')", "complex('x')", "'a'.split('')", "'a'.partition('')", "range(1, 2, 0)", "[1][::0]", "max([])", "min(())", "next(iter([]))", "bytes([256])", "bytes(-1)", "a, b = 1, 2, 3", "a, b = 1,", "a, *b = ()", "1 << -1", "2**-1", "0**-1", "(5).x", "None.x", "''.x", "[].x", "C.y", "C().y", "C().x.y", "sys.nope", "print.x", "f.x", "(lambda: 0).x", "int.x", "ValueError.x", "ValueError().x", "import_it()", "1 / 0", "1 // 0", "1 % 0", "1.0 / 0", "divmod(1, 0)", "pow(0, -1)", "int(1e400)", "int(float('nan'))", "'{}'.format()", "'{a}'.format()", "'{'.format(1)", "'}'.format()", "'{!z}'.format(1)", "'{:d}'.format('a')", "'%z' % 1", "'%' % 1", "'%c' % 'ab'", "'%(a)s' % {}", "b'\\xff'.decode()", "eval('1 +')", "eval('')", "exec('x y')", "__import__('no_such_module')", "assert_it()", "iter_it()", "del_it()", "set_it()", "memoryview(b'a')[5]", "bytes.fromhex('x')", "sum([], 'a') + 1", "[1, 2].index(3, 1)", "dict([(1, 2, 3)])", "dict([1])", "enumerate([])[0]", "zip()[0]", "object().x", "type.x", "C.__name__.x")
def import_it():
    from sys import no_such_name
def assert_it():
    assert 1 == 2, "not equal"
def iter_it():
    raise StopIteration
def del_it():
    del C.nope
def set_it():
    (5).attr = 1
for src in cases:
    try:
        try:
            eval(src)
        except SyntaxError:
            exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, "|", type(e).__name__, "|", e)
