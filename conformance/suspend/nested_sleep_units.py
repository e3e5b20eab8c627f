# All the sleeping calls, zero and tiny sleeps, and the clock they move.
import time
def elapsed(f):
    t0 = time.ticks_us()
    r = f()
    return r, time.ticks_diff(time.ticks_us(), t0)
for f, least in ((lambda: time.sleep(0.002), 2000), (lambda: time.sleep_ms(2), 2000), (lambda: time.sleep_us(1500), 1500), (lambda: time.sleep(0), 0), (lambda: time.sleep_ms(0), 0), (lambda: time.sleep_us(0), 0), (lambda: time.sleep_us(10), 10)):
    r, us = elapsed(f)
    print(r, us + 1000 >= least, us < 1000000)
start = time.ticks_ms()
for _ in range(5):
    time.sleep_ms(1)
    for _ in range(2):
        time.sleep_us(200)
print(5 <= time.ticks_diff(time.ticks_ms(), start) + 2)
deadline = time.ticks_add(time.ticks_ms(), 5)
spins = 0
while time.ticks_diff(deadline, time.ticks_ms()) > 0:
    time.sleep_us(500)
    spins += 1
print(spins > 0, time.ticks_diff(time.ticks_ms(), deadline) >= 0)
try:
    time.sleep_ms("x")
except TypeError as e:
    print(e)
print([time.sleep_ms(1) for _ in range(3)], (time.sleep_ms(1), time.sleep_us(1)), {time.sleep_ms(1): 1})
