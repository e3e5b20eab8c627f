# exp: single-precision floats, which the WebAssembly build has not
# Floats of 32 bits: array, struct, json, random, constants folded by the compiler.
import array
import json
import struct

print(array.array('f', [0.1, 1e38, -2.5]), array.array('d', [0.1, 1e300 if 1e39 != float('inf') else 1.0]))
for fmt in ('<f', '<d', '>f', '>d', '<e'):
    for x in (0.1, 1 / 3, -2.5, 65504.0):
        data = struct.pack(fmt, x)
        print(fmt, x, data, struct.unpack(fmt, data))
print(struct.unpack('<d', b'\x00\x00\x00\x00\x00\x00\xf0\x7f'), struct.unpack('<d', b'\x9c\x75\x00\x88\x3c\xe4\x37\x7e'))
print(json.dumps([0.1, 1e10, 1 / 3]), json.loads('[0.1, 1e39, 3.3333333333]'))
print(0.1 + 0.2, 1e39, 3 * 0.1, 2 ** 0.5, -0.1)
print(eval('0.1 + 0.7'), eval('1e38 * 10'), [float(x) for x in ('1', '1.1', '2.2')], sum([0.1] * 10))
print(sorted([0.3, 0.1, 0.2]), max(0.1, 0.2), min(1e38, 1e39))
