# An event loop of generators with priorities, timers, cancellation and errors that do not stop it.
class Cancelled(Exception): pass
class Loop:
    def __init__(self): self.q, self.now, self.seq, self.log = [], 0, 0, []
    def at(self, t, gen, name):
        self.seq += 1; self.q.append((t, self.seq, gen, name)); self.q.sort(key=lambda e: e[:2])
    def cancel(self, name):
        for e in list(self.q):
            if e[3] == name:
                self.q.remove(e)
                try: e[2].throw(Cancelled("by loop"))
                except (StopIteration, Cancelled) as x: self.log.append((self.now, name, type(x).__name__))
    def run(self, until=100):
        while self.q and self.now <= until:
            self.now, _, gen, name = self.q.pop(0)
            try: delay = gen.send(None)
            except StopIteration as e: self.log.append((self.now, name, "done", e.value))
            except Exception as e: self.log.append((self.now, name, type(e).__name__, str(e)))
            else: self.at(self.now + delay, gen, name)
def blink(n, period):
    for i in range(n):
        print("on" if i % 2 == 0 else "off", end=" ")
        yield period
    return n
def faulty():
    yield 3
    yield 1 / 0
def stubborn():
    while True:
        try: yield 5
        except Cancelled as e: print("[cancel: %s]" % e, end=" "); return "bye"
def killer(loop, victim):
    yield 12
    loop.cancel(victim)
    yield from (1, 2)
loop = Loop()
loop.at(0, blink(5, 2), "led"); loop.at(1, faulty(), "bad"); loop.at(0, stubborn(), "stub"); loop.at(0, killer(loop, "stub"), "kill")
loop.run(); print()
for e in loop.log: print(e)
print(loop.now, loop.q)
