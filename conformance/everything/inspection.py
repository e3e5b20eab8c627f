# exp: these exist at the highest feature level only, which the WebAssembly build has not
# What a program can ask about memory, code and the interpreter: getsizeof, intern, __code__, heap_locked, tracebacklimit, exc_info.
import micropython
import sys


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


print(sys.getsizeof([1, 2, 3]) > 0, sys.getsizeof({}) > 0)
attempt(lambda: sys.getsizeof())
print(sys.intern('some' + 'thing') == 'something')
attempt(lambda: sys.intern(5))
print(micropython.heap_locked())
micropython.heap_lock()
n = micropython.heap_locked()
micropython.heap_unlock()
print(n, micropython.heap_locked())


def f(a, b=2):
    return a + b


print(type(f.__code__), f.__code__ is not None, type(f.__globals__))
attempt(lambda: f.nope)
print(range(0) == range(2, 2), range(3) == range(0, 3, 1), range(4) == range(3))


class I:
    def __imul__(self, o):
        return 'imul'

    def __itruediv__(self, o):
        return 'itruediv'

    def __ifloordiv__(self, o):
        return 'ifloordiv'

    def __imod__(self, o):
        return 'imod'

    def __ipow__(self, o):
        return 'ipow'

    def __ior__(self, o):
        return 'ior'

    def __iand__(self, o):
        return 'iand'

    def __ixor__(self, o):
        return 'ixor'

    def __ilshift__(self, o):
        return 'ilshift'

    def __irshift__(self, o):
        return 'irshift'


def inplace(op):
    scope = {'x': I()}
    exec('x %s= 1' % op, scope)
    print(scope['x'])


for op in ('*', '/', '//', '%', '**', '|', '&', '^', '<<', '>>'):
    inplace(op)
import re

m = re.match('(a+)(b)?(c)', 'aac')
print(m.groups(), m.span(0), m.start(1), m.end(3), m.span(2))
print(sys.exc_info())
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0], sys.exc_info()[1], sys.exc_info()[2])
print(sys.exc_info())
print(sys.tracebacklimit)
