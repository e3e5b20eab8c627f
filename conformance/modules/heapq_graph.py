# Shortest paths, merging and the k smallest with heapq; wrong arguments.
import heapq
G = {"a": {"b": 7, "c": 9, "f": 14}, "b": {"c": 10, "d": 15}, "c": {"d": 11, "f": 2}, "d": {"e": 6}, "f": {"e": 9}, "e": {}}
def dijkstra(g, s):
    dist = {s: 0}; prev = {}; h = [(0, s)]; done = set()
    while h:
        d, u = heapq.heappop(h)
        if u in done: continue
        done.add(u)
        for v, w in g[u].items():
            if d + w < dist.get(v, 1 << 30):
                dist[v] = d + w; prev[v] = u
                heapq.heappush(h, (d + w, v))
    return dist, prev
d, p = dijkstra(G, "a"); print(sorted(d.items()), sorted(p.items()))
h = []
for x in (5, 3, 8, 1, 9, 2): heapq.heappush(h, x)
print(h[0], [heapq.heappop(h) for _ in range(6)], h)
l = [9, 4, 7, 1]; heapq.heapify(l); print(l[0], sorted(l))
def smallest(k, it):
    h = list(it); heapq.heapify(h)
    return [heapq.heappop(h) for _ in range(min(k, len(h)))]
print(smallest(3, [5, 1, 4, 2, 3]), smallest(9, "hello"))
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: heapq.heappop([])); t(lambda: heapq.heappush((), 1)); t(lambda: heapq.heapify((1, 2))); t(lambda: heapq.heappush([1], "a")); t(lambda: heapq.heapify([1, None])); t(lambda: heapq.heappop(5))
