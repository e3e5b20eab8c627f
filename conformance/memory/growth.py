# exp: the figures are the 32-bit unix port's. Which steps containers, buffers and strings grow in, step by step.
import gc
import array
import io

gc.disable()
alloc = gc.mem_alloc


def steps(name, n, turn):
    t = alloc()
    out = [0] * n
    last = alloc()
    for i in range(n):
        turn(i)
        now = alloc()
        out[i] = now - last
        last = now
    print(name, [(i, out[i]) for i in range(n) if out[i]])


for _ in range(2):
    x = []
    if _:
        steps('list.append', 40, x.append)
x = []
steps('list.insert', 12, lambda i: x.insert(0, i))
d = {}
steps('dict', 40, lambda i: d.setdefault(i, i))
steps('dict.pop', 20, d.pop)
s = set()
steps('set', 40, s.add)
b = bytearray()
steps('bytearray.append', 40, b.append)
a = array.array('i')
steps('array.append', 24, a.append)
st = ['']


def add(i):
    st[0] = st[0] + 'ab'


steps('str +', 30, add)
bs = [b'']


def add_bytes(i):
    bs[0] += b'abc'


steps('bytes +=', 24, add_bytes)
f = io.BytesIO()
steps('BytesIO.write', 24, lambda i: f.write(b'0123456'))
g = io.StringIO()
steps('StringIO.write', 24, lambda i: g.write('0123456'))
big = [1]


def shift(i):
    big[0] <<= 16


steps('int <<', 12, shift)


class C:
    pass


c = C()
names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
steps('attributes', 12, lambda i: setattr(c, names[i], i))
steps('str.join', 4, lambda i: ','.join(names[: i * 3]))
steps('str.format', 6, lambda i: '{:0100d}'.format(i)[: i * 20])
steps('str %', 6, lambda i: '%s' % ('x' * (i * 10)))
