def counter(step):
    n = 0
    def inc():
        nonlocal n
        n += step
        return n
    return inc
def main(n):
    c = counter(3)
    for i in range(n):
        c()
    return c()
print(main(2000000))
