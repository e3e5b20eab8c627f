# A program that is edited while it is tried: see README.md.
import settings


def report(readings):
    limit = settings.LIMIT
    for name, value in readings:
        print(name, value, "too warm" if value > limit else "fine")


report((("kitchen", 21), ("attic", 33)))
