# exp: 1.29 names the buffer size in the overflow message, 1.27 did not
# int.to_bytes and int.from_bytes: sizes, byte orders, overflow.
print((0).to_bytes(0, "big"), (0).to_bytes(3, "big"), (1).to_bytes(1, "big"))
print((258).to_bytes(2, "big"), (258).to_bytes(2, "little"), (258).to_bytes(5, "big"), (258).to_bytes(5, "little"))
print((2**40 + 7).to_bytes(6, "big"), (2**40 + 7).to_bytes(6, "little"), (2**31).to_bytes(4, "big"))
print(int.from_bytes(b"", "big"), int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\x01\x02", "little"))
print(int.from_bytes(b"\xff\xff\xff\xff", "big"), int.from_bytes(b"\xff" * 10, "little"), int.from_bytes(b"\x00" * 8 + b"\x01", "little"))
print(int.from_bytes(bytearray(b"\x10\x00"), "little"))
for n in (0, 1, 127, 128, 255, 256, 65535, 2**30, 2**31, 2**32 - 1, 10**15):
    for order in ("big", "little"):
        b = n.to_bytes(8, order)
        assert int.from_bytes(b, order) == n, (n, order, b)
for f in (lambda: (256).to_bytes(1, "big"), lambda: (2**40).to_bytes(4, "little"), lambda: (1).to_bytes(-1, "big"),
          lambda: (1).to_bytes("a", "big"), lambda: int.from_bytes(5, "big")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
