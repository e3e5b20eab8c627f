# Big ints to and from decimal and hexadecimal text, with widths.
for n in (10**15, 10**16 - 1, 2**100, -(2**100), 10**50 + 1):
    s = str(n)
    print(s, len(s), int(s) == n, repr(n) == s, "%d" % n == s, "%x" % n, int("%x" % n, 16) == n)
    print("{:>60}|{:<60}|{:^60}|".format(n, n, n))
    print("{:+} {:060} {:,}".format(n, n, n))
    print("%40d|%-40d|%+d|%040d" % (n, n, n, n))
print(hash(2**100) == hash(2**100), {2**100: 1}[2**100], 2**100 in [2**100], (2**100).to_bytes(13, "big"))
