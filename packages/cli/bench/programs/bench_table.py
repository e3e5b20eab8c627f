"""Constants and tables."""

REGISTERS = {
    "ctrl": 0x00,
    "status": 0x04,
    "data": 0x08,
    "baud": 0x0C,
    "mask": 0x10,
    "events": (1, 2, 4, 8, 16, 32),
    "names": ("idle", "busy", "done", "failed"),
}
SINE = [0, 12539, 23170, 30273, 32767, 30273, 23170, 12539, 0, -12539, -23170, -30273, -32767]
SIZE = len(REGISTERS) + len(SINE)


def lookup(name, default=None):
    try:
        return REGISTERS[name]
    except KeyError:
        if default is None:
            raise
        return default


def wave(n):
    for i in range(n):
        yield SINE[i % len(SINE)] / 32767
