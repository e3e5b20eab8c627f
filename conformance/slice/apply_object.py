# Slice objects kept and applied to other sequences through __getitem__.
class Keep:
    def __getitem__(self, k):
        return k
keep = Keep()
a = list(range(10))
for k in (keep[2:5], keep[:], keep[::3], keep[::-1], keep[-3:], keep[8:2:-2], keep[100:], keep[:-20]):
    print(k, a[k], (range(10))[k])
k = keep[1:3]
print("abcdef"[k], (1, 2, 3)[k], b"abc"[k], bytearray(b"abc")[k], bytes(memoryview(b"abcd")[k]))
a[k] = ["x", "y", "z"]
print(a)
del a[k]
print(a)
class Grid:
    def __init__(self, w, h):
        self.w, self.h = w, h
        self.cells = list(range(w * h))
    def __getitem__(self, k):
        x, y = k
        if isinstance(x, int) and isinstance(y, int):
            return self.cells[y * self.w + x]
        rows = list(range(self.h))[y] if not isinstance(y, int) else [y]
        cols = list(range(self.w))[x] if not isinstance(x, int) else [x]
        return [[self.cells[r * self.w + c] for c in cols] for r in rows]
    def __setitem__(self, k, v):
        self.cells[k[1] * self.w + k[0]] = v
g = Grid(4, 3)
print(g[1, 2], g[1:3, 0:2], g[::2, 1], g[0, ::-1])
g[0, 0] = 99
g[1, 0] += 100
print(g[:2, 0], g[-1, -1])
