# the reference's asyncio is driven by its page's event loop
import asyncio
import io
import micropython


async def waiter(name, event):
    print(name, "waits")
    print(name, await event.wait())


async def worker(name, lock, ms):
    async with lock:
        print(name, "has it", lock.locked())
        await asyncio.sleep_ms(ms)
    print(name, "gave it back")


class Pipe(io.IOBase):
    """What is written can be read, two bytes at a time; takes three at a time."""

    def __init__(self):
        self.data = b""
        self.ended = False

    def ioctl(self, req, arg):
        if req != 3:
            return -1
        events = 0
        if arg & 1 and (self.data or self.ended):
            events |= 1
        if arg & 4 and len(self.data) < 8:
            events |= 4
        return events

    def read(self, n=-1):
        if not self.data:
            return b"" if self.ended else None
        n = 2 if n < 0 else min(2, n)
        part, self.data = self.data[:n], self.data[n:]
        return part

    def readline(self):
        end = self.data.find(b"\n")
        if end < 0:
            return self.read() if not self.data else self.read(len(self.data))
        part, self.data = self.data[: end + 1], self.data[end + 1 :]
        return part

    def write(self, buf):
        part = bytes(buf[:3])
        if len(self.data) >= 8:
            return None
        self.data += part
        return len(part)


async def produce(stream, pipe):
    writer = asyncio.StreamWriter(stream)
    for line in (b"one\n", b"twenty-two\n", b"three hundred and thirty three\n", b"rest"):
        writer.write(line)
        await writer.drain()
    pipe.ended = True


async def consume(stream):
    reader = asyncio.StreamReader(stream, {"peername": "pipe"})
    print(reader.get_extra_info("peername"))
    print(await reader.readline())
    print(await reader.readexactly(6), await reader.read(1))
    print(await reader.readline())
    print(await reader.read())
    try:
        await reader.readexactly(1)
    except EOFError:
        print("end")


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(n, event)) for n in "abc"]
    await asyncio.sleep_ms(5)
    tasks[1].cancel()
    print(event.is_set())
    event.set()
    await asyncio.sleep_ms(5)
    print(event.is_set(), await event.wait())
    event.clear()
    try:
        await asyncio.wait_for_ms(event.wait(), 5)
    except asyncio.TimeoutError:
        print("nobody sets it")

    lock = asyncio.Lock()
    await asyncio.gather(*[worker(n, lock, 5) for n in "xyz"])
    print(lock.locked())
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    await lock.acquire()
    t = asyncio.create_task(worker("late", lock, 1))
    await asyncio.sleep_ms(1)
    t.cancel()
    lock.release()
    await asyncio.sleep_ms(1)
    print(lock.locked())

    flag = asyncio.ThreadSafeFlag()
    asyncio.create_task(later(flag))
    await flag.wait()
    print("flag")
    flag.set()
    await flag.wait()
    flag.set()
    flag.clear()
    try:
        await asyncio.wait_for_ms(flag.wait(), 10)
    except asyncio.TimeoutError:
        print("no flag")

    pipe = Pipe()
    await asyncio.gather(consume(pipe), produce(pipe, pipe))


async def later(flag):
    await asyncio.sleep_ms(5)
    micropython.schedule(lambda f: f.set(), flag)


asyncio.run(main())
