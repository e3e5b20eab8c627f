# Garbage is made and collected across sleeps; live values on every frame survive.
import gc
from time import sleep_ms
def churn(n):
    for i in range(n):
        junk = [str(i)] * 8, {i: [i]}, (i, [i])
    gc.collect()
    sleep_ms(1)
    return n
def frame(depth, payload):
    mine = [depth, payload * 2, (depth, {depth: payload})]
    churn(20)
    if depth:
        got = frame(depth - 1, payload + str(depth))
    else:
        got = []
    churn(10)
    return got + [mine[0], len(mine[1]), sorted(mine[2][1].items())[0][1]]
print(frame(4, "p"))
def gen():
    held = {"k": [1, 2, 3]}
    for i in range(3):
        churn(15)
        yield (held["k"][i], [i] * 2)
        held["k"].append(i)
    churn(5)
print(list(gen()))
class Node:
    def __init__(self, v, nxt):
        churn(3)
        self.v, self.nxt = v, nxt
    def __iter__(self):
        n = self
        while n:
            churn(3)
            yield n.v
            n = n.nxt
chain = None
for i in range(6):
    chain = Node(str(i) * 2, chain)
print(list(chain), sorted(chain, key=lambda v: churn(2) and v), "-".join(chain), max(chain, key=lambda v: (churn(2), v)))
print([x for x in map(lambda v: (churn(2), v + "!")[1], chain)], dict((k, [k]) for k in chain)["33"], (lambda *a: a)(*chain)[0])
def in_except():
    try:
        raise ValueError(["payload", churn(5)])
    except ValueError as e:
        churn(20)
        return e.args[0]
    finally:
        churn(5)
print(in_except())
