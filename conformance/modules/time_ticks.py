# time: tick arithmetic, sleeping moves the clock, calendar conversions.
import time
print(time.ticks_diff(10, 5), time.ticks_diff(5, 10), time.ticks_diff(5, 5), time.ticks_add(10, 5), time.ticks_add(10, -5))
top = time.ticks_add(0, -1)
print(top == (1 << 30) - 1 or top == (1 << 62) - 1, time.ticks_add(top, 1), time.ticks_diff(0, top), time.ticks_diff(time.ticks_add(top, 10), top))
t0 = time.ticks_ms()
time.sleep_ms(5)
d = time.ticks_diff(time.ticks_ms(), t0)
print(5 <= d < 500)
t0 = time.ticks_us()
time.sleep_us(300)
print(300 <= time.ticks_diff(time.ticks_us(), t0) < 500000)
t0 = time.ticks_ms()
print(time.sleep(0), time.sleep_ms(0), time.sleep_us(0), time.sleep(0.003), time.sleep_ms(-5), time.ticks_diff(time.ticks_ms(), t0) >= 3)
print(isinstance(time.ticks_cpu(), int), isinstance(time.time(), (int, float)), isinstance(time.time_ns(), int), time.ticks_ms() >= 0)
for t in (0, 1, 86399, 86400, 951782400, 1000000000, 1700000000):
    g = time.gmtime(t)
    print(t, g[:8], time.mktime(g) == t or "local")
print(time.localtime()[0] >= 1970, time.gmtime(0)[6:8])
for f in (lambda: time.sleep("a"), lambda: time.sleep(), lambda: time.sleep_ms(None), lambda: time.sleep_ms(1.5), lambda: time.ticks_diff(1), lambda: time.ticks_add(1, "a"), lambda: time.mktime(5), lambda: time.mktime((1, 2)), lambda: time.gmtime("a"), lambda: time.nope):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
half = (top + 1) // 2
for delta in (half - 1, half, 1 - half, -half, top):
    try:
        print(time.ticks_diff(time.ticks_add(10, delta), 10) == delta, time.ticks_diff(10, time.ticks_add(10, delta)) == -delta)
    except OverflowError as e:
        print("OverflowError", e)
