def main(n):
    a, b = 0, 1
    for i in range(n):
        a, b = b, a + b
    p = 1
    for i in range(1, 1500):
        p *= i
    return len(str(a)), p % 1000003, len(str(p))


print(main(20000))
