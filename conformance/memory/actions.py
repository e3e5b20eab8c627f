# exp: the figures are the 32-bit unix port's. What small actions on all types allocate: name | what comes before | what is measured.
import gc
from collections import namedtuple as NT, deque as DQ, OrderedDict as OD
from array import array as AR
from struct import pack as PK, unpack as UP, pack_into as PI, unpack_from as UF, calcsize as CS
from io import BytesIO as BIO, StringIO as SIO
from json import dumps as JD, loads as JL
import json
from re import compile as RC, search as RS
import math as MATH
from binascii import hexlify as HX, b2a_base64 as B64
from heapq import heappush as HP, heappop as HPOP
from hashlib import sha256 as SHA
from random import randrange as RND
from time import ticks_ms as TT
from os import getcwd as CWD
from errno import errorcode as ERR
from sys import print_exception as PE
import sys
gc.collect()
gc.disable()
def GEN(n):
    for i in range(n): yield i
def GEN2():
    a = yield 1
    b = yield a
def GEN3():
    try:
        yield 1
    except ValueError:
        yield 2
def GEN20(a):
    b=c=d=e=f=g=h=i=j=k=l=m=n=o=p=q=r=s=t=a
    yield b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t
def GENF(n):
    yield from GEN(n)
def GEND(n):
    if n:
        yield n
        yield from GEND(n-1)
def CLO(a):
    def f(b): return a+b
    return f
def CLO2(a):
    def g(b):
        def h(c): return a+b+c
        return h
    return g
def CNT():
    n = 0
    def f():
        nonlocal n
        n += 1
        return n
    return f
def KWF(a,b=2,c=3,d=4,e=5): return a
def KW(**k): return k
def ARGS(*a): return a
def AK(*a, **k): return a
class EMPTY: pass
class PLAIN2: pass
class PT:
    def __init__(self,x,y):
        self.x=x; self.y=y
    def norm(self): return self.x+self.y
    def var(self,*a): return a
    def kw(self,**k): return k
    @staticmethod
    def st(a): return a
    @classmethod
    def cl(cls,a): return a
    @property
    def pr(self): return self.x
    @pr.setter
    def pr(self,v): self.x=v
class SUB(PT):
    def __init__(self,x,y): super().__init__(x,y); self.z=1
    def norm(self): return super().norm()+1
class P4:
    def __init__(self,a,b,c,d): self.a=a;self.b=b;self.c=c;self.d=d
class GA:
    def __getattr__(self,n): return 1
class SA:
    def __setattr__(self,n,v): pass
class CALL:
    def __call__(self,*a): return a
class OPS:
    def __add__(self,o): return 1
    def __radd__(self,o): return 1
    def __iadd__(self,o): return self
    def __lt__(self,o): return True
    def __eq__(self,o): return True
    def __getitem__(self,i): return i
    def __setitem__(self,i,v): pass
    def __contains__(self,o): return True
    def __len__(self): return 3
    def __bool__(self): return True
    def __iter__(self): return iter([1,2])
    def __str__(self): return 'ops'
    def __repr__(self): return 'OPS'
    def __hash__(self): return 5
    def __neg__(self): return 1
class LSUB(list): pass
class DSUB(dict): pass
class SSUB(str): pass
class ISUB(int): pass
class TSUB(tuple): pass
class EXC1(Exception): pass
class EXC2(Exception):
    def __init__(self,a):
        super().__init__(a); self.b=a
def DEEP(n):
    if n: DEEP(n-1)
    else: raise ValueError('deep')
class CTX:
    def __enter__(self): return self
    def __exit__(self,a,b,c): pass
class CTX2(CTX):
    def __exit__(self,a,b,c): return True
def TF():
    try:
        return [1]
    finally:
        x = 2
def T3():
    try:
        try:
            try:
                return 1
            finally: a=1
        finally: b=2
    finally: c=3
def MANY20(a):
    b=c=d=e=f=g=h=i=j=k=l=m=n=o=p=q=r=s=t=a
    return gc.mem_alloc() and b+c+d+e
def MANYR(z):
    b=c=d=e=f=g=h=i=j=k=l=m=n=o=p=q=r=s=t=z
    return MANYR(z-1) if z else b+c
def A12(a,b,c,d,e,f,g,h,i,j,k,l): return a
def DECO(f): return f
class DD:
    def __get__(self,o,t): return 5
class DESC:
    d = DD()
async def CORO(): return 5
LINES = b'abc' + bytes([10]) + b'def' + bytes([10])
TEXT = LINES.decode()
PAIR = NT('PAIR',('x','y'))


# "\\n" in an action is a line end
ACTIONS = r"""
append 1..n=100 | x=[] | for i in range(100): x.append(i)
extend list by itself | x=[1,2,3] | x.extend(x)
extend by range | x=[] | x.extend(range(37))
extend by generator | x=[] | x.extend(i for i in range(23))
extend by tuple | x=[1] | x.extend((1,2,3,4,5))
list += | x=[1] | x += [1,2,3,4,5,6]
list *= | x=[1,2,3] | x *= 7
list pop to empty | x=list(range(40)) | for i in range(40): x.pop()
list pop(0) | x=list(range(20)) | x.pop(0)
list del slice | x=list(range(40)) | del x[3:30]
list del item | x=list(range(12)) | del x[0]
list remove | x=list(range(12)) | x.remove(5)
list clear | x=list(range(50)) | x.clear()
list reverse | x=list(range(50)) | x.reverse()
list slice assign | x=list(range(10)) | x[2:4]=[9]*10
list slice shrink | x=list(range(30)) | x[2:25]=[9]
list insert many | x=[] | for i in range(25): x.insert(0,i)
list sort key | x=[3,1,2]*5 | x.sort(key=lambda v:-v)
list compr nested | | x=[[j for j in range(3)] for i in range(6)]
list compr cond | | x=[i for i in range(50) if i%3==0]
list index | x=list(range(9)) | q=x.index(7)
list count | x=list(range(9)) | q=x.count(7)
list eq | x=[1,2,3]; y=[1,2,3] | q=x==y
list in | x=list(range(30)) | q=29 in x
list unpack | x=[1,2,3,4,5] | a,*b=x
swap | a=1;b=2 | a,b=b,a
tuple of 4 | n=1 | x=(n,n,n,n)
tuple repeat | y=(1,2) | x=y*9
tuple slice | y=tuple(range(20)) | x=y[2:12]
tuple from gen | | x=tuple(i for i in range(11))
tuple from range | | x=tuple(range(17))
tuple from str | | x=tuple('abcdefgh')
dict growth 100 | x={} | for i in range(100): x[i]=i
dict growth str | x={} | for i in range(30): x['k%d'%i]=i
dict del readd | x={i:i for i in range(10)} | for i in range(10): del x[i]
dict pop | x={1:2,3:4} | q=x.pop(1)
dict popitem | x={1:2,3:4} | q=x.popitem()
dict setdefault | x={} | q=x.setdefault(1,[])
dict get | x={1:2} | q=x.get(5,7)
dict update dict | x={1:1}; y={i:i for i in range(9)} | x.update(y)
dict update kw | x={} | x.update(a=1,b=2)
dict update pairs | x={}; y=[(1,2),(3,4)] | x.update(y)
dict keys list | x={1:1,2:2,3:3} | q=list(x.keys())
dict values list | x={1:1,2:2,3:3} | q=list(x.values())
dict items list | x={1:1,2:2,3:3} | q=list(x.items())
dict keys view | x={1:1} | q=x.keys()
dict iter | x={1:1,2:2} | for k in x: pass
dict fromkeys | | x=dict.fromkeys([1,2,3,4,5])
dict clear | x={i:i for i in range(20)} | x.clear()
dict comprehension | | x={i:i*i for i in range(17)}
dict merge | a={1:1}; b={2:2} | x=a|b
dict or-assign | a={1:1}; b={2:2} | a|=b
dict display 9 | | x={1:1,2:2,3:3,4:4,5:5,6:6,7:7,8:8,9:9}
dict eq | a={1:1,2:2}; b={2:2,1:1} | q=a==b
ordereddict | od=OD | x=od([(1,2),(3,4),(5,6)])
set growth 60 | x=set() | for i in range(60): x.add(i)
set from list | y=list(range(20)) | x=set(y)
set from str | | x=set('hello world')
set comprehension | | x={i%7 for i in range(30)}
set diff | a={1,2,3}; b={2} | x=a-b
set and | a={1,2,3}; b={2,3} | x=a&b
set xor | a={1,2,3}; b={2,9} | x=a^b
set update | a={1,2,3} | a.update(range(10))
set discard | a={1,2,3} | a.discard(2)
set pop | a={1,2,3} | q=a.pop()
set copy | a=set(range(15)) | x=a.copy()
set remove readd | a=set(range(10)) | for i in range(10): a.remove(i); a.add(i+100)
set iter | a={1,2,3} | for i in a: pass
frozenset empty | | x=frozenset()
set union method | a={1,2} | x=a.union([3,4,5])
str += loop | s='' | for i in range(30): s+='ab'
str %s %d | | x='%s-%d-%r'%('a',12,'q')
str format many | | x='{} {} {:>8} {:.3f}'.format(1,'two',3,4.5)
str format kw | | x='{a}{b}'.format(a=1,b=2)
fstring nested | n=5;w=8 | x=f'{n:>{w}}|{n!r}|{n+1}'
fstring long | n=5 | x=f'{n}{n}{n}{n}{n}{n}{n}{n}{n}{n}aaaaaaaaaaaaaaaaaaaaaaaaa'
fstring float | f=1.25 | x=f'{f:.2f} {f}'
str join gen | | x='-'.join(str(i) for i in range(12))
str join list of 1 | y=['abc'] | x=','.join(y)
str split sep | s='a,b,c,d' | x=s.split(',')
str split max | s='a b c d' | x=s.split(None,1)
str rsplit | s='a,b,c,d' | x=s.rsplit(',',2)
str splitlines | s='a'+chr(10)+'b' | x=s.splitlines()
str partition | s='key=value' | x=s.partition('=')
str rpartition | s='key=value=x' | x=s.rpartition('=')
str strip | s='   abc   ' | x=s.strip()
str strip none | s='abc' | x=s.strip()
str lower | s='ABCDEFGHIJKL' | x=s.lower()
str replace none | s='abcdef' | x=s.replace('z','y')
str replace count | s='aaaaaa' | x=s.replace('a','bb',3)
str center | s='abc' | x=s.center(20)
str index | s='abc' | x=s[1]
str index unicode | s='aéc' | x=s[1]
str iterate | s='abcdé' | for c in s: pass
str in | s='hello' | q='ell' in s
str count | s='hello' | q=s.count('l')
str find | s='hello' | q=s.find('lo')
str encode | s='hello world this' | x=s.encode()
bytes decode | s=b'hello world this is it' | x=s.decode()
str of float | f=3.25 | x=str(f)
str of list | y=[1,2,3] | x=str(y)
repr str | s="it's" | x=repr(s)
chr | n=233 | x=chr(n)
chr ascii | n=65 | x=chr(n)
hex | n=255 | x=hex(n)
bin | n=255 | x=bin(n)
str mul big | s='ab' | x=s*300
str compare | a='abc'*3; b='abd'*3 | q=a<b
bytes concat | a=b'abc'; | x=a+b'def'
bytes join | y=[b'a',b'b'] | x=b','.join(y)
bytes mul | a=b'ab' | x=a*20
bytes from iter | | x=bytes(i for i in range(20))
bytes hex | a=bytes(8) | x=a.hex()
bytes fromhex | | x=bytes.fromhex('00112233445566')
bytes of str | s='abc' | x=bytes(s,'utf8')
bytearray extend | x=bytearray(3) | x.extend(b'12345678901234567890')
bytearray extend grow | x=bytearray() | for i in range(20): x.extend(b'abc')
bytearray += | x=bytearray(3) | x+=b'12345678901234567890'
bytearray slice assign | x=bytearray(20) | x[3:5]=b'abcdefgh'
bytearray from str | | x=bytearray('hello','utf8')
bytearray from gen | | x=bytearray(i for i in range(33))
bytearray del? | x=bytearray(20) | x[2:10]=b''
bytearray copy | y=bytearray(40) | x=bytearray(y)
bytearray decode | y=bytearray(b'hello') | x=y.decode()
bytearray concat | y=bytearray(10) | x=y+b'abc'
memoryview cast bytes | y=memoryview(bytearray(20)) | x=bytes(y)
array extend | x=AR('i') | x.extend(AR('i',[1,2,3,4,5]))
array from bytes | | x=AR('H',b'12345678')
array slice | y=AR('i',range(20)) | x=y[2:9]
array concat | y=AR('i',range(5)) | x=y+y
array floats | | x=AR('f',[1.5,2.5])
array double | | x=AR('d',[1.5,2.5])
array read float | y=AR('f',[1.5,2.5]) | x=y[0]
array append grow | x=AR('i') | for i in range(50): x.append(i)
array iter | y=AR('i',range(5)) | for i in y: pass
array big | y=AR('I',[1]) | y[0]=0xffffffff; x=y[0]
array q | y=AR('q',[1]) | y[0]=1<<60; x=y[0]
deque append | x=DQ((),20) | for i in range(30): x.append(i)
deque from iter | | x=DQ([1,2,3],5)
deque iter | x=DQ([1,2,3],5) | for i in x: pass
deque popleft | x=DQ([1,2,3],5) | q=x.popleft()
deque extend | x=DQ((),9) | x.extend([1,2,3])
bigint add | a=1<<70;b=1<<65 | x=a+b
bigint sub | a=1<<70;b=1<<65 | x=a-b
bigint sub to small | a=(1<<70)+5;b=1<<70 | x=a-b
bigint neg | a=1<<70 | x=-a
bigint mul small | a=1<<70 | x=a*3
bigint div | a=10**30;b=10**12 | x=a//b
bigint mod | a=10**30;b=10**12+1 | x=a%b
bigint pow | a=7 | x=a**50
bigint pow3 | a=7 | x=pow(a,50,1000007)
bigint pow3 big | a=7<<70 | x=pow(a,50,10**25)
bigint and | a=(1<<70)-1 | x=a&0xffffffffff
bigint or neg | a=-(1<<70) | x=a|5
bigint xor | a=(1<<70)-1 | x=a^(1<<69)
bigint shl | a=(1<<70)-1 | x=a<<33
bigint shr | a=(1<<70)-1 | x=a>>13
bigint str | a=10**40 | x=str(a)
bigint hex | a=10**40 | x=hex(a)
bigint from str | | x=int('123456789012345678901234567890')
bigint from bytes | y=bytes(range(1,20)) | x=int.from_bytes(y,'big')
bigint to_bytes | a=10**40 | x=a.to_bytes(20,'little')
bigint cmp | a=10**40; b=10**40+1 | q=a<b
bigint hash | a=10**40 | q=hash(a)
bigint float | a=10**20 | x=float(a)
int of float | f=1e20 | x=int(f)
int 31 bits | a=0x3fffffff | x=a+1
int 31 bits neg | a=-0x40000000 | x=a-1
small overflow mul | a=70000 | x=a*a
factorial 20 | n=1 | for i in range(1,21): n*=i
inplace add big | a=1<<70 | a+=1
divmod small | a=7 | x=divmod(a,2)
true division | a=7 | x=a/2
float power | f=2.0 | x=f**0.5
float mod | f=7.5 | x=f%2
float divmod | f=7.5 | x=divmod(f,2.0)
float neg | f=7.5 | x=-f
abs float | f=-7.5 | x=abs(f)
round | f=7.56 | x=round(f,1)
float from str | | x=float('1.5')
complex mul | c=1j | x=c*c
complex real | c=1.5+2j | x=c.real
math.sqrt | m=MATH | x=m.sqrt(2.0)
gen next | g=GEN(3) | q=next(g)
gen send | g=GEN2(); next(g) | q=g.send(1)
gen exhausted | | q=list(GEN(5))
gen close | g=GEN(3); next(g) | g.close()
gen throw | g=GEN3(); next(g) | q=g.throw(ValueError)
gen throw inst | g=GEN3(); next(g) | q=g.throw(ValueError('x'))
gen 20 locals | | g=GEN20(1)
gen yield from | | q=list(GENF(4))
gen delegate deep | | for i in GEND(5): pass
genexp sum | | x=sum(i for i in range(30))
genexp any | | x=any(i==5 for i in range(30))
genexp all | | x=all(i<5 for i in range(30))
genexp max | | x=max(i for i in range(30))
genexp min key | | x=min([3,1,2],key=lambda v:v)
sorted gen | | x=sorted(i for i in (3,1,2))
sorted key rev | | x=sorted([3,1,2],key=lambda v:v,reverse=True)
map lambda | | x=list(map(lambda v:v+1,[1,2,3]))
filter lambda | | x=list(filter(lambda v:v>1,[1,2,3]))
zip 3 | | x=list(zip([1,2],[3,4],[5,6]))
enumerate list | | x=list(enumerate([1,2,3]))
reversed tuple | | x=list(reversed((1,2,3)))
range list | | x=list(range(0,100,7))
iter callable | it=iter([1,2]) | q=next(it,None)
closure call | f=CLO(1) | q=f(2)
closure make | | f=CLO(1)
closure nested 2 | | f=CLO2(1)(2)
closure counter | f=CNT() | q=f()
nonlocal loop | f=CNT() | for i in range(10): f()
lambda default | | f=lambda a,b=2,*c,d=4,**e:a
def default | | def f(a,b=[],c={}): pass
def kwonly | | def f(*,a=1,b): pass
partial kw call | | q=KWF(1,b=2,c=3)
kw call 5 | | q=KWF(a=1,b=2,c=3,d=4,e=5)
kwargs call | d={'a':1,'b':2} | q=KW(**d)
args call | a=(1,2,3) | q=ARGS(*a)
args list call | a=[1,2,3] | q=ARGS(*a)
args gen call | | q=ARGS(*GEN(5))
args gen+pos call | | q=ARGS(1,2,*GEN(5))
args range call | | q=ARGS(*range(9))
args str call | | q=ARGS(*'abcde')
args two stars | a=[1,2] | q=ARGS(*a,*a)
args + kw | a=[1,2];d={'p':1} | q=AK(*a,**d)
args + kw many | a=[1,2];d={'p%d'%i:i for i in range(9)} | q=AK(*a,**d,z=5)
method star | o=PT(1,2); a=(1,2) | q=o.var(*a)
method kw | o=PT(1,2) | q=o.kw(a=1)
bound method store | o=PT(1,2) | m=o.norm
bound method call | o=PT(1,2); m=o.norm | q=m()
builtin method store | y=[] | m=y.append
staticmethod call | | q=PT.st(1)
classmethod call | | q=PT.cl(1)
classmethod ref | | q=PT.cl
property get | o=PT(1,2) | q=o.pr
property set | o=PT(1,2) | o.pr=5
getattr dyn | o=GA() | q=o.whatever
setattr dyn | o=SA() | o.whatever=5
setattr new | o=EMPTY() | o.a=1
setattr 5 new | o=EMPTY() | o.a=o.b=o.c=o.d=o.e=1
delattr | o=PT(1,2) | del o.x
getattr default | o=PT(1,2) | q=getattr(o,'zz',5)
hasattr no | o=PT(1,2) | q=hasattr(o,'zz')
call obj | o=CALL() | q=o(1,2)
add op | o=OPS() | q=o+1
radd op | o=OPS() | q=1+o
iadd op | o=OPS() | o+=1
lt op | o=OPS() | q=o<1
eq op | o=OPS() | q=o==1
getitem op | o=OPS() | q=o[3]
setitem op | o=OPS() | o[3]=4
slice op | o=OPS() | q=o[1:2]
contains op | o=OPS() | q=3 in o
len op | o=OPS() | q=len(o)
bool op | o=OPS() | q=bool(o)
iter op | o=OPS() | q=[i for i in o]
str op | o=OPS() | q=str(o)
repr op | o=OPS() | q=repr(o)
hash op | o=OPS() | q=hash(o)
dict key obj | o=OPS() | q={o:1}
neg op | o=OPS() | q=-o
instance creation no init | | o=EMPTY()
instance creation init 4 | | o=P4(1,2,3,4)
instance creation kw | | o=P4(a=1,b=2,c=3,d=4)
instance star | a=(1,2,3,4) | o=P4(*a)
subclass super init | | o=SUB(1,2)
subclass super call | o=SUB(1,2) | q=o.norm()
multiple inheritance | | class M(EMPTY,PLAIN2): pass
class with slots like | | class M:\n  a=1\n  b=2\n  c=3\n  d=4\n  e=5\n  f=6\n  g=7
class with prop | | class M:\n  @property\n  def v(self): return 1
class in func closure | n=5 | class M:\n  def f(self): return n
class with super | | class M(EMPTY):\n  def __init__(self): super().__init__()
class decorated | | @DECO\nclass M: pass
func decorated | | @DECO\ndef f(): pass
isinstance tuple | o=1 | q=isinstance(o,(int,str))
issubclass | | q=issubclass(SUB,PT)
list subclass append | o=LSUB() | o.append(1)
list subclass from | | o=LSUB([1,2,3])
dict subclass | | o=DSUB(); o['a']=1
str subclass | | o=SSUB('hello there')
int subclass | | o=ISUB(5)
tuple subclass | | o=TSUB((1,2))
exc subclass | | o=EXC1(1,2)
exc subclass init | | o=EXC2(1)
exc catch as | | try:\n  raise EXC1(1)\nexcept EXC1 as e:\n  pass
exc catch msg | | try:\n  raise ValueError('abc %d'%5)\nexcept ValueError as e:\n  q=str(e)
exc nested | | try:\n  try:\n    1//0\n  finally:\n    q=1\nexcept ZeroDivisionError: pass
exc reraise | | try:\n  try:\n    raise ValueError\n  except ValueError:\n    raise\nexcept ValueError: pass
exc deep | | try:\n  DEEP(6)\nexcept ValueError as e: pass
exc index | y=[] | try:\n  y[3]\nexcept IndexError: pass
exc key | y={} | try:\n  y['abc']\nexcept KeyError as e: q=e.args
exc type | | try:\n  1+'a'\nexcept TypeError: pass
exc type msg | | try:\n  KWF()\nexcept TypeError as e: q=str(e)
exc name | | try:\n  undefined_name\nexcept NameError: pass
exc attr str | | try:\n  'a'.foo\nexcept AttributeError as e: q=e.args[0]
exc stopiter | g=GEN(0) | try:\n  next(g)\nexcept StopIteration: pass
exc oserror | | try:\n  raise OSError(5)\nexcept OSError as e: q=e.errno
exc assertion | | try:\n  assert 0,'x'\nexcept AssertionError: pass
exc unpack | | try:\n  a,b=[1]\nexcept ValueError: pass
exc import | | try:\n  import nosuchmod\nexcept ImportError: pass
exc keep | L=[] | try:\n  1//0\nexcept ZeroDivisionError as e: L.append(e)
exc int | | try:\n  int('abc')\nexcept ValueError: pass
with obj | o=CTX() | with o as q: pass
with exc | o=CTX2() | with o:\n  1//0
with nested | o=CTX() | with o, o: pass
with BytesIO | | with BIO() as q: q.write(b'abc')
try finally return | | q=TF()
try 3 nested | | q=T3()
many state | | q=MANY20(1)
many state deep | | q=MANYR(4)
12 args | | q=A12(1,2,3,4,5,6,7,8,9,10,11,12)
import again | | import sys
import from | | from sys import path
global store new | | globals()['zz_new']=1
locals | | q=locals()
dir | o=PT(1,2) | q=dir(o)
vars dict | o=PT(1,2) | q=o.__dict__
type name | | q=type(5).__name__
eval | | q=eval('1+2')
eval name | | q=eval('GEN')
exec def | | exec('def zzf(): return 1')
compile | | q=compile('1+2','','eval')
compile exec | | c=compile('a=1; b=2; print','x','exec')
exec big | | exec('for i in range(3): x=[i]*3; y={1:2}')
json dumps nested | | q=JD({'a':{'b':[1,2.5,None,True,'x']}})
json loads nested | | q=JL('{"a":{"b":[1,2.5,null,true,"x"]}}')
json str | | q=JL('"hello world long string"')
json dump | b=SIO() | import json; json.dump([1,2],b)
struct calcsize | | q=CS('<IhB')
struct pack_into | b=bytearray(20) | PI('<I',b,2,5)
struct unpack_from | b=bytearray(20) | q=UF('<IHb',b,2)
struct pack d | | q=PK('<d',1.5)
struct pack s | | q=PK('5s',b'abc')
struct unpack Q | b=b'\xff'*8 | q=UP('<Q',b)
bytesio read | b=BIO(b'0123456789'*5) | q=b.read(10)
bytesio readline | b=BIO(LINES) | q=b.readline()
bytesio readinto | b=BIO(b'0123456789'*5); a=bytearray(8) | q=b.readinto(a)
bytesio getvalue | b=BIO(b'0123456789'*5) | q=b.getvalue()
bytesio iterate | b=BIO(LINES) | for l in b: pass
bytesio grow | b=BIO() | for i in range(20): b.write(b'12345')
stringio iterate | b=SIO(TEXT) | for l in b: pass
stringio read | b=SIO(TEXT) | q=b.read()
stringio readlines | b=SIO(TEXT) | q=list(b)
print to stringio | b=SIO() | print(1,2,'abc',file=b)
re sub | r=RC('a+') | q=r.sub('x','baaab')
re sub fn | r=RC('a+') | q=r.sub(lambda m:'y','baaab')
re split | r=RC(',') | q=r.split('a,b,c')
re group | r=RC('(a)(b)') | q=r.match('ab').group(1)
re search none | r=RC('z') | q=r.search('aaa')
re search str | | q=RS('b+','aabb')
namedtuple access | p=PAIR(1,2) | q=p.x
namedtuple kw | | p=PAIR(x=1,y=2)
namedtuple unpack | p=PAIR(1,2) | a,b=p
binascii hexlify | | q=HX(b'abcdef')
binascii b2a | | q=B64(b'abcdefghijkl')
heapq push | h=[] | for i in range(10): HP(h,i)
heapq pop | h=[1,2,3] | q=HPOP(h)
hashlib | | q=SHA(b'abc').digest()
random | | q=RND(10)
time ticks | | q=TT()
os listdir-like cwd | | q=CWD()
errno lookup | | q=ERR[5]
sys.exc print | b=SIO() | try:\n  1//0\nexcept Exception as e: PE(e,b)
sorted dict | d={3:1,1:2} | q=sorted(d)
sum list float | y=[1.5,2.5] | q=sum(y)
sum start | y=[[1],[2]] | q=sum(y,[])
max args | | q=max(1,2,3)
min default | | q=min([],default=5)
zip unequal | | q=dict(zip('abc',range(3)))
str to int list | | q=[int(c) for c in '12345']
matrix transpose | m=[[1,2],[3,4]] | q=list(zip(*m))
nested tuple | n=1 | q=((n,n),(n,n))
walrus | | q=[y:=1,y+1]
cond expr | n=1 | q=[1] if n else [2]
chained compare | n=5 | q=1<n<10
and or | n=[] | q=n or [1]
del var | x=[1]*20 | del x
object attr chain | o=PT(PT(1,2),3) | q=o.x.y
string key attr | o=PT(1,2) | q=getattr(o,'x')
while loop | i=0 | while i<100: i+=1
for break | | for i in range(10):\n  if i==5: break
for else | | for i in range(3): pass\nelse: q=1
async func call | | c=CORO()
async run | | c=CORO()\ntry:\n  c.send(None)\nexcept StopIteration: pass
gen in gen | | q=list(i for j in (GEN(2),GEN(3)) for i in j)
ulist iter dict | d={'a':1} | q=[(k,v) for k,v in d.items()]
array of arrays | | q=[bytearray(10) for i in range(5)]
bytes iterate | b=b'abcdef' | for i in b: pass
int bit ops | n=5 | n=(n<<3)|1
super attr | o=SUB(1,2) | q=super(SUB,o).norm
type call new | | T=type('T',(PT,),{'k':1})
object.__new__ | | o=object.__new__(EMPTY)
descriptor | o=DESC() | q=o.d
eq list nested | a=[[1],[2]];b=[[1],[2]] | q=a==b
cmp tuple | a=(1,2);b=(1,3) | q=a<b
hash tuple | a=(1,2,'x') | q=hash(a)
memoryview assign | m=memoryview(bytearray(8)) | m[2:4]=b'ab'
memoryview index | m=memoryview(bytearray(8)) | q=m[3]
bytes.find | b=b'abcdef' | q=b.find(b'cd')
bytes.split | b=b'a b c' | q=b.split()
bytes.replace | b=b'a b c' | q=b.replace(b' ',b'')
bytes.strip | b=b' abc ' | q=b.strip()
bytes.index | b=b'abc' | q=b[1]
bytes compare | a=b'abc';b=b'abd' | q=a<b
str percent dict | | q='%(a)s'%{'a':5}
str format spec | | q='{:08.3f}|{:+d}|{:#x}|{:^10}'.format(1.5,3,255,'mid')
str percent float | | q='%.2f %5.1f %e'%(1.5,2.5,3.5)
str isdigit | s='123' | q=s.isdigit()
str startswith | s='hello' | q=s.startswith('he')
str zfill-ish | n=5 | q='%05d'%n
ord | | q=ord('a')
setattr builtin | o=PT(1,2) | setattr(o,'x',3)
callable | | q=callable(GEN)
"""


def measure(name, before, action):
    lines = ['def f():'] + ['    ' + s.strip() for s in before.split(';') if s.strip()]
    lines += ['    before = gc.mem_alloc()'] + ['    ' + s for s in action.split('\n')]
    lines += ['    return gc.mem_alloc() - before']
    exec('\n'.join(lines) + '\n', globals())
    # the first runs may load or intern something
    f()
    f()
    print(name, f())


for row in ACTIONS.strip().split('\n'):
    name, before, action = row.split('|', 2)
    measure(name.strip(), before, action.strip().replace('\\n', '\n'))
