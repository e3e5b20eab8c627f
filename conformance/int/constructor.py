# int(): from strings in every base, floats, bytes, bools and nothing.
print(int(), int(5), int(-5), int(True), int(3.99), int(-3.99), int(1e20), int(10**30))
print(int("12"), int("-12"), int("+7"), int(" 42 "), int("\t9\n"), int("007"))
print(int("ff", 16), int("0xff", 16), int("0XFF", 0), int("0b101", 0), int("0o17", 0), int("101", 2), int("z", 36), int("Zz", 36))
print(int("777", 8), int("-0x10", 16), int("12", 3), int("0", 0), int(b"31"), int(b"1f", 16))
print(int("123456789012345678901234567890"), int("-123456789012345678901234567890"))
print(int("1" + "0" * 40, 2), int("f" * 20, 16), int("1_000"))
bad = ["", " ", "-", "+-1", "1 2", "0x", "0xg", "1.5", "abc", "9a", "--1"]
for s in bad:
    try:
        print(repr(s), int(s))
    except ValueError as e:
        print(repr(s), type(e).__name__, e)
for args in (("2", 2), ("9", 8), ("g", 16), ("1", 1), ("1", 37), ("0b2", 0), (None,), ([],), ({},), (1j,), (float("inf"),), (float("nan"),), (-float("inf"),), (1.5, 10), (b"",)):
    try:
        print(args, int(*args))
    except Exception as e:
        print(args, type(e).__name__, e)
