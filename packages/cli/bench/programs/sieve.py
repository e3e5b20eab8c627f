def main(n):
    s = bytearray(n + 1)
    count = 0
    for i in range(2, n + 1):
        if not s[i]:
            count += 1
            for j in range(2 * i, n + 1, i):
                s[j] = 1
    return count
print(main(300000))
