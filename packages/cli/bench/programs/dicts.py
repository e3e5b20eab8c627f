def main(n):
    d = {}
    for i in range(n):
        k = i % 997
        d[k] = d.get(k, 0) + (i & 7)
    names = {'alpha': 1, 'beta': 2, 'gamma': 3}
    t = 0
    for i in range(n):
        t = (t + names['alpha'] + names['gamma']) & 0xFFFF
    return sum(d.values()), len(d), t


print(main(1000000))
