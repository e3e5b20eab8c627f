# exp: the figures are the 32-bit unix port's. What calls on instances allocate: constructors, special methods, properties, bound methods.
import gc

gc.disable()
alloc = gc.mem_alloc


class Plain:
    pass


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.seen = alloc()

    def method(self):
        return alloc()

    def method_many(self, a, b, c, d, e, f, g, h, i):
        return alloc()

    @property
    def prop(self):
        return alloc()

    @staticmethod
    def static(a):
        return alloc()

    @classmethod
    def cls(cls, a):
        return alloc()

    def __call__(self, a):
        return alloc()

    def __add__(self, other):
        return alloc()

    def __getitem__(self, i):
        return alloc()

    def __setitem__(self, i, v):
        v[0] = alloc()

    def __len__(self):
        BOX[0] = alloc()
        return 3

    def __eq__(self, other):
        BOX[0] = alloc()
        return False

    def __getattr__(self, name):
        return alloc()

    def __iter__(self):
        BOX[0] = alloc()
        return self

    def __next__(self):
        raise StopIteration


class Sub(Point):
    def __init__(self, x):
        super().__init__(x, x)

    def method(self):
        return super().method()


BOX = [0]
P = Point(1, 2)
S = Sub(1)
BOUND = P.method


def set_item():
    P[1] = BOX
    return BOX[0]


def length():
    len(P)
    return BOX[0]


def equals():
    P == 1
    return BOX[0]


def iterate():
    for _ in P:
        pass
    return BOX[0]


def plain():
    Plain()
    return alloc()


def attribute():
    p = Plain()
    p.a = 1
    return alloc()


def attributes():
    p = Plain()
    p.a = p.b = p.c = p.d = p.e = 1
    return alloc()


def show(name, f):
    for _ in range(2):
        t = alloc()
        r = f()
        u = alloc()
    print(name, r - t, u - t)


show('instance', plain)
show('attribute', attribute)
show('five attributes', attributes)
show('constructor', lambda: Point(1, 2).seen)
show('subclass constructor', lambda: Sub(1).seen)
show('method', lambda: P.method())
show('super method', lambda: S.method())
show('bound method', lambda: BOUND())
show('getting a bound method', lambda: (P.method, alloc())[1])
show('method of 10', lambda: P.method_many(1, 2, 3, 4, 5, 6, 7, 8, 9))
show('property', lambda: P.prop)
show('static method', lambda: P.static(1))
show('class method', lambda: P.cls(1))
show('call', lambda: P(1))
show('add', lambda: P + 1)
show('get item', lambda: P[1])
show('slice', lambda: P[1:2])
show('set item', set_item)
show('len', length)
show('equal', equals)
show('missing attribute', lambda: P.nothing)
show('iteration', iterate)
show('isinstance', lambda: (isinstance(P, Plain), alloc())[1])
show('getattr', lambda: (getattr(P, 'x'), alloc())[1])
