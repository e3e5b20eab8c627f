import time
print("sleepy_mod starts")
time.sleep_ms(1)
value = 10
for i in range(2):
    time.sleep_ms(1)
    value += i
def later(n):
    time.sleep_ms(1)
    return n * value
import sleepy_second
print("sleepy_mod ends", sleepy_second.total)
