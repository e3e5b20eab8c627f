# exp: some of these exist at the highest feature level only, which the WebAssembly build has not
# The rest of builtins, io, sys, micropython and weakref: what a program can call without a board around it.
import io
import micropython
import re
import sys
import weakref


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


help(5)
attempt(lambda: help(1, 2))
print(type(__build_class__(lambda: None, 'Made')), __build_class__(lambda: None, 'Made').__name__)
attempt(lambda: __build_class__(5))
attempt(lambda: execfile('nowhere.py'))
attempt(lambda: execfile())


def g():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print('in', e)
        yield 3


it = g()
print(next(it), it.pend_throw(ValueError('later')), next(it))
print(sys.ps1 == '>>> ', sys.ps2 == '... ', type(sys.executable))
sys.ps2 = '.. '
print(sys.ps2)
print(sys.atexit(None) is None)
print(type(re.DEBUG))
t, c, p = micropython.mem_total(), micropython.mem_current(), micropython.mem_peak()
keep = bytes(1000)
print(micropython.mem_total() - t >= 1000, micropython.mem_current() > c, micropython.mem_peak() >= p)


class A:
    pass


a = A()
f = weakref.finalize(a, print, 'ended', end='!\n')
print(f.alive, f.peek()[0] is a, f.peek()[2:], f.detach()[2:], f.alive, f.peek(), f.detach(), f())
f = weakref.finalize(a, lambda x: x * 2, 21)
print(f(), f.alive, f())
print(weakref.ref(a).__del__() is None)
attempt(lambda: weakref.ref(5))
attempt(lambda: weakref.finalize(a))
attempt(lambda: weakref.ref())
raw = io.BytesIO()
out = io.BufferedWriter(raw, 8)
print(out.write(b'abc'), raw.getvalue(), out.write(b'defghij'), raw.getvalue())
print(out.flush(), raw.getvalue())
print(out.write(b'12345678'), raw.getvalue())
