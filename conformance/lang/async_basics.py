# async def, await, async for, async with, driven by hand.
class Pause:
    def __init__(self, v):
        self.v = v
    def __await__(self):
        got = yield self.v
        return got
    __iter__ = __await__
async def leaf(n):
    print("leaf", n)
    r = await Pause(n)
    return r, n * 2
async def root():
    a = await leaf(1)
    b = await leaf(2)
    return [a, b]
def drive(coro, *sends):
    out = []
    try:
        out.append(coro.send(None))
        for s in sends:
            out.append(coro.send(s))
    except StopIteration as e:
        return out, e.value
    return out, "not finished"
print(drive(root(), "x", "y"))
print(drive(root(), "x"))
class Ctx:
    async def __aenter__(self):
        print("aenter")
        await Pause("entering")
        return "ctx"
    async def __aexit__(self, t, v, tb):
        print("aexit", t)
        await Pause("leaving")
        return t is ValueError
class Count:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await Pause("tick")
        return self.n
async def uses():
    async with Ctx() as c:
        print("in", c)
        async for i in Count(2):
            print("i", i)
        else:
            print("async else")
        raise ValueError("suppressed")
    return "after"
print(drive(uses(), *[None] * 4))
async def catches():
    try:
        await Pause("p")
    except KeyError as e:
        return "caught %s" % e
    finally:
        print("finally")
c = catches()
c.send(None)
try:
    c.throw(KeyError("k"))
except StopIteration as e:
    print(e.value)
async def never():
    await Pause(1)
n = never()
n.send(None)
print(n.close())
async def comp():
    total = 0
    for i in range(2):
        total += (await leaf(i))[1]
    return [total, await leaf(5)]
print(drive(comp(), 1, 2, 3), type(never()).__name__)
async def plain():
    return 5
async def chain():
    return await plain() + await plain()
print(drive(chain()))
for src in ("async def f(): return [await x for x in y]", "async def f(): return (await x for x in y)", "await x", "def f(): await x", "async for i in x: pass", "def f():\n async with x: pass", "async def f(): yield 1", "async lambda: 1", "async def f(): await", "async = 1", "await = 1"):
    try:
        exec(src)
        print(repr(src), "ok")
    except Exception as e:
        print(repr(src), type(e).__name__, e)
