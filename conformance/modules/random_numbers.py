# random: equal seeds give equal numbers, all within their bounds; what each function refuses.
import random


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def draw():
    random.seed(7)
    return [random.getrandbits(8), random.randint(1, 6), random.randrange(10), random.randrange(5, 10), random.randrange(0, 100, 7), random.choice('abc'), random.random(), random.uniform(2, 3)]


a = draw()
print(a == draw())
random.seed(8)
print(a[0] == random.getrandbits(8), 0 <= a[0] < 256, 1 <= a[1] <= 6, 0 <= a[2] < 10, 5 <= a[3] < 10, a[4] % 7 == 0, a[5] in 'abc', 0 <= a[6] < 1, 2 <= a[7] <= 3)
print(random.getrandbits(0), random.getrandbits(1) in (0, 1), random.getrandbits(32) < 1 << 32)
print(all(random.randint(-2, 2) in range(-2, 3) for _ in range(100)), len(set(random.randrange(4) for _ in range(100))))
print(random.choice([5]), random.choice((1,)), random.randrange(1), random.randint(3, 3), random.randrange(10, 0, -3) in (10, 7, 4, 1))
print(3 >= random.uniform(3, 2) >= 2, random.seed(0))
attempt(lambda: random.randrange(0))
attempt(lambda: random.randrange(5, 5))
attempt(lambda: random.randrange(1, 5, 0))
attempt(lambda: random.randrange(5, 1))
attempt(lambda: random.randint(2, 1))
attempt(lambda: random.choice([]))
attempt(lambda: random.choice(5))
attempt(lambda: random.getrandbits(-1))
attempt(lambda: random.getrandbits('a'))
attempt(lambda: random.randrange('a'))
attempt(lambda: random.seed('a'))
attempt(lambda: random.uniform(1))
