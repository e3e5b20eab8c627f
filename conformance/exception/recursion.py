# exp: the WebAssembly build limits the Python stack under another message
# RuntimeError at the recursion limit can be caught and everything still works.
depth = 0
def down():
    global depth
    depth += 1
    down()
for _ in range(3):
    depth = 0
    try:
        down()
    except RuntimeError as e:
        print(type(e).__name__, e, depth > 20)
def mutual_a(n):
    return mutual_b(n + 1)
def mutual_b(n):
    return mutual_a(n + 1)
try:
    mutual_a(0)
except RuntimeError as e:
    print(e)
class R:
    def __getattr__(self, n):
        return getattr(self, n + "x")
try:
    R().a
except RuntimeError as e:
    print(e)
class L:
    def __repr__(self):
        return repr(self)
try:
    repr(L())
except RuntimeError as e:
    print(e)
class E:
    def __eq__(self, o):
        return self == o
try:
    E() == 1
except RuntimeError as e:
    print(e)
def cleanup(n, log):
    try:
        cleanup(n + 1, log)
    finally:
        if n < 3:
            log.append(n)
log = []
try:
    cleanup(0, log)
except RuntimeError as e:
    print(e, log)
print(sum(range(10)), [x for x in range(3)])
