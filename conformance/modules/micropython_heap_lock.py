# micropython.heap_lock: allocation raises MemoryError, small ints and calls still work.
import micropython
def under_lock():
    micropython.heap_lock()
    try:
        x = [1, 2, 3]
        r = "allocated"
    except MemoryError:
        r = "MemoryError"
    try:
        s = 1 + 2
        t = "small ints fine"
    except MemoryError:
        t = "bad"
    micropython.heap_unlock()
    return r, t
print(under_lock())
def nested():
    micropython.heap_lock()
    micropython.heap_lock()
    depth = micropython.heap_unlock()
    depth2 = micropython.heap_unlock()
    return [1], depth, depth2
print(nested())
