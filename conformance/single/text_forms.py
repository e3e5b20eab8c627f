# exp: single-precision floats, which the WebAssembly build has not
# Floats of 32 bits: text forms, parsing, limits.
for x in (0.1, 0.2, 0.1 + 0.2, 1 / 3, 2 / 3, 1e10, 123456789.0, 16777216.0, 16777217.0, 3.4028235e38, 1e38, 1e39, -1e39, 1e-38, 1.17549435e-38, 1e-40, 1.4e-45,
          1e-46, 0.5, 1.5, 1e5, 1e6, 1e7, 1e16, 1e17, 1234.5678, 0.0001, 0.00001, 9999999.0, 99999999.0, 3.14159265358979, 2.718281828459045):
    print(x, repr(x), '%g' % x, '%e' % x, '%.3f' % x if abs(x) < 1e10 else '')
for text in ('1.1', '0.30000001192092896', '3.4028235e38', '3.4028236e38', '1e-45', '7e-46', '16777217', '9.9999999', '1e400', '-0.0', '123456789012345678901234567890'):
    print(text, float(text))
for spec in ('.0f', '.1f', '.10f', '.3e', '.12g', 'g', '10.3f', '+.2e', '%', '.3n'):
    print(spec, [('{:' + spec + '}').format(x) for x in (0.1, 1 / 3, 12345.678, -2.5)])
print(0.1 + 0.2 == 0.3, 16777216.0 + 1.0 == 16777216.0, 1e38 * 10)
print(int(1e10), int(16777217.0), int(3.4028235e38), int(-1.9))
print(round(2.5), round(1.23456789, 3), round(12345.678, -2))
print(hash(0.5) == hash(0.5), hash(3.0) == hash(3), {1.0: 'a'}[1])
print(1.0 .__class__, float('nan'), -float('inf'))
