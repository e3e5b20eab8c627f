# Ordering and equality of small, big, bool and float operands.
vals = [-(10**20), -(2**30) - 1, -(2**30), -1, 0, 1, 2**30 - 1, 2**30, 10**20]
for a in vals:
    print(a, [(a < b) * 4 + (a == b) * 2 + (a > b) for b in vals])
for a in vals:
    print([(a <= b, a >= b, a != b) for b in vals[:3]])
print(True == 1, False == 0, True < 2, True is 1, 1 == 1.0, 2**30 == float(2**30), 10**20 == 1e20)
print(1 == "1", 1 != "1", 1 == None, 0 == [], (1 == b"1"))
for other in ("a", None, [], (), {}, b"x", 1j, print):
    try:
        print(1 < other)
    except TypeError as e:
        print(type(e).__name__, e)
    try:
        print(10**20 < other)
    except TypeError as e:
        print(type(e).__name__, e)
