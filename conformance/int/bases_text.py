# hex(), oct(), bin() and the same through format codes.
for n in (0, 1, -1, 10, 255, -256, 2**30, -(2**31), 10**20, -(10**20)):
    print(n, hex(n), oct(n), bin(n))
    print("%d %i %u %x %X %o" % (n, n, n, n, n, n), "{:b} {:o} {:x} {:X} {:d} {}".format(n, n, n, n, n, n))
    print("%#x %#X %#o" % (n, n, n), "{:#b} {:#o} {:#x}".format(n, n, n))
print(hex(True), bin(False))
for f in (hex, oct, bin):
    for bad in (1.5, "1", None, []):
        try:
            print(f(bad))
        except Exception as e:
            print(type(e).__name__, e)
