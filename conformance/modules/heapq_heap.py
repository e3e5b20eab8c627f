# heapq on ints, tuples and objects.
import heapq
h = []
for x in (5, 1, 8, 3, 9, 2, 7, 1):
    heapq.heappush(h, x)
print(h[0], len(h), [heapq.heappop(h) for _ in range(len(h))], h)
l = [9, 4, 7, 1, 8, 2]
heapq.heapify(l)
print(l, l[0], heapq.heappop(l), heapq.heappushpop(l, 0) if hasattr(heapq, "heappushpop") else "no heappushpop")
q = []
for pri, name in ((3, "c"), (1, "a"), (2, "b"), (1, "z")):
    heapq.heappush(q, (pri, name))
print([heapq.heappop(q) for _ in range(4)])
class T:
    def __init__(self, n):
        self.n = n
    def __lt__(self, o):
        return self.n < o.n
ts = []
for n in (3, 1, 2):
    heapq.heappush(ts, T(n))
print([heapq.heappop(ts).n for _ in range(3)])
for f in (lambda: heapq.heappop([]), lambda: heapq.heappush(5, 1), lambda: heapq.heappush([], ), lambda: heapq.heapify((1, 2)), lambda: heapq.heappush([1], "a"), lambda: heapq.heapify(5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
