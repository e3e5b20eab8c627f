# Blocking sleeps inside coroutines driven by hand.
from time import sleep_ms
class Tick:
    def __await__(self):
        sleep_ms(1)
        r = yield "tick"
        sleep_ms(1)
        return r
    __iter__ = __await__
class Ctx:
    async def __aenter__(self):
        sleep_ms(1)
        return await Tick()
    async def __aexit__(self, *a):
        sleep_ms(1)
        await Tick()
class Src:
    def __init__(self):
        self.n = 2
    def __aiter__(self):
        sleep_ms(1)
        return self
    async def __anext__(self):
        sleep_ms(1)
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        return await Tick()
async def inner(x):
    sleep_ms(1)
    return x + await Tick()
async def main():
    out = [await inner(1)]
    async with Ctx() as c:
        out.append(c)
        async for v in Src():
            sleep_ms(1)
            out.append(v)
    try:
        await Tick()
    except ValueError as e:
        sleep_ms(1)
        out.append(str(e))
    return out
m = main()
m.send(None)
for i in (10, 20, 30, 40, 50):
    m.send(i)
try:
    m.throw(ValueError("thrown"))
except StopIteration as e:
    print(e.value)
