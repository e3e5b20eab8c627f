"""Driver for SSD1306 displays of 128 by 64 pixels: a frame buffer that is sent whole, on I2C or SPI."""

import framebuf

_SET_UP = bytes(
    (
        0xAE,  # off
        0xD5, 0x80,  # clock
        0xA8, 0x3F,  # 64 rows
        0xD3, 0x00, 0x40,  # no offset
        0x8D, 0x14,  # charge pump on
        0x20, 0x00,  # addresses go along the rows
        0xA1, 0xC8,  # upright
        0xDA, 0x12,  # wiring of the rows
        0x81, 0xCF,  # contrast
        0xD9, 0xF1, 0xDB, 0x40,  # precharge, VCOMH
        0xA4, 0xA6, 0x2E,  # what is in memory, not inverted, no scrolling
        0xAF,  # on
    )
)


class SSD1306(framebuf.FrameBuffer):
    def __init__(self):
        self.buffer = bytearray(128 * 64 // 8)
        super().__init__(self.buffer, 128, 64, framebuf.MONO_VLSB)
        self.commands(_SET_UP)
        self.fill(0)
        self.show()

    def show(self):
        self.commands(b"\x21\x00\x7f\x22\x00\x07")
        self.data(self.buffer)

    def contrast(self, value):
        self.commands(bytes((0x81, value)))

    def invert(self, on):
        self.commands(bytes((0xA6 | bool(on),)))

    def power(self, on):
        self.commands(bytes((0xAE | bool(on),)))


class SSD1306_I2C(SSD1306):
    def __init__(self, i2c, address=0x3C):
        self.i2c = i2c
        self.address = address
        super().__init__()

    def commands(self, bytes_):
        self.i2c.writevto(self.address, (b"\x00", bytes_))

    def data(self, bytes_):
        self.i2c.writevto(self.address, (b"\x40", bytes_))


class SSD1306_SPI(SSD1306):
    def __init__(self, spi, dc, cs, res):
        self.spi = spi
        self.dc = dc
        self.cs = cs
        for pin, level in ((dc, 0), (cs, 1), (res, 0)):
            pin.init(pin.OUT, value=level)
        res(1)
        super().__init__()

    def _send(self, bytes_, dc):
        self.dc(dc)
        self.cs(0)
        self.spi.write(bytes_)
        self.cs(1)

    def commands(self, bytes_):
        self._send(bytes_, 0)

    def data(self, bytes_):
        self._send(bytes_, 1)
