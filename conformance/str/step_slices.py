# str, bytes and tuple slices only take a step of 1; list, bytearray and range views differ.
for value in ("abcdef", b"abcdef", (1, 2, 3, 4), bytearray(b"abcdef"), [1, 2, 3, 4], range(6), memoryview(b"abcdef")):
    for start, stop, step in ((None, None, 1), (None, None, 2), (None, None, -1), (4, 1, -1), (1, 5, 3), (None, None, 0)):
        spec = ":".join("" if v is None else str(v) for v in (start, stop, step))
        try:
            got = eval("value[%s]" % spec)
            print(type(value).__name__, spec, list(got))
        except Exception as e:
            print(type(value).__name__, spec, type(e).__name__, e)
print("".join(reversed("stressed")), bytes(reversed(b"abc")), tuple(reversed((1, 2))), "".join(list("stressed")[::-1]))
