# & | ^ ~ in two's complement over every mix of small and big, positive and negative.
values = [0, 1, -1, 5, -6, 255, -256, 2**30 - 1, -(2**30), 2**31, -(2**31), 2**64 + 3, -(2**64) - 3, 0xFFFF, 0x10000]
for a in values:
    print(a, [a & b for b in values])
    print(a, [a | b for b in values])
    print(a, [a ^ b for b in values])
print([~a for a in values])
for a in values:
    for b in values:
        if (a ^ b) != ((a | b) & ~(a & b)) or (a & b) + (a | b) != a + b:
            print("identity broken", a, b)
print(True & False, True | 2, True ^ True, ~True)
for op in (lambda: 1 & 1.0, lambda: 1 | "a", lambda: None ^ 1, lambda: ~1.5, lambda: ~"a", lambda: [] & []):
    try:
        print(op())
    except TypeError as e:
        print(type(e).__name__, e)
