# exp: 1.29 gives an empty str for the hex of nothing, 1.27 gave b""
# hex() with separators and fromhex().
for b in (b"", b"\x00", b"abc\xff", bytearray(b"\x01\x23"), memoryview(b"\xfe")):
    print(b.hex())
print(b"abcd".hex(":"), b"abcd".hex(b"-"), bytearray(b"ab").hex(" "), b"a".hex(":"), b"".hex(":"))
print(bytes.fromhex("616263"), bytes.fromhex("61 62 63"), bytes.fromhex(""), bytes.fromhex("FFfe0A"), bytearray.fromhex("0102"))
for f in (lambda: bytes.fromhex("6"), lambda: bytes.fromhex("zz"), lambda: bytes.fromhex("61 6"), lambda: bytes.fromhex(5), lambda: b"ab".hex("::"), lambda: b"ab".hex(5), lambda: bytes.fromhex("6 1")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
