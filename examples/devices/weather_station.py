"""A weather station: a BME280 sensor and an SSD1306 display on one I2C bus, and a button that switches units.

    tsmp run --device bme280:scl=5,sda=4,temperature=21.5 --device ssd1306:scl=5,sda=4 --device button:pin=15 \\
        --screen weather.png examples/devices/weather_station.py
"""

from machine import I2C, Pin
import time

from bme280 import BME280
from ssd1306 import SSD1306_I2C

ROUNDS = 4

i2c = I2C(0, scl=Pin(5), sda=Pin(4), freq=400_000)
print("on the bus:", [hex(address) for address in i2c.scan()])
sensor = BME280(i2c)
display = SSD1306_I2C(i2c)
button = Pin(15, Pin.IN, Pin.PULL_UP)


def shown(hundredths, unit):
    return "{}{}.{:02d} {}".format("-" if hundredths < 0 else "", abs(hundredths) // 100, abs(hundredths) % 100, unit)


def draw(lines, history):
    display.fill(0)
    display.rect(0, 0, 128, 64, 1)
    for i, line in enumerate(lines):
        display.text(line, 6, 6 + 11 * i)
    low, high = min(history), max(history)
    for i, value in enumerate(history):
        height = 2 + (value - low) * 18 // max(1, high - low)
        display.fill_rect(8 + 16 * i, 61 - height, 12, height, 1)
    display.show()


history = []
for _ in range(ROUNDS):
    temperature, pressure, humidity = sensor.measure()
    history.append(temperature)
    if button.value() == 0:
        warmth = shown(temperature * 9 // 5 + 3200, "F")
    else:
        warmth = shown(temperature, "C")
    lines = [warmth, shown(pressure, "hPa"), shown(humidity, "%RH")]
    draw(lines, history)
    print("  ".join(lines))
    time.sleep_ms(500)
