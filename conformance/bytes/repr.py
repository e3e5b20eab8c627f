# How bytes and bytearray print.
print(b"", b"abc", b"\x00\x01", b"'", b'"', b"'\"", b"\\", b"\n\r\t", b"\x7f\x80\xff", b"caf\xc3\xa9")
print(bytearray(), bytearray(b"abc"), bytearray(b"\x00"), [b"a", bytearray(b"b")], {b"k": b"v"})
print(str(b"a"), repr(b"a"), "%s %r" % (b"a", b"b"), "{}".format(b"c"), f"{b'd'}")
print(bytes(range(0, 128)))
print(bytes(range(128, 256)))
print(len(repr(bytes(256))), type(b""), type(bytearray()))
