# micropython.schedule: callbacks run between bytecodes, in order, and may schedule again.
import micropython
log = []
micropython.schedule(lambda arg: log.append(arg), "scheduled")
for _ in range(100):
    pass
print(log)
for i in range(3):
    micropython.schedule(log.append, i)
for _ in range(100):
    pass
print(log)
def again(n):
    log.append("again %d" % n)
    if n:
        micropython.schedule(again, n - 1)
micropython.schedule(again, 2)
for _ in range(300):
    pass
print(log[-3:])
