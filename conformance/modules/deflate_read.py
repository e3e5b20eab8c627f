# DeflateIO: formats, windows, how much is read, damaged data
import deflate, io

text = b"micropython hello world hello world micropython"
raw = b'\xcb\xcdL.\xca/\xa8,\xc9\xc8\xcfS\xc8H\xcd\xc9\xc9W(\xcf/\xcaIAa\xe7"\xd4\x00\x00'
zlib = b"\x18\x95" + raw + b"\xbc\xfa\x12\x91"
gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + raw + b'"\xeb\xc4\x98/\x00\x00\x00'
named = b"\x1f\x8b\x08\x1e\x00\x00\x00\x00\x00\x03\x02\x00ab" + b"name\x00" + b"comment\x00" + b"cc" + gzip[10:]
dynamic = b"x\x9c\x05\xc1\x81\x01\x000\x04\x04\xb1\x95\\\x1f\xcfn\x86o\x82d\x06Qq\xc8\x9d\xc5X}<e\xb5g\x83\x0f\x89X\x07\xab"
stored = b"x\x01\x01\x05\x00\xfa\xffhello\x06,\x02\x15"


def t(data, *args):
    s = io.BytesIO(data)
    try:
        with deflate.DeflateIO(s, *args) as d:
            r = d.read()
    except Exception as e:
        r = repr(e)
    print(args, r, s.seek(0, 1))


print(deflate.AUTO, deflate.RAW, deflate.ZLIB, deflate.GZIP)
for data in (raw, zlib, gzip, named, dynamic, stored):
    for format in range(4):
        t(data, format)
for data in (b"", b"\x07", b"\x1f\x8b\x07", b"\x1f\x8b\x08\x20", b"\x78\x9d", zlib[:10], zlib[:-1]):
    t(data)
t(b"\x07", 1)
t(raw[:10], 1)
t(zlib[:-4] + b"\0\0\0\0")
t(gzip[:-8] + b"\0\0\0\0\0\0\0\0")
t(gzip[:-4] + b"\0\0\0\0")
for wbits in (-1, 0, 4, 5, 8, 15, 16):
    t(raw, deflate.RAW, wbits)
for format in (-1, 4, "a"):
    t(raw, format)
for args in ((), (1,), (None, 2), (io.BytesIO(), 1, 0, False, 1)):
    try:
        print(type(deflate.DeflateIO(*args)))
    except Exception as e:
        print(type(e).__name__)

s = io.BytesIO(zlib + b"behind")
d = deflate.DeflateIO(s, deflate.AUTO, 0, True)
print(s.seek(0, 1), d.read(1), s.seek(0, 1), d.read(7), s.seek(0, 1), d.readline(3))
buf = bytearray(20)
print(d.readinto(buf), buf, d.readinto(buf, 2), buf[:3], d.read(), d.read(1), s.seek(0, 1))
d.close()
d.close()
for f in (lambda: d.read(1), lambda: s.read(1)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__)
s = io.BytesIO(raw)
d = deflate.DeflateIO(s, deflate.RAW)
print(d.read(4))
s.close()
try:
    d.read(4)
except ValueError as e:
    print(e)
