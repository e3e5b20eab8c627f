def main(n):
    a, b = 0, 1
    for i in range(n):
        a, b = b, a + b
    return len(str(a))
print(main(6000))
