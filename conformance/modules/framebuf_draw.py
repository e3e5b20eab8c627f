# framebuf: every format and shape, clipped at every edge, with the whole buffer printed.
import framebuf
from array import array

FORMATS = [
    ("mvlsb", framebuf.MONO_VLSB, 16 * 2),
    ("hlsb", framebuf.MONO_HLSB, 2 * 12),
    ("hmsb", framebuf.MONO_HMSB, 2 * 12),
    ("gs2", framebuf.GS2_HMSB, 4 * 12),
    ("gs4", framebuf.GS4_HMSB, 8 * 12),
    ("gs8", framebuf.GS8, 16 * 12),
    ("565", framebuf.RGB565, 2 * 16 * 12),
]


def show(name, buf):
    print(name, bytes(buf).hex() if hasattr(bytes, "hex") else bytes(buf))


for name, fmt, size in FORMATS:
    buf = bytearray(size)
    fb = framebuf.FrameBuffer(buf, 15, 12, fmt)
    fb.fill(0x5A5A)
    fb.fill(0)
    fb.rect(-2, -2, 9, 7, 1)
    fb.fill_rect(10, 8, 20, 20, 2)
    fb.hline(-3, 6, 9, 3)
    fb.vline(7, -4, 40, 1)
    show(name + " rects", buf)
    fb.line(-5, -3, 20, 14, 0xFFFF)
    fb.line(14, 0, 3, 11, 5)
    fb.ellipse(7, 6, 6, 4, 1)
    fb.ellipse(3, 3, 2, 3, 2, True, 0b0101)
    fb.ellipse(12, 2, 0, 0, 7)
    show(name + " curves", buf)
    fb.poly(1, 1, array("h", [0, 0, 9, 2, 12, 10, 3, 8, 5, 4]), 1)
    fb.poly(2, 0, array("b", [0, 0, 8, 3, 10, 9, 1, 9, 4, 5]), 3, True)
    show(name + " polys", buf)
    fb.scroll(3, -2)
    fb.scroll(-1, 4)
    fb.text("aZ\x01", -3, 5, 1)
    show(name + " text", buf)
    print(fb.pixel(0, 0), fb.pixel(7, 6), fb.pixel(-1, 0), fb.pixel(15, 3), fb.pixel(2, 2, 1), fb.pixel(2, 2))

# blits: with a key, with a palette, from a tuple, out of bounds
dst = framebuf.FrameBuffer(bytearray(64), 8, 8, framebuf.GS8)
src = framebuf.FrameBuffer(bytearray([0b10110001, 0b01001110]), 8, 2, framebuf.MONO_HLSB)
pal = framebuf.FrameBuffer(bytearray([9, 200]), 2, 1, framebuf.GS8)
dst.blit(src, -2, 1, 0)
dst.blit(src, 3, 3, -1, pal)
dst.blit((bytes([1, 2, 3, 4]), 2, 2, framebuf.GS8), 6, 6, 4)
dst.blit(src, 8, 0)
dst.blit(src, 0, -2)
show("blit", bytes(memoryview(dst)))

for args in (
    (bytearray(8), 0, 8, 0),
    (bytearray(8), 9, 8, 0),
    (bytearray(8), 8, 8, 9),
    (bytearray(8), 8, 8, 0, 7),
    (b"12345678", 8, 8, 0),
    (1, 8, 8, 0),
    (bytearray(8), 8, 8),
):
    try:
        print(framebuf.FrameBuffer(*args) is None)
    except (TypeError, ValueError, OSError) as e:
        print(type(e).__name__, e)

one = framebuf.FrameBuffer1(bytearray(16), 8, 8, 12)
one.text("x", 0, 0)
show("one", bytes(memoryview(one)))
for bad in (lambda: one.blit(1, 0, 0), lambda: one.blit((1, 2), 0, 0), lambda: one.poly(0, 0, array("f", [1, 2, 3, 4]), 1), lambda: one.text(3, 0, 0)):
    try:
        bad()
        print("drawn")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
