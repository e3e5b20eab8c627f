# sleep in generators given to join, and in values computed for formatting.
from time import sleep_ms
def g(*vals):
    for v in vals:
        sleep_ms(1)
        yield v
def slow(v):
    sleep_ms(1)
    return v
print(",".join(g("a", "b")), "".join(c.upper() for c in g("x", "y")), b"-".join(g(b"p", b"q")), "|".join(map(slow, "hi")))
print("%s %d" % (slow("s"), slow(5)), "{} {k}".format(slow(1), k=slow(2)), f"{slow('f')} {slow(3):>{slow(4)}} {slow(2.5):.2f}", "%s" % slow([1, slow(2)]))
print(*g(1, 2, 3), sep=slow("-"), end=slow("!\n"))
print(slow("print"), slow("args"), sep="/")
for bad in (g(1), g("a", 2)):
    try:
        print(",".join(bad))
    except TypeError as e:
        print(e)
print("a b".split(slow(" ")), slow("abc").replace(slow("b"), slow("X")), slow("abc").find(slow("c")), slow("q") * slow(3), slow("a") + slow("b"), slow("abc")[slow(0):slow(2)], slow("z") in slow("xyz"))
