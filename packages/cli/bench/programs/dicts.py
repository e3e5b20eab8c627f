def main(n):
    d = {}
    for i in range(n):
        k = i % 997
        d[k] = d.get(k, 0) + i
    return sum(d.values()), len(d)
print(main(2000000))
