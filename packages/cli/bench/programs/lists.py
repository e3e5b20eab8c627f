def main(n):
    t = 0
    for k in range(30):
        a = [(i * 7919) % n for i in range(n)]
        b = [x * 2 for x in a if x % 3]
        b.sort(reverse=True)
        for x in b:
            t = (t + x) & 0xFFFF
        t += b[1] + len(a[10:50])
    return t


print(main(10000))
