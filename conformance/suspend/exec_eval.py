# sleep inside code run by exec, eval and compile.
import time
from time import sleep_ms
x = 5
def slow(v):
    sleep_ms(1)
    return v
exec("time.sleep_ms(1)\ny = slow(x) + 1")
print(y, eval("slow(y) * 2"), eval("[slow(i) for i in range(3)]"), eval("(lambda a: slow(a))(9)"))
ns = {"sleep_ms": sleep_ms, "slow": slow}
exec("def f(n):\n    sleep_ms(1)\n    return n * 2\nr = [f(i) for i in range(3)]\nsleep_ms(1)", ns)
print(ns["r"], ns["f"](10), eval("f(4)", ns))
exec("for i in range(2):\n    time.sleep_ms(1)\n    print('loop', i)")
exec("try:\n    time.sleep_ms(1)\n    1 / 0\nexcept ZeroDivisionError:\n    time.sleep_ms(1)\n    print('caught inside')")
try:
    exec("time.sleep_ms(1)\nraise ValueError('out of exec')")
except ValueError as e:
    sleep_ms(1)
    print(e)
print(eval("eval('slow(1)') + eval('slow(2)')"))
exec("exec('time.sleep_ms(1); z = slow(7)')")
print(z)
def local():
    sleep_ms(1)
    exec("global made\nmade = slow(11)", globals())
    return made
print(local())
code = compile("slow(3) + slow(4)", "c", "eval")
print(eval(code), eval(code))
def gen():
    yield eval("slow('a')")
    exec("sleep_ms(1)")
    yield eval("slow('b')")
print(list(gen()))
