"""One LED, three ways to it: switched by Pin, faded by PWM, set through the chip's registers.

Needs a board. `tsmp run --vcd led.vcd examples/led_three_ways.py` shows all three as one waveform of GP15.
"""

from machine import PWM, Pin, mem32
from micropython import const
import time

LED = const(15)
# RP2040: the GPIO registers of the SIO, and of each pin its function select
SIO_GPIO_OUT = const(0xD0000010)
SIO_OUT_SET = const(0xD0000014)
SIO_OUT_CLR = const(0xD0000018)
IO_BANK0 = const(0x40014000)
PWM_BASE = const(0x40050000)
FUNC_SIO = const(5)

# 1. Switched: two flashes of 20 ms.
led = Pin(LED, Pin.OUT, value=0)
for _ in range(2):
    led.on()
    time.sleep_ms(20)
    led.off()
    time.sleep_ms(20)
print("switched:", led)

# 2. Faded: 1 kHz, from dark to full in five steps.
pwm = PWM(led, freq=1000, duty_u16=0)
for percent in (0, 25, 50, 75, 100):
    pwm.duty_u16(65535 * percent // 100)
    time.sleep_ms(20)
    slice_regs = PWM_BASE + 0x14 * (LED // 2 % 8)
    top = mem32[slice_regs + 16]
    level = mem32[slice_regs + 12] >> 16
    print("faded: {:3}% is level {} of {}".format(percent, level, top + 1))
print("faded:", led, pwm.freq(), "Hz")
pwm.deinit()

# 3. Through registers: give the pin back to the SIO, then set, clear and look.
mem32[IO_BANK0 + 8 * LED + 4] = FUNC_SIO
mem32[SIO_OUT_SET] = 1 << LED
time.sleep_ms(20)
print("registers:", led.value(), mem32[SIO_GPIO_OUT] >> LED & 1)
mem32[SIO_OUT_CLR] = 1 << LED
print("registers:", led.value(), mem32[SIO_GPIO_OUT] >> LED & 1)
