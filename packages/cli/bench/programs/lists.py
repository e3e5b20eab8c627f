def main(n):
    a = [(i * 7919) % n for i in range(n)]
    b = [x * 2 for x in a if x % 3]
    b.sort(reverse=True)
    s = 0
    for x in b:
        s += x
    return s, b[:3]
print(main(50000))
