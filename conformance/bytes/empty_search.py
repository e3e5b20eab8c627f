# Searching in empty bytes and bytearrays, and for nothing.
for z in (b"", bytearray(), bytearray(b"a"), b"abc"):
    for f in ("find", "rfind", "count", "startswith", "endswith"):
        print(type(z).__name__, len(z), f, getattr(z, f)(b"") if hasattr(z, f) else "none")
    for e in (b"", b"a", b"abcd", bytearray()):
        print(e in z, end=" ")
    print()
    try:
        print(z.index(b""))
    except ValueError as e:
        print(e)
