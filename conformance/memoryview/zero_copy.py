# Views share storage: parsing, in-place edits, ring buffers, overlapping copies.
buf = bytearray(range(16))
m = memoryview(buf)
left, right = m[:8], m[8:]
left[0], right[0] = 255, 254
print(buf[0], buf[8], sum(m), max(m), min(right), sorted(left)[:3])
packet = memoryview(b"\x02\x05hello\x01\x03abc\xff")
i, out = 0, []
while packet[i] != 0xFF:
    kind, n = packet[i], packet[i + 1]
    out.append((kind, bytes(packet[i + 2:i + 2 + n])))
    i += 2 + n
print(out)
buf = bytearray(b"0123456789")
m = memoryview(buf)
m[2:6] = m[0:4]
print(buf)
buf = bytearray(b"0123456789")
m = memoryview(buf)
m[0:4] = m[2:6]
print(buf)
def fill(view, value):
    for i in range(len(view)):
        view[i] = value
fill(m[3:6], 42)
print(buf)
def halve(view, depth):
    if len(view) < 2 or depth == 0:
        return
    mid = len(view) // 2
    view[0], view[mid] = view[mid], view[0]
    halve(view[:mid], depth - 1)
    halve(view[mid:], depth - 1)
buf = bytearray(b"abcdefghijklmnop")
halve(memoryview(buf), 3)
print(buf)
ints = bytearray(8)
v = memoryview(ints)
v[0:4] = (0x01020304).to_bytes(4, "big")
v[4:8] = (0x05060708).to_bytes(4, "little")
print(ints, int.from_bytes(v[0:4], "big"), int.from_bytes(v[4:], "little"))
print(bytes(memoryview(b"ab")) + b"c", b"x" in bytes(m))
