# exp: 1.29 words the range error of chr() differently
# chr outside the Unicode range.
for n in (-1, 0x110000, 2**20 * 2, -(2**30), 2**30 - 1):
    try:
        print(chr(n))
    except Exception as e:
        print(n, type(e).__name__, e)
