"""Exceptions: finally on every way out, with, custom classes, re-raising and a cause kept by hand."""

log = []


class DeviceError(Exception):
    def __init__(self, device, reason, cause=None):
        super().__init__("%s: %s" % (device, reason))
        self.device, self.cause = device, cause


class Timeout(DeviceError):
    pass


class Device:
    """A resource that counts how often it was opened and closed."""

    opened = closed = 0

    def __init__(self, name, faults=()):
        self.name, self.faults = name, faults

    def __enter__(self):
        if "open" in self.faults:
            raise DeviceError(self.name, "does not open")
        Device.opened += 1
        log.append("open " + self.name)
        return self

    def __exit__(self, kind, error, traceback):
        Device.closed += 1
        log.append("close " + self.name + (" after " + kind.__name__ if kind else ""))
        return kind is Timeout  # a timeout ends the block and is forgotten

    def read(self, n):
        if n in self.faults:
            raise ValueError("bad reading %d" % n)
        if n < 0:
            raise Timeout(self.name, "no answer")
        return n * n


def show(title, result):
    print("{:<20}{}".format(title, result))
    for entry in log:
        print("    " + entry)
    log.clear()


def search(wanted):
    """Leaves two loops by return, and a turn by continue and by break, through finally."""
    for row in range(4):
        try:
            for column in range(4):
                try:
                    if column == row:
                        continue
                    if column > 2:
                        break
                    if row * 10 + column == wanted:
                        return "found at row %d" % row
                finally:
                    log.append("cell %d%d" % (row, column))
        finally:
            log.append("row %d" % row)
    return "not found"


def overruled():
    """A return in finally wins over the one in try."""
    try:
        return "from try"
    finally:
        return "from finally"


def read_all(device, numbers):
    with device as d:
        return [d.read(n) for n in numbers]


def translate(device, n):
    """Turns a low-level error into one of ours and keeps the first as its cause."""
    try:
        return device.read(n)
    except ValueError as error:
        raise DeviceError(device.name, "translated", cause=error)


def retry(action, attempts):
    for attempt in range(1, attempts + 1):
        try:
            return action(attempt)
        except ValueError:
            log.append("attempt %d failed" % attempt)
            if attempt == attempts:
                raise


def flaky(attempt):
    if attempt < 3:
        raise ValueError("not yet")
    return "worked at attempt %d" % attempt


def counted(log):
    """A generator with a resource: closing it early still runs the finally."""
    log.append("start counting")
    try:
        for i in range(10):
            yield i
    finally:
        log.append("stop counting")


show("search", search(12))
show("overruled", overruled())
show("good readings", read_all(Device("adc"), [1, 2, 3]))
show("timeout swallowed", read_all(Device("uart"), [1, -1, 2]))

try:
    read_all(Device("adc", faults=(2,)), [1, 2, 3])
except ValueError as error:
    show("bad reading", error)

try:
    with Device("outer") as outer, Device("inner", faults=("open",)):
        log.append("never reached")
except DeviceError as error:
    show("two devices", error)

try:
    translate(Device("adc", faults=(7,)), 7)
except DeviceError as error:
    show("translated", "%s, because %s %s" % (error, type(error.cause).__name__, error.cause))

show("retry", retry(flaky, 5))
try:
    retry(flaky, 2)
except ValueError as error:
    show("retry gave up", error)

numbers = counted(log)
show("generator", next(numbers) + next(numbers))
numbers.close()
show("generator closed", "")

order = []
try:
    try:
        order.append(1)
        {}["missing"]
    except KeyError as error:
        order.append(2)
        raise
    else:
        order.append("skipped")
    finally:
        order.append(3)
except LookupError as error:
    order.append(4)
show("order", order)
print("opened", Device.opened, "closed", Device.closed)
