# What a loop allocates: reading into one buffer again and again takes nothing, reading new bytes each time does. And what
# const() saves.
import gc
import io
from micropython import const

_SIZE = const(64)
SIZE = const(64)
TURNS = const(10_000)

stream = io.BytesIO(bytes(_SIZE))
buffer = bytearray(_SIZE)


def with_readinto(turns):
    total = 0
    for _ in range(turns):
        stream.seek(0)
        total += stream.readinto(buffer)
    return total


def with_read(turns):
    total = 0
    for _ in range(turns):
        stream.seek(0)
        total += len(stream.read(_SIZE))
    return total


def allocated(function, turns):
    """Bytes that a call leaves allocated when nothing is collected meanwhile."""
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    function(turns)
    after = gc.mem_alloc()
    gc.enable()
    return after - before


with_readinto(1)
print('readinto,', TURNS, 'turns:', allocated(with_readinto, TURNS), 'bytes')
print('read, 100 turns:', allocated(with_read, 100), 'bytes')

# A constant whose name begins with an underscore exists only in the compiler.
print('SIZE is a global:', 'SIZE' in globals(), '- _SIZE is one:', '_SIZE' in globals())
