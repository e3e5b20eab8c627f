"""The Pico's second core blinks a LED for each job that it takes from a list that both cores share; a lock keeps them apart.

Core 1 runs what `_thread.start_new_thread` was given, core 0 the rest. What both of them change is only changed by who holds
the lock, and core 0 waits for core 1 by a second lock, which core 1 opens when it is done.

Needs a board: `machine.Pin` and `_thread` with a second core.
"""

import _thread
import time
from machine import Pin

led = Pin("LED", Pin.OUT)
lock = _thread.allocate_lock()
done = _thread.allocate_lock()
jobs = [12, 7, 25, 18, 3, 30]
results = {}
blinks = 0


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def take():
    with lock:
        return jobs.pop() if jobs else None


def work(core):
    global blinks
    while True:
        n = take()
        if n is None:
            return
        value = fib(n)
        with lock:
            results[n] = value
        if core == 1:
            led.toggle()
            blinks += 1
            time.sleep_ms(20)
        else:
            time.sleep_ms(30)


def core1():
    try:
        work(1)
    finally:
        led.off()
        done.release()


done.acquire()
_thread.start_new_thread(core1, ())
work(0)
done.acquire()
for n in sorted(results):
    print("fib(%d) = %d" % (n, results[n]))
print("both have worked:", 0 < blinks < 6, "- the LED is", "on" if led.value() else "off")
