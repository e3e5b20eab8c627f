# Instances and classes with many members; attribute updates in loops; linked structures.
class Bag:
    pass
b = Bag()
for i in range(60):
    setattr(b, "attr%d" % i, i)
print(sum(getattr(b, "attr%d" % i) for i in range(60)), len(b.__dict__))
for i in range(0, 60, 2):
    delattr(b, "attr%d" % i)
print(len(b.__dict__), hasattr(b, "attr0"), b.attr59)
class Node:
    def __init__(self, v, nxt=None):
        self.v, self.next = v, nxt
head = None
for i in range(10):
    head = Node(i, head)
n, out = head, []
while n:
    out.append(n.v)
    n = n.next
print(out)
class Tree:
    def __init__(self):
        self.root = None
    def insert(self, k):
        if self.root is None:
            self.root = [None, k, None]
            return
        n = self.root
        while True:
            side = 0 if k < n[1] else 2
            if n[side] is None:
                n[side] = [None, k, None]
                return
            n = n[side]
    def __iter__(self):
        def walk(n):
            if n:
                yield from walk(n[0])
                yield n[1]
                yield from walk(n[2])
        return walk(self.root)
t = Tree()
for k in (5, 2, 8, 1, 9, 3):
    t.insert(k)
print(list(t), 8 in t, 7 in t)
class Matrix:
    def __init__(self, rows):
        self.r = rows
    def __matmul__(self, o):
        return Matrix([[sum(a * b for a, b in zip(row, col)) for col in zip(*o.r)] for row in self.r])
    def __pow__(self, n):
        out = Matrix([[1, 0], [0, 1]])
        for _ in range(n):
            out = out @ self
        return out
    def __eq__(self, o):
        return self.r == o.r
    def __repr__(self):
        return "M" + repr(self.r)
fib = Matrix([[1, 1], [1, 0]])
print(fib @ fib, fib**30, fib**2 == fib @ fib)
class Poly:
    def __init__(self, *c):
        self.c = c
    def __call__(self, x):
        r = 0
        for a in self.c:
            r = r * x + a
        return r
    def __getitem__(self, i):
        return self.c[-1 - i]
print(Poly(1, 2, 3)(10), Poly(1, 2, 3)[0], [Poly(1, 0)(x) for x in range(3)])
obj = Bag()
obj.list, obj.count, obj.child = [], 0, Bag()
obj.child.value = 1
for i in range(5):
    obj.count += i
    obj.list.append(obj.count)
    obj.child.value *= 2
print(obj.count, obj.list, obj.child.value)
