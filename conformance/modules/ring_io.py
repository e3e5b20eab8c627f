# micropython.RingIO: a ring buffer as a stream.
import micropython


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


r = micropython.RingIO(8)
print(r.any(), r.write(b'abcde'), r.any(), r.read(2), r.any(), r.read(), r.read(), r.any())
print(r.write(b'0123456789'), r.any(), r.readline(), r.any())
r.write(b'a\nbc\n')
print(r.readline(), r.readline(), r.readline())
b = bytearray(4)
r.write(b'xyz')
print(r.readinto(b), b, r.readinto(b))
r = micropython.RingIO(bytearray(4))
print(r.write(b'12345'), r.read())
r.close()
attempt(lambda: micropython.RingIO())
attempt(lambda: micropython.RingIO('a'))
attempt(lambda: micropython.RingIO(0))
attempt(lambda: r.write(5))
attempt(lambda: micropython.RingIO(4).read(-1))
