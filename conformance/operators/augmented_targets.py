# Augmented assignment to names, attributes, items and slices, evaluated once.
log = []
class T:
    def __init__(self):
        self.v = 1
        self.d = {"k": 1}
    def __getattr__(self, n):
        log.append("get " + n)
        return 10
t = T()
def get():
    log.append("call")
    return t
def key():
    log.append("key")
    return "k"
get().v += 5
get().d[key()] *= 3
get().missing -= 4
print(t.v, t.d, t.missing, log)
a = [1, 2, 3]
a[0] += 10
a[-1] **= 2
a[1:2] += ["x"]
a += (5,)
a *= 2
print(a)
s = "x"
s += "y"
s *= 2
s %= ()
print(s)
n = 10
n += 1; n -= 2; n *= 3; n //= 2; n %= 7; n **= 3; n <<= 2; n >>= 1; n &= 0xFF; n |= 1; n ^= 3
print(n)
f = 1.5
f /= 2; f += 1; f *= f; f -= .5; f //= .25; f %= 3; f **= .5
print(f)
x = y = {1}
x |= {2}
y -= {1}
print(x, x is y)
d = {"n": {"m": [1]}}
d["n"]["m"][0] += 1
d["n"]["m"] += [7]
print(d)
for src in ("nope += 1", "a.zz += 1", "a[99] += 1", "5 += 1", "f() += 1", "(a, b) += 1", "[a] += 1", "a += ", "d['x'] += 1", "None += 1", "a += b = 1", "x +=+ 1", "a[0] + = 1", "a =+ 5"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, type(e).__name__, e)
