# sleep in try, except, else, finally and around raises.
from time import sleep_ms
def f(kind):
    try:
        sleep_ms(1)
        if kind == 1:
            raise ValueError("v")
        if kind == 2:
            return "early"
    except ValueError as e:
        sleep_ms(1)
        return "caught " + str(e)
    else:
        sleep_ms(1)
        return "else"
    finally:
        sleep_ms(1)
        print("finally", kind)
print(f(0), f(1), f(2))
def deep(n):
    sleep_ms(1)
    if n == 0:
        raise KeyError("deep")
    try:
        deep(n - 1)
    finally:
        sleep_ms(1)
        order.append(n)
order = []
try:
    deep(4)
except KeyError as e:
    sleep_ms(1)
    print(e, order)
class E(Exception):
    def __init__(self, n):
        sleep_ms(1)
        super().__init__(n)
    def __str__(self):
        return "E!"
try:
    raise E(5)
except E as e:
    print(e.args, e)
def pick():
    sleep_ms(1)
    return (ValueError, E)
try:
    raise E(6)
except pick() as e:
    print("picked", e.args)
def reraise():
    try:
        raise ValueError("again")
    except ValueError:
        sleep_ms(1)
        raise
try:
    reraise()
except ValueError as e:
    print(e)
for i in range(3):
    try:
        sleep_ms(1)
        if i == 1:
            continue
    finally:
        sleep_ms(1)
        print("loop finally", i)
