"""A 1 kHz hard interrupt fills a buffer while the program makes garbage and collects it.

The handler allocates nothing and hands each full buffer over with schedule(). A soft timer beside it shows what collections
do to its timing. A third handler breaks the rule: it allocates, and the report names its line.

Needs a board: `machine.Timer` and a microsecond clock.
"""

import array
import gc
import micropython
import time
from machine import Timer

micropython.alloc_emergency_exception_buf(200)

SAMPLES = 50
samples = bytearray(SAMPLES)
late = array.array("i", [0] * SAMPLES)
soft_at = []
full = []
count = 0


def take(_):
    full.append(sum(samples))


def sample(_):
    global count
    i = count % SAMPLES
    samples[i] = i
    late[i] = time.ticks_diff(time.ticks_us(), start) % 1000
    count += 1
    if i == SAMPLES - 1:
        micropython.schedule(take, None)


def soft(_):
    soft_at.append(time.ticks_us())


def careless(timer):
    timer.log = [timer]


keep = [[i] for i in range(1000)]
hard_timer = Timer()
soft_timer = Timer()
start = time.ticks_us()
hard_timer.init(freq=1000, callback=sample, hard=True)
soft_timer.init(freq=100, callback=soft)
while len(full) < 4:
    garbage = [bytearray(40) for _ in range(20)]
    gc.collect()
hard_timer.deinit()
soft_timer.deinit()

jitter = max(late) - min(late)
gaps = [time.ticks_diff(soft_at[i + 1], soft_at[i]) for i in range(len(soft_at) - 1)]
print("samples", count >= 200, "sums", full)
print("hard timer: jitter", jitter, "us")
print("soft timer: jitter is more than 100 us:", max(gaps) - min(gaps) > 100)

one_shot = Timer(mode=Timer.ONE_SHOT, period=5, callback=careless, hard=True)
time.sleep_ms(20)
print("done")
