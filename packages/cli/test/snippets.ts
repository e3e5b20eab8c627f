/** Short programs that between them use every builtin and method that allocates. */
export const SNIPPETS: Readonly<Record<string, string>> = {
  print: 'print(1, "a", 1.5, [1, {"k": (2, None)}], b"x", {3}, sep="-", end="!\\n")',
  'list methods':
    'x = [3, 1, 2]\nx.append(4); x.extend((5, 6)); x.insert(0, 9); x.pop(); x.sort(); x.reverse(); y = x.copy(); x += y; x *= 2; x[1:3] = [7] * 9; x.remove(9); print(x, x[:2], x + y)',
  'list iteration':
    'x = [i * 2 for i in range(10) if i % 2]\na, *b = x\nprint(list(reversed(b)), list(enumerate(b)), sorted(b, key=lambda v: -v))',
  'tuple methods': 'x = tuple([1, 2]) + (3,)\nprint(x * 3, x[1:], x.index(2), x.count(1), tuple(range(5)), hash(x))',
  'dict methods':
    'd = {1: 2}\nd.update({3: 4}, k=5); d.setdefault("x", []).append(1); e = d.copy(); e.pop(1); e.popitem(); print(d, e, list(d.items()), list(d.keys()), list(d.values()), dict([(1, 2)]), dict(a=1), dict.fromkeys("abc", 0), d | e)',
  'dict growth':
    'd = {}\nfor i in range(40): d[i] = str(i)\nfor i in range(0, 40, 2): del d[i]\nprint(len(d), {v: k for k, v in d.items()})',
  'set methods':
    's = {1, 2}\ns.add(3); s.update([4, 5]); t = {3, 4, 9}\nprint(sorted(s | t), sorted(s & t), sorted(s - t), sorted(s ^ t), s.union(t) >= s, frozenset(s) <= s, len(s.copy()), s.difference(t), s.intersection(t), s.symmetric_difference(t))\ns.intersection_update(t); s.discard(3); s.difference_update(t); s.symmetric_difference_update(t); print(len(s))',
  'str methods':
    's = "Hello World"\nprint(s.upper(), s.lower(), s.replace("l", "LL"), s.split(), s.split("o", 1), s.rsplit("o", 1), s.partition(" "), s.rpartition("o"), s.strip("Hd"), s.center(20), s.find("W"), s.count("l"), s.startswith("He"), s.encode(), s.splitlines(), s[2:], s * 2, s + "!")',
  'str building':
    'print("{:>10}|{:<5}|{!r:^9}".format("a", 1, "b"), "%s %d %r %5.2f %x" % ("s", 3, "r", 1.5, 255), f"{3!r}{4:04}", ",".join(str(i) for i in range(5)), "-".join(["a", "b"]), str(b"caf\\xc3\\xa9", "utf-8"), "\\u20ac" + chr(8364), repr("it\'s"))',
  'bytes methods':
    'b = b"abc,def"\nprint(b.split(b","), b.replace(b"b", b"XX"), b + b, b * 2, b[1:4], bytes(5), bytes([1, 2]), bytes("x", "utf8"), b.hex(), bytes.fromhex("00ff"), b.decode(), b.upper(), b.join([b"1", b"2"]), bytes(range(4)))',
  bytearray:
    'b = bytearray(b"abc")\nb.append(1); b.extend(b"xyz"); b += b"q"; b[1:2] = b"12345"; m = memoryview(b)\nprint(b, m[1:3], bytes(m[2:]), b[1:], bytearray(4), bytearray([1]), b + b)',
  array:
    'from array import array\na = array("i", [1, 2, 3])\na.append(4); a.extend(array("i", [5])); a += array("i", [6]); a[1:2] = array("i", [7, 8]); print(a, a[1:], array("d", (1, 2)), array("B", b"ab"), list(a))',
  integers:
    'a = 1 << 100\nb = 3 ** 50\nprint(a + b, a - b, a * b, a // b, a % b, -a, ~a, a & b, a | b, a ^ b, a >> 3, b << 70, divmod(a, b), pow(b, 5, a), int("9" * 30), int("ff" * 10, 16), hex(a), bin(b), a.to_bytes(13, "big"), int.from_bytes(b"\\x01" * 12, "little"), abs(-a), a == b, a < b, hash(a), float(a), int(1e25))',
  floats:
    'x = 1.5\nprint(x + 1, x * 2, x / 3, x ** 0.5, -x, x // 1, x % 1, divmod(x, 0.4), round(x), round(2.567, 2), float("1e5"), int(x), str(x), x.__class__(3), abs(-x), sum([x, x]), min(x, 2.0), complex(1, 2) * 1j, abs(3 + 4j), (1 + 2j) ** 2)',
  math: 'import math\nprint(math.sqrt(2), math.sin(1), math.floor(2.5), math.modf(1.5), math.frexp(8.0), math.pi, math.log(10), math.pow(2, 0.5), math.isclose(1.0, 1.0))',
  'iteration functions':
    'print(list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, 2])), list(zip("ab", [1, 2])), sum([[1], [2]], []), min([3, 1]), max("abc", key=ord), any([0, 1]), all([]), sorted("cab", reverse=True), list(iter([1, 2])), next(iter(()), 5))',
  'iterating objects':
    'class It:\n    def __init__(self): self.n = 0\n    def __iter__(self): return self\n    def __next__(self):\n        self.n += 1\n        if self.n > 4: raise StopIteration\n        return self.n\nclass Get:\n    def __getitem__(self, i):\n        if i > 3: raise IndexError\n        return i\nprint(list(It()), tuple(Get()), set(It()), sorted(Get()), sum(It()), max(Get()), dict(zip(It(), Get())), bytes(It()), list(map(str, It())), "".join(str(i) for i in Get()))',
  functions:
    'def f(a, b=2, *c, d=4, **e):\n    return a, b, c, d, e\nprint(f(1), f(1, 2, 3, d=5, z=6), f(*[1, 2, 3], **{"q": 1}), (lambda *a: a)(1, 2))\ndef deep(n):\n    return [n] + deep(n - 1) if n else []\nprint(deep(8))',
  closures:
    'def outer(x):\n    def inner(y):\n        nonlocal x\n        x += y\n        return x\n    return inner\nf = outer(1)\nprint(f(2), f(3), [g() for g in [lambda i=i: i for i in range(3)]])',
  generators:
    'def g(n):\n    try:\n        for i in range(n):\n            r = yield i\n            if r: yield [r]\n    finally:\n        print("closed")\n    return "end"\ndef h():\n    v = yield from g(2)\n    yield v\nx = g(3)\nprint(next(x), x.send("r"), list(h()), x.close())\ntry:\n    y = g(2); next(y); y.throw(ValueError("v"))\nexcept ValueError as e: print(e)',
  classes:
    'class A:\n    k = [1]\n    def __init__(self, v): self.v = v\n    def __repr__(self): return "A(%r)" % self.v\n    def __add__(self, o): return A(self.v + o.v)\n    def __eq__(self, o): return self.v == o.v\n    def __hash__(self): return hash(self.v)\n    def __call__(self, *a): return a\n    def __getattr__(self, n): return n\n    @property\n    def p(self): return [self.v]\n    @staticmethod\n    def s(): return {}\n    @classmethod\n    def c(cls): return cls(9)\nclass B(A):\n    def __init__(self, *a):\n        super().__init__(*a)\n        self.w = 1\na = A(1)\nprint(a, a + B(2), a == A(1), {a: 1}, a(1, 2), a.zz, a.p, A.s(), B.c(), isinstance(B(1), A), dir(a) is None, getattr(a, "q"), hasattr(a, "v"), a.__class__, type("X", (A,), {"y": 1})(3).y)',
  'native subclasses':
    'class L(list):\n    def total(self): return sum(self)\nclass D(dict): pass\nclass E(Exception):\n    def __init__(self, a): super().__init__(a, 1)\nx = L([1, 2]); x.append(3)\nd = D(a=1); d["b"] = 2\nprint(x.total(), x, len(d), d["a"])\ntry: raise E("e")\nexcept E as e: print(e.args, e)',
  exceptions:
    'def f():\n    raise ValueError("a", 1)\ntry:\n    try: f()\n    finally: x = [1]\nexcept ValueError as e:\n    print(e.args, repr(e))\ntry: {}["k"]\nexcept KeyError as e: print(e)\ntry: [][1]\nexcept IndexError as e: print(e)\ntry: "a" + 1\nexcept TypeError as e: print(e)\ntry: undefined\nexcept NameError as e: print(e)\ntry: (5).x\nexcept AttributeError as e: print(e)\ntry: 1 / 0\nexcept ZeroDivisionError as e: print(e)\ntry: raise OSError(2)\nexcept OSError as e: print(e, e.errno)',
  'context managers':
    'class M:\n    def __enter__(self): return [1]\n    def __exit__(self, *a): return True\nwith M() as m, M() as n:\n    m.append(n)\n    raise ValueError("swallowed")\nprint(m)',
  'exec and eval':
    'd = {"a": 2}\nprint(eval("a * 21", d), eval("[i for i in range(3)]"))\nexec("def f(x):\\n    return x + a\\nb = f(1)", d)\nprint(d["b"])\nc = compile("print(7)", "f", "exec"); exec(c)\ntry: eval("1 +")\nexcept SyntaxError as e: print(e)',
  sorting:
    'class K:\n    def __init__(self, v): self.v = v\n    def __lt__(self, o): return self.v < o.v\nprint([k.v for k in sorted([K(3), K(1), K(2)])], sorted(["b", "a"], key=str.upper), max([K(1), K(5)], key=lambda k: k.v).v, min(K(1), K(0)).v)',
  collections:
    'from collections import deque, namedtuple, OrderedDict\nd = deque((1, 2), 4)\nd.append(3); d.appendleft(0); d.append(9); print(d.popleft(), len(d), list(d))\nP = namedtuple("P", ("x", "y"))\np = P(1, y=2)\nprint(p, p.x, P(3, 4)[1])\no = OrderedDict(); o["z"] = 1; o["a"] = 2; print(o, list(o.items()), o.popitem())',
  modules:
    'import sys, gc, micropython\nprint(len(sys.path) > 0, sys.implementation[0], type(sys.modules), gc.collect() >= 0, gc.mem_free() > 0)\nfrom sys import *\nmicropython.opt_level()',
  'dir and help':
    'class A: x = 1\nprint(len(dir(A)) > 0, len(dir([])) > 3, "append" in dir([]), len(dir()) > 0, "A" in globals(), type(locals()))',
  'type checks':
    'print(isinstance(1, (int, str)), issubclass(bool, int), callable(len), id([]) != 0, type([]) is list, repr(type), bool([]), object() is None, len(str(object())) > 0, property(lambda s: 1) is None, NotImplemented, Ellipsis)',
  slices:
    'x = list(range(10))\nx[2:5] = []; x[1:3] = [0] * 4; print(x[-3:], "abc"[1:], (1, 2, 3)[:2], bytearray(b"abc")[:-1], range(10)[2:8:2], memoryview(b"abcd")[1:])',
  'string iteration':
    'print([c for c in "h\\u00e9llo"], list("ab"), dict.fromkeys("ab"), ["%s=%s" % kv for kv in {"a": 1}.items()], list(b"ab"), "".join(reversed("abc")))',
  'bool and compare':
    'class C:\n    def __bool__(self): return False\n    def __len__(self): return 2\n    def __contains__(self, x): return x == 1\n    def __getitem__(self, i): return (i,)\n    def __setitem__(self, i, v): self.i = [i, v]\n    def __delitem__(self, i): self.d = {i}\nc = C()\nc[1] = 2; del c[3]\nprint(not c, len(c), 1 in c, 2 in c, c[0], c.i, c.d, [1, [2]] == [1, [2]], (1, 2) < (1, 3), {1: [2]} == {1: [2]}, "a" < "b")',
  coroutines:
    'class Tick:\n    def __await__(self):\n        v = yield "t"\n        return v\n    __iter__ = __await__\nasync def f(x):\n    return [x, await Tick()]\nasync def g():\n    return await f(1)\nc = g()\nprint(c.send(None))\ntry: c.send(5)\nexcept StopIteration as e: print(e.value)',
  scheduling:
    'import micropython, time\nmicropython.schedule(print, "scheduled")\ntime.sleep_ms(1)\nfor _ in range(3): pass\nprint(time.ticks_ms() >= 0, time.ticks_add(1, 2), time.ticks_diff(5, 3), time.gmtime(0)[:3])',
};
