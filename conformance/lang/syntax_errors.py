# Programs that must not compile, and the text of the SyntaxError.
cases = """x =
= 5
1 = x
x + 1 = 2
f() = 1
def
def f
def f(
def f():
def f(): return
class
class A
class A:
if
if x
if x:
if x: pass else: pass
else: pass
elif x: pass
for
for x
for x in
for x in y
for 1 in y: pass
while
while x
while: pass
return 1
yield 1
break
continue
return
await x
import
import 1
from
from x
from x import
from x import *, y
from x import (a
from . import
try: pass
try
except: pass
finally: pass
with
with x
with x as
raise 1, 2
raise from x
assert
del
del 1
del f()
del x + 1
global
global x y
nonlocal x
pass 1
lambda
lambda x
(
)
[1, 2
{1: 2
{1: 2, 3}
{1, 2: 3}
(1 2)
[1 2]
x[
x[]
x[1
x.
x..y
.x
x.1
'abc
"abc
'''abc
1abc
0x
0b3
1.2.3
$
?
x ? y
!x
x!
x == = y
x = = y
a b
a, b c
1 2
print 1
exec 'x'
not
x not y
x is
x in
and x
x or
x if y
x if y else
* x
** x
x **
f(**)
f(*)
f(x for x in y, z)
f(a=1, a)
f(1=2)
f(a.b=1)
@
@x
@x y = 1
@x.y[0]
def f(a, a): pass
def f(*): pass
def f(a=1, b): pass
def f(*a, *b): pass
def f(**a, b): pass
def f(1): pass
def f(a.b): pass
class A(: pass
class A(x y): pass
x: 5 = 3
1: int
x := 5
(x := )
{**x}
[*x]
print(*x, **y, *z)
a = yield
def f(): x = yield = 1
def f(): return = 1
def f(): nonlocal q
def f(): global x, 
async def
async x
async for x in y: pass
match x
i++
x +=
x += += 1
x =+ 
None = 1
True = 1
__debug__ = 1
nonlocal = 1
lambda = 1
in = 1
\t x = 1
if 1:
  x
    y
x \\
y"""
for src in cases.split("\n"):
    src = src.replace("\\t", "\t")
    try:
        exec(src)
        print(repr(src), "ok")
    except SyntaxError as e:
        print(repr(src), type(e).__name__, e)
    except Exception as e:
        print(repr(src), "runs:", type(e).__name__, e)
