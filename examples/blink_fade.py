"""An LED on pin 15 that blinks, fades in and out by software PWM, and signals SOS.

Needs a board: `machine.Pin` and a millisecond clock.
"""

from machine import Pin
import time

PERIOD_US = 4000
STEPS = 16
DIT_MS = 120

led = Pin(15, Pin.OUT, value=0)


def blink(times, on_ms, off_ms):
    for _ in range(times):
        led.on()
        time.sleep_ms(on_ms)
        led.off()
        time.sleep_ms(off_ms)


def glow(level, periods):
    """Software PWM: in each period the LED is on for `level` of STEPS parts."""
    on_us = PERIOD_US * level // STEPS
    off_us = PERIOD_US - on_us
    for _ in range(periods):
        if on_us:
            led.value(1)
            time.sleep_us(on_us)
        if off_us:
            led.value(0)
            time.sleep_us(off_us)
    led.value(0)


def fade(periods_per_step):
    # The eye is not linear: squaring the step makes the ramp look even.
    ramp = [step * step // STEPS for step in range(STEPS + 1)]
    for level in ramp + list(reversed(ramp)):
        glow(level, periods_per_step)


def morse(code):
    for symbol in code:
        if symbol == " ":
            time.sleep_ms(DIT_MS * 2)
            continue
        led.value(1)
        time.sleep_ms(DIT_MS if symbol == "." else DIT_MS * 3)
        led.value(0)
        time.sleep_ms(DIT_MS)


def timed(name, function, *args):
    start = time.ticks_ms()
    function(*args)
    elapsed = time.ticks_diff(time.ticks_ms(), start)
    print("{:<6} about {:>4} ms, led is {}".format(name, (elapsed + 25) // 50 * 50, "on" if led.value() else "off"))


timed("blink", blink, 5, 100, 100)
timed("fade", fade, 3)
timed("sos", morse, "... --- ...")

led.toggle()
print("toggled to", led.value())
led.off()
print("done")
