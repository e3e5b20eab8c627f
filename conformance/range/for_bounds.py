# Loops whose range bounds are computed, negative, or big.
def loop(a, b, s):
    out = []
    for i in range(a, b, s):
        out.append(i)
        if len(out) > 5:
            break
    return out
for a, b, s in ((0, 5, 1), (5, 0, 1), (5, 0, -1), (0, 5, -1), (-5, 0, 2), (0, -5, -2), (2**30 - 2, 2**30, 1), (-(2**30), -(2**30) + 3, 1)):
    print(a, b, s, loop(a, b, s), list(range(a, b, s)) if abs(a) < 2**29 else "")
def const_loops():
    out = []
    for i in range(3): out.append(i)
    for i in range(1, 4): out.append(i)
    for i in range(1, 10, 4): out.append(i)
    for i in range(10, 1, -4): out.append(i)
    for i in range(-1, -4, -1): out.append(i)
    for i in range(len(out)): out[i] += 1
    return out
print(const_loops())
def modify():
    out = []
    end = 3
    for i in range(end):
        end = 10
        i += 100
        out.append(i)
    return out, i, end
print(modify())
range_ = range
def shadow():
    range = lambda n: [n, n + 1]
    try:
        return [x for x in range(5)]
    finally:
        for i in range(7):
            print("shadowed", i)
print(shadow())
for i in range_(2):
    print(i)
