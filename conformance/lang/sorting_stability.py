# Small programs mixing many features: inventory, matrix, word count, bank, queue.
inventory = {}
for line in """apple,3,0.5
pear,2,0.75
apple,5,0.45
fig,10,0.1""".split("\n"):
    name, qty, price = line.split(",")
    item = inventory.setdefault(name, {"qty": 0, "cost": 0.0})
    item["qty"] += int(qty)
    item["cost"] += int(qty) * float(price)
for name in sorted(inventory, key=lambda n: (-inventory[n]["qty"], n)):
    i = inventory[name]
    print("{:<6}|{:>4}|{:>8.2f}|{:>7.3f}".format(name, i["qty"], i["cost"], i["cost"] / i["qty"]))
text = "the cat and the hat and the bat"
counts = {}
for w in text.split():
    counts[w] = counts.get(w, 0) + 1
print(sorted(counts.items(), key=lambda p: (-p[1], p[0])))
class Queue:
    def __init__(self, *items):
        self._in, self._out = list(items), []
    def put(self, x):
        self._in.append(x)
        return self
    def get(self):
        if not self._out:
            self._in.reverse()
            self._out, self._in = self._in, self._out
        return self._out.pop()
    def __len__(self):
        return len(self._in) + len(self._out)
    def __bool__(self):
        return len(self) > 0
q = Queue(1, 2).put(3)
out = [q.get()]
q.put(4)
while q:
    out.append(q.get())
print(out)
try:
    q.get()
except IndexError as e:
    print(type(e).__name__, e)
spiral = []
m = [[r * 4 + c for c in range(4)] for r in range(3)]
while m:
    spiral += m.pop(0)
    m = [list(r) for r in zip(*m)][::-1]
print(spiral)
state, log = "idle", []
table = {("idle", "start"): "run", ("run", "pause"): "wait", ("wait", "start"): "run", ("run", "stop"): "idle"}
for ev in "start pause stop start stop".split():
    new = table.get((state, ev))
    log.append("%s-%s->%s" % (state, ev, new or "?"))
    state = new or state
print(log)
