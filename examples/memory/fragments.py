# Why an allocation of 2 KiB fails although 20 KiB are free: run it with `tsmp heap --heap 64k examples/memory/fragments.py`.
#
# Buffers of 1000 bytes fill the heap; then every other one is dropped. What they leave are holes of 1 KiB between the others,
# and nothing moves on a MicroPython heap.
import gc

KIB = 1024


def fill():
    # a chain instead of a list, since a list that grows needs one piece for all its items
    chain = None
    try:
        while True:
            chain = [chain, bytearray(1000)]
    except MemoryError:
        return chain


def drop_every_other(chain, count):
    node = chain[0]
    while count > 0:
        node[1] = None
        node = node[0][0]
        count -= 1


chain = fill()
gc.collect()
drop_every_other(chain, 20)
gc.collect()
print('20 KiB are free:', gc.mem_free() >= 20 * KIB)

try:
    bytearray(2 * KIB)
    print('2 KiB: allocated')
except MemoryError as e:
    print('2 KiB:', e)

try:
    import heapview

    print('the longest free run is shorter than 2 KiB:', heapview.largest_free() < 2 * KIB)
    print('fragmentation above 0.9:', heapview.fragmentation() > 0.9)
except ImportError:
    pass

chain = None
gc.collect()
print('after dropping all:', len(bytearray(2 * KIB)), 'bytes')
