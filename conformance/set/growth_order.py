# the order of a set tells when it grew: not for what is in it already, nor before it is full
seed = 1


def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
    return (seed >> 12) % n


for size in range(1, 26):
    s = set()
    log = []
    for i in range(size * 2):
        x = rnd(size * 3)
        s.add(x)
        log.append(len(s))
    print(size, list(s), log[-1])
    for i in range(size):
        s.discard(rnd(size * 3))
        s.add(rnd(size * 3))
    print(list(s))
    g = set(rnd(size) * 7 for i in range(size * 2))
    print(list(g), g == set(list(g)), len(g))
    s.update(x for x in range(size))
    s |= g
    print(list(s))

s = set((1, 2))
for i in range(5):
    s.add(1)
    s.add(2)
print(list(s))
s.add(3)
print(list(s))
