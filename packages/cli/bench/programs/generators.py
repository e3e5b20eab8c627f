def numbers(n):
    for i in range(n):
        yield i


def odd(it):
    for x in it:
        if x & 1:
            yield x


def main(n):
    t = 0
    for x in odd(numbers(n)):
        t = (t + x) & 0xFFFF
    return t


print(main(1500000))
