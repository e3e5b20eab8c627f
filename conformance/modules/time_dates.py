# time: mktime and localtime both ways, month ends, leap years, overflow of fields, tick arithmetic.
import time
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
base = time.mktime((2024, 2, 28, 23, 59, 59, 0, 0))
for d in (0, 1, 86400, 86401, 86400 * 366): print(tuple(time.gmtime(base + d))[:8])
for y in (2000, 2001, 2004, 2023, 2024):
    days = (time.mktime((y + 1, 1, 1, 0, 0, 0, 0, 0)) - time.mktime((y, 1, 1, 0, 0, 0, 0, 0))) // 86400
    feb = (time.mktime((y, 3, 1, 0, 0, 0, 0, 0)) - time.mktime((y, 2, 1, 0, 0, 0, 0, 0))) // 86400
    print(y, days, feb, tuple(time.gmtime(time.mktime((y, 12, 31, 12, 0, 0, 0, 0))))[6:8])
for a, b in ((10, 3), (3, 10), (0, 0)): print(time.ticks_diff(a, b), time.ticks_add(a, -b) >= 0)
print(time.ticks_diff(time.ticks_add(5, 1000), 5), time.ticks_diff(time.ticks_add(5, -1000), 5))
a = time.ticks_ms(); time.sleep_ms(5); print(0 <= time.ticks_diff(time.ticks_ms(), a) - 5 < 1000)
a = time.ticks_us(); time.sleep_us(50); print(time.ticks_diff(time.ticks_us(), a) >= 50)
t(lambda: time.sleep("a")); t(lambda: time.sleep_ms(1.5)); t(lambda: time.sleep()); t(lambda: time.mktime(5)); t(lambda: time.mktime((1, 2))); t(lambda: time.nope); t(lambda: time.ticks_diff(1)); t(lambda: time.sleep(0)); t(lambda: type(time.time()) in (int, float)); t(lambda: type(time.time_ns()))
