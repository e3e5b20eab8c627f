# Bytes at work: checksums, base conversions, xor, packing by hand.
data = b"123456789"
def crc16(data, poly=0x1021, crc=0xFFFF):
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ poly if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc
print(hex(crc16(data)))
def crc32(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xEDB88320 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF
print(hex(crc32(data)))
def adler(data):
    a, b = 1, 0
    for c in data:
        a = (a + c) % 65521
        b = (b + a) % 65521
    return b << 16 | a
print(hex(adler(data)))
key = b"k3y"
enc = bytes(c ^ key[i % 3] for i, c in enumerate(b"secret message"))
print(enc, bytes(c ^ key[i % 3] for i, c in enumerate(enc)))
alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
def b64(data):
    out = ""
    for i in range(0, len(data), 3):
        chunk = data[i:i + 3]
        n = int.from_bytes(chunk + b"\0" * (3 - len(chunk)), "big")
        out += "".join(alphabet[n >> s & 63] for s in (18, 12, 6, 0))[:len(chunk) + 1] + "=" * (3 - len(chunk))
    return out
print(b64(b"hello"), b64(b"abc"), b64(b"a"), b64(b""))
def fnv(data):
    h = 0x811C9DC5
    for c in data:
        h = ((h ^ c) * 0x01000193) & 0xFFFFFFFF
    return h
print(hex(fnv(b"hello")), hex(fnv(b"")))
buf = bytearray()
for n in (0, 127, 128, 300, 2**21, 2**35):
    while n > 127:
        buf.append(n & 127 | 128)
        n >>= 7
    buf.append(n)
print(buf)
