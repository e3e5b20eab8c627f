# sleep in for, while, nested loops with break, continue and else.
import time
out = []
for i in range(3):
    time.sleep_ms(1)
    for j in "ab":
        time.sleep_us(100)
        if j == "b" and i == 1:
            continue
        if i == 2:
            break
        out.append((i, j))
    else:
        time.sleep_ms(1)
        out.append("else")
print(out)
n = 0
while n < 5:
    time.sleep_ms(1)
    n += 1
    if n == 3:
        time.sleep(0)
        break
print(n)
def check():
    time.sleep_ms(1)
    return n > 0
while check():
    n -= 1
print(n)
total = 0
for k in [1, 2, 3]:
    try:
        time.sleep_ms(1)
        if k == 2:
            continue
        total += k
    finally:
        time.sleep_ms(1)
        total += 100
print(total)
t0 = time.ticks_ms()
for _ in range(10):
    time.sleep_ms(2)
print(20 <= time.ticks_diff(time.ticks_ms(), t0) < 2000)
