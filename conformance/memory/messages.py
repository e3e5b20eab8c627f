# exp: the figures are the 32-bit unix port's. What exceptions with MicroPython's messages allocate: raised and caught, then str(), .args
# and repr() of each.
import gc, sys, struct, math, json, re, binascii, heapq, collections
from collections import namedtuple, deque
from array import array
gc.collect()
gc.disable()
def GEN(n):
    for i in range(n): yield i
def F2(a,b): return a
def KWO(*,k): return k
class P:
    def m(self): pass
def gen_running():
    def g():
        next(G[0])
        yield 1
    G=[None]
    G[0]=g()
    next(G[0])
def raise_generic(): raise ValueError('generic %d' % 5)


WRONG = r"""
int('zz')
int('12',40)
float('x')
1+'a'
'a'+1
1<'a'
-'a'
[]+1
[1]['a']
{}[[]]
(1,)[5]
'abc'[9]
'abc'['a']
5[0]
len(5)
iter(5)
next(5)
5()
None.foo
(5).foo
'a'.foo
[].foo
sys.foo
undefined
list.foo
[].append()
[].append(1,2)
print(1,foo=2)
sorted(1,2,3)
GEN()
GEN(1,2)
F2(1)
F2(1,2,3,4)
F2(a=1)
F2(1,z=2)
F2(1,a=2)
KWO()
int(1,2,3)
range(1,2,0)
range()
chr(-1)
chr(1<<21)
ord('ab')
ord(5)
bytes(-1)
bytes([300])
bytearray(b'a')[5]
bytes('a')
hash([])
hash({})
{[]:1}
set([[]])
[].pop()
[].remove(1)
[].index(1)
{}.popitem()
{}.pop(1)
set().pop()
set().remove(1)
'a'.index('b')
'a,b'.split('')
' '.join([1])
'%d'%'a'
'%s%s'%1
'%s'%(1,2)
'{}'.format()
'{:q}'.format(1)
'{'.format(1)
'}'.format(1)
'{a}'.format()
'{!x}'.format(1)
struct.pack('<I','a')
struct.pack('<II',1)
struct.unpack('<I',b'a')
array('z')
array('b',[300])
1//0
1%0
1.0/0
0**-1
1<<-1
math.sqrt(-1)
math.log(0)
int(float('inf'))
int(float('nan'))
isinstance(1,1)
issubclass(1,int)
type('a',1,2)
type(1,2)
object().x
P().nope
P().m(1,2)
P(1,2)
P.nope
setattr(1,'a',2)
delattr(P(),'zz')
json.loads('{')
json.loads('[1,')
json.loads('zz')
re.compile('(')
re.compile('*')
eval('1+')
eval('a b')
exec('def')
exec('  x=1\n y')
compile('1','x','bad')
gen_running()
raise_generic()
max()
max([])
min(1)
sum(1)
round('a')
abs('a')
divmod(1,'a')
pow(2,-1,3)
complex('a')
1j<2j
memoryview(1)
memoryview(bytearray(2))[5]
b'a'+'a'
'a'+b'a'
[1,2,3][1:2:0]
deque((),1)
deque()
deque((),0).popleft()
namedtuple('a','b c')(1)
namedtuple('a','b c')(1,2,3)
namedtuple('a','b')(1).c
all(5)
enumerate(5)
zip(5)
map(1)
filter(None)
list(5)
tuple(5)
dict(5)
dict([1])
dict([(1,2,3)])
int.from_bytes(5,'big')
(1).to_bytes(0,'big')
binascii.unhexlify('abc')
binascii.a2b_base64('a')
heapq.heappop([])
collections.OrderedDict(5)
F2(*5)
F2(**5)
F2(**{1:2})
a,b=(1,2,3)
a,b,*c=(1,)
a,b=5
del zzz
for i in 5: pass
with 5: pass
assert False
assert False, 'long message here for the test'
raise 5
raise ValueError('abc')
raise ValueError
raise KeyError('key')
raise OSError(2)
raise OSError(2,'abc')
from sys import nope
class X(5): pass
class X(bool): pass
class X(int,str): pass
x=5; x.y=1
x=[]; x[0]=1
x=(); x[0]=1
x='a'; x[0]='b'
x={}; del x[1]
x=[]; del x[5]
x=b'a'; x[0]=1
x=bytearray(1); x[0]=300
x=bytearray(1); x[0]='a'
x=iter([]); next(x)
x=GEN(1); x.send(1)
x=GEN(1); next(x); x.throw(ValueError('x'))
"""

STATEMENTS = ('del ', 'for ', 'with ', 'assert ', 'raise ', 'import ', 'from ', 'class ')


def measure(text):
    lines = ['def f():', ' try:']
    for s in text.split('; '):
        is_statement = s.startswith(STATEMENTS) or '=' in s.split('(')[0]
        lines.append('  ' + s if is_statement else '  v = ' + s)
    lines.append(' except Exception as e: return e')
    exec('\n'.join(lines) + '\n', globals())
    f()
    f()
    a = gc.mem_alloc()
    e = f()
    b = gc.mem_alloc()
    if e is None:
        print(text, b - a)
        return
    s = str(e)
    c = gc.mem_alloc()
    q = e.args
    d = gc.mem_alloc()
    r = repr(e)
    print(text, type(e).__name__, b - a, c - b, d - c, gc.mem_alloc() - d)


for text in WRONG.strip().split('\n'):
    measure(text)
