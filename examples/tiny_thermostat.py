"""A thermostat for a board with 16 KiB of RAM: integers only and one small buffer."""

HISTORY = 24

history = bytearray(HISTORY)
room = 170  # tenths of a degree
heating = False
switches = 0
seed = 12345


def noise():
    """-2 .. 2, the same sequence on every run."""
    global seed
    seed = (seed * 1021 + 557) & 0x3FFF
    return (seed >> 4) % 5 - 2


def wanted(hour):
    if hour < 6 or hour >= 22:
        return 165
    return 205 if hour < 9 or hour >= 17 else 185


def control(target):
    """On half a degree below the target, off half a degree above."""
    global heating, switches
    if room < target - 5 and not heating:
        heating = True
        switches += 1
    elif room > target + 5 and heating:
        heating = False
        switches += 1


def bar(value):
    for _ in range((value - 150) // 5):
        print("=", end="")
    print()


on_time = 0
for hour in range(HISTORY):
    target = wanted(hour)
    for _ in range(6):
        control(target)
        room += (8 if heating else 0) - (room - 60) // 30 + noise()
        on_time += heating
    history[hour] = room - 100
    print("%02d:00 %2d.%d %s" % (hour, room // 10, room % 10, "on " if heating else "off"), end=" ")
    bar(room)

low = high = history[0]
total = 0
for value in history:
    low = min(low, value)
    high = max(high, value)
    total += value
print("low", low + 100, "high", high + 100, "mean", total // HISTORY + 100)
print("heater on", on_time * 10, "minutes, switched", switches, "times")
