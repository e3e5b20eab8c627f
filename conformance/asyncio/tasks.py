# the reference's asyncio is driven by its page's event loop
import asyncio


async def count(name, n, ms):
    for i in range(n):
        print(name, i)
        await asyncio.sleep_ms(ms)
    return name * 2


async def broken(ms):
    await asyncio.sleep_ms(ms)
    raise ValueError("broken after %d" % ms)


async def stubborn():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("cancelled")
        await asyncio.sleep_ms(1)
        print("tidied up")
        raise


async def main():
    a = asyncio.create_task(count("a", 3, 20))
    b = asyncio.create_task(count("b", 2, 50))
    print(a.done(), asyncio.current_task().done())
    print(await a, a.done(), b.done())
    print(await b, await b)

    print(await asyncio.gather(count("c", 1, 5), count("d", 2, 9)))
    print(await asyncio.gather(broken(5), count("e", 1, 1), return_exceptions=True))
    try:
        await asyncio.gather(count("f", 3, 10), broken(15))
    except ValueError as e:
        print("gather:", e)
    await asyncio.sleep_ms(30)

    t = asyncio.create_task(stubborn())
    await asyncio.sleep_ms(5)
    print(t.cancel())
    try:
        await t
    except asyncio.CancelledError:
        print("it was")
    print(t.cancel(), t.done())

    print(await asyncio.wait_for(count("g", 1, 5), 1))
    for wait, limit in ((asyncio.wait_for, 0.02), (asyncio.wait_for_ms, 20)):
        try:
            await wait(count("h", 5, 15), limit)
        except asyncio.TimeoutError:
            print("too slow")
    try:
        await asyncio.wait_for(broken(3), None)
    except ValueError as e:
        print(e)
    try:
        await asyncio.wait_for(broken(3), 1)
    except ValueError as e:
        print(e)

    try:
        asyncio.current_task().cancel()
    except RuntimeError as e:
        print(e)
    try:
        asyncio.create_task(print)
    except TypeError as e:
        print(e)
    return "end"


print(asyncio.run(main()))


def handler(loop, context):
    print(context["message"], repr(context["exception"]), context["future"].done())


loop = asyncio.new_event_loop()
loop.set_exception_handler(handler)
asyncio.create_task(broken(1))
loop.run_until_complete(count("i", 2, 10))
loop.set_exception_handler(None)
print(loop.get_exception_handler())
asyncio.create_task(count("j", 1, 1))
loop.create_task(count("k", 2, 5))


async def stop_later():
    await asyncio.sleep_ms(20)
    loop.stop()


loop.create_task(stop_later())
loop.run_forever()
try:
    asyncio.current_task()
except RuntimeError as e:
    print(e)
