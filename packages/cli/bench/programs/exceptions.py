class MyError(Exception):
    pass


def f(i):
    if i % 3 == 0:
        raise MyError(i)
    return i


def main(n):
    c = 0
    for i in range(n):
        try:
            c += f(i)
        except MyError as e:
            c -= e.args[0]
        finally:
            c &= 0xFFFF
    return c


print(main(400000))
