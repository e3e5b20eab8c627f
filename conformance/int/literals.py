# Every spelling of an integer literal.
print(0, 00, 1_000_000, 0xFF, 0Xff, 0xAB_CD, 0o17, 0O17, 0b1011, 0B1_0)
print(1073741823, 1073741824, -1073741824, -1073741825, 2147483647, 2147483648, 4294967295, 4294967296)
print(0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x1_0000_0000)
print(123456789012345678901234567890, -0xFFFFFFFFFFFFFFFFFFFF, 0b1 << 70)
print(hasattr(1, "__add__"), (5).to_bytes(1, "big"))
for src in ("0x", "0b2", "0o8", "1__0" , "1a", "0b", "012abc"):
    try:
        print(src, eval(src))
    except SyntaxError as e:
        print(src, "SyntaxError", e)
for src in ("012", "1_", "0_0"):
    try:
        print(src, eval(src))
    except SyntaxError as e:
        print(src, "SyntaxError", e)
