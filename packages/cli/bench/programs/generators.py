def numbers(n):
    for i in range(n):
        yield i
def squares(it):
    for x in it:
        yield x * x % 1000
def main(n):
    t = 0
    for x in squares(numbers(n)):
        t += x
    return t
print(main(200000))
