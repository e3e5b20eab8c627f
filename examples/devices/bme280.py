"""Driver for the BME280 sensor on I2C: temperature, pressure and humidity in forced mode.

The compensation follows the integer formulas of the sensor's datasheet.
"""

import struct
import time

_CHIP_ID = 0xD0
_RESET = 0xE0
_CTRL_HUM = 0xF2
_STATUS = 0xF3
_CTRL_MEAS = 0xF4
_DATA = 0xF7


class BME280:
    def __init__(self, i2c, address=0x76):
        self.i2c = i2c
        self.address = address
        found = self._read(_CHIP_ID, 1)[0]
        if found != 0x60:
            raise OSError("no BME280: chip id is 0x{:02x}".format(found))
        self._write(_RESET, 0xB6)
        time.sleep_ms(2)
        self._load_calibration()
        self._fine = 0

    def _read(self, register, n):
        return self.i2c.readfrom_mem(self.address, register, n)

    def _write(self, register, value):
        self.i2c.writeto_mem(self.address, register, bytes((value,)))

    def _load_calibration(self):
        block = self._read(0x88, 26)
        self._t = struct.unpack("<Hhh", block[:6])
        self._p = struct.unpack("<Hhhhhhhhh", block[6:24])
        h1 = block[25]
        h2, h3, e4, e5, e6, h6 = struct.unpack("<hBbBbb", self._read(0xE1, 7))
        h4 = e4 << 4 | e5 & 15
        h5 = e6 << 4 | e5 >> 4
        self._h = h1, h2, h3, h4, h5, h6

    def measure(self):
        """Hundredths of °C, Pa, and hundredths of % of relative humidity."""
        self._write(_CTRL_HUM, 1)
        self._write(_CTRL_MEAS, 1 << 5 | 1 << 2 | 1)
        while self._read(_STATUS, 1)[0] & 8:
            time.sleep_ms(1)
        data = self._read(_DATA, 8)
        raw_p = data[0] << 12 | data[1] << 4 | data[2] >> 4
        raw_t = data[3] << 12 | data[4] << 4 | data[5] >> 4
        raw_h = data[6] << 8 | data[7]
        # the temperature comes first: the others are compensated with it
        temperature = self._temperature(raw_t)
        return temperature, self._pressure(raw_p), self._humidity(raw_h)

    def _temperature(self, raw):
        t1, t2, t3 = self._t
        a = ((raw >> 3) - (t1 << 1)) * t2 >> 11
        b = (raw >> 4) - t1
        self._fine = a + ((b * b >> 12) * t3 >> 14)
        return self._fine * 5 + 128 >> 8

    def _pressure(self, raw):
        p1, p2, p3, p4, p5, p6, p7, p8, p9 = self._p
        a = self._fine - 128000
        b = a * a * p6 + (a * p5 << 17) + (p4 << 35)
        a = (a * a * p3 >> 8) + (a * p2 << 12)
        a = ((1 << 47) + a) * p1 >> 33
        if a == 0:
            return 0
        p = ((1048576 - raw << 31) - b) * 3125 // a
        p = p + (p9 * (p >> 13) * (p >> 13) >> 25) + (p8 * p >> 19)
        return (p >> 8) + (p7 << 4) >> 8

    def _humidity(self, raw):
        h1, h2, h3, h4, h5, h6 = self._h
        t = self._fine - 76800
        h = (raw << 14) - (h4 << 20) - h5 * t + 16384 >> 15
        h *= (((t * h6 >> 10) * ((t * h3 >> 11) + 32768) >> 10) + 2097152) * h2 + 8192 >> 14
        h -= ((h >> 15) * (h >> 15) >> 7) * h1 >> 4
        h = max(0, min(h, 419430400))
        return (h >> 12) * 100 // 1024
