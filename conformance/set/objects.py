# Elements with their own __hash__/__eq__; sets at work.
class P:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __hash__(self):
        return self.x * 31 + self.y
    def __eq__(self, o):
        return self.x == o.x and self.y == o.y
s = {P(1, 2), P(1, 2), P(2, 1)}
print(len(s), P(1, 2) in s, P(3, 3) in s, sorted((p.x, p.y) for p in s))
s.discard(P(1, 2))
print(len(s))
print(len(set("the quick brown fox jumps over the lazy dog")) - 1, sorted(set([1, 2, 3]) & set([2, 3, 4])))
seen = set()
dups = []
for x in [1, 5, 2, 5, 3, 1]:
    if x in seen:
        dups.append(x)
    seen.add(x)
print(dups, sorted(seen))
big = set()
for i in range(300):
    big.add(i * i % 97)
print(len(big), sum(big))
for i in range(0, 97):
    big.discard(i)
print(big, len(big))
a = set()
for i in range(100):
    a.add(str(i))
for i in range(0, 100, 3):
    a.remove(str(i))
print(len(a), "3" in a, "4" in a)
graph = {1: {2, 3}, 2: {4}, 3: {4}, 4: {1}}
reach, todo = set(), [1]
while todo:
    n = todo.pop()
    if n not in reach:
        reach.add(n)
        todo.extend(graph[n])
print(sorted(reach))
