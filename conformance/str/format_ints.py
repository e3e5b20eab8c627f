# exp: 1.29 formats {:c} as a code point, 1.27 as a byte
# Integer presentation types in str.format and format errors.
for n in (0, 7, -42, 255, 1234567, -(2**35)):
    print("{:d}|{:5d}|{:<12d}|{:^12d}|{:+d}|{: d}|{:012d}|{:,}|{:x}|{:X}|{:o}|{:b}|{:#x}|{:e}|{:.2f}|{:g}|{:n}".format(*([n] * 17)))
    print("{:*>12}|{:0>12}|{:=+12}|{:#010x}|{:+,}|{:012,}".format(*([n] * 6)))
print("{:c}{:c}{:c}".format(72, 105, 0x263A), "{:5c}|".format(65))
print("{:%}".format(1), "{:.1%}".format(2), "{:}".format(5), "{:s}".format("5"))
print("{:_}".format(1234567), "{:_d}".format(-1234567))
for f in (lambda: "{:s}".format(5), lambda: "{:.3d}".format(5), lambda: "{:y}".format(5), lambda: "{:c}".format(-1), lambda: "{:+s}".format("a"), lambda: "{:+c}".format(65), lambda: "{:d}".format(None), lambda: "{:5}".format(None), lambda: "{:>{}}".format(1, "a")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
