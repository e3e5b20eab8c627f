import { describe, expect, it } from 'vitest';
import { evaluate, program, type ProgramOptions } from './program.js';

/** `[expression, result]` pairs; the results are the 32-bit coverage build's. */
function check(pairs: readonly (readonly [string, string])[], prelude = '', options?: ProgramOptions): void {
  const got =
    prelude === ''
      ? evaluate(
          pairs.map(([e]) => e),
          options,
        )
      : run(prelude, pairs, options);
  expect(pairs.map(([e], i) => `${e} -> ${got[i]}`)).toEqual(pairs.map(([e, r]) => `${e} -> ${r}`));
}
function run(prelude: string, pairs: readonly (readonly [string, string])[], options?: ProgramOptions): string[] {
  const source = `${prelude}
def t(s):
 try: print(repr(eval(s)))
 except Exception as e: print(type(e).__name__ + ': ' + str(e))
${pairs.map(([e]) => `t(${JSON.stringify(e)})`).join('\n')}
`;
  return program(source, options).trimEnd().split('\n');
}

describe('array', () => {
  it('cuts numbers to the size of an item', () => {
    check(
      [
        ["array('b', [127, 128, -129])", "array('b', [127, -128, 127])"],
        ["array('H', [-1, 65536])", "array('H', [65535, 0])"],
        ["array('i', [2**31])", "array('i', [-2147483648])"],
        ["array('I', [-1])", "array('I', [4294967295])"],
        ["array('q', [2**63])", "array('q', [-9223372036854775808])"],
        ["array('Q', [-1])", "array('Q', [18446744073709551615])"],
        ["array('f', [0.1])", "array('f', [0.10000000149011612])"],
        ["array('d', [1, 2.5])", "array('d', [1.0, 2.5])"],
        ["array('O', [1, 'a', [2]])", "array('O', [1, 'a', [2]])"],
      ],
      'from array import array',
    );
  });
  it('names what is wrong', () => {
    check(
      [
        ["array('x')", 'ValueError: bad typecode'],
        ["array('i', 5)", "TypeError: 'int' object isn't iterable"],
        ["array('i', [1.5])", "TypeError: can't convert float to int"],
        ["array('i', ['a'])", "TypeError: can't convert str to int"],
        ["array('i', [1])[1]", 'IndexError: array index out of range'],
        ["array('i', [1])['x']", 'TypeError: array indices must be integers, not str'],
        ["array('i', [1])[::2]", 'NotImplementedError: only slices with step=1 (aka None) are supported'],
        ["array('i', [1]) + [1]", 'TypeError: object with buffer protocol required'],
        ["array('i', [1]) == array('h', [1])", 'NotImplementedError: '],
        ["1 in array('i', [1])", 'NotImplementedError: '],
        ["array('i', [1]).__delitem__", "AttributeError: 'array' object has no attribute '__delitem__'"],
      ],
      'from array import array',
    );
  });
  it('takes items from generators, in any slice, at any collection', () => {
    const source = `
from array import array
def gen():
    for i in range(30):
        yield i * 1000
a = array('h', gen())
a.extend(gen())
a += (x for x in (1, 2))
print(len(a), a[29], a[-1], sum(a))
print(bytearray(x for x in b'abc'), bytes(x for x in b'abc'))
`;
    const expected = "62 29000 2 870003\nbytearray(b'abc') b'abc'\n";
    for (const options of [{}, { slice: 1 }, { stress: true }]) expect(program(source, options)).toBe(expected);
  });
});

describe('bytearray', () => {
  it('replaces slices', () => {
    const source = `
b = bytearray(b'0123456789')
b[2:4] = b'abcdef'
print(b)
b[2:8] = b''
print(b)
b[0:1] = memoryview(b)[1:3]
print(b)
b[3:1] = b'XY'
print(b, len(b))
try: b[0:1] = 'a'
except NotImplementedError as e: print(e)
`;
    expect(program(source)).toBe(`bytearray(b'01abcdef456789')
bytearray(b'01456789')
bytearray(b'111456789')
bytearray(b'111XY456789') 11
array/bytes required on right side
`);
  });
  it('has the methods of bytes, and equality with what has a buffer', () => {
    check([
      ["bytearray(b' a b ').strip().split()", "[bytearray(b'a'), bytearray(b'b')]"],
      ["bytearray(b'ab').hex(':')", "'61:62'"],
      ["bytearray.fromhex('61 62')", "bytearray(b'ab')"],
      ["bytearray(b'ab') == b'ab', b'ab' == bytearray(b'ab')", '(True, True)'],
      ["b'b' in bytearray(b'abc')", 'True'],
      ["hash(bytearray(b'a'))", "TypeError: unsupported type for __hash__: 'bytearray'"],
      ["bytearray('a')", 'TypeError: string argument without an encoding'],
      ["bytearray('a', 'utf-8')", "bytearray(b'a')"],
    ]);
  });
  it('grows by eight items, as upstream', () => {
    const source = `
import gc
def used(n):
    b = bytearray()
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    for i in range(n):
        b.append(0)
    n = gc.mem_alloc() - before
    gc.enable()
    return n
print([used(n) for n in (1, 8, 9, 16, 17, 25)])
`;
    expect(program(source, { board: 'unix32' })).toBe('[16, 16, 16, 16, 32, 32]\n');
  });
});

describe('memoryview', () => {
  it('looks at a part of a buffer and keeps it alive', () => {
    const source = `
import gc
def view():
    return memoryview(bytearray(b'x' * 100 + b'hello'))[90:][10:]
m = view()
for i in range(20):
    bytearray(200)
gc.collect()
print(bytes(m), len(m), m.itemsize, m.hex(), m[0], list(m[1:3]))
m[0:2] = b'HE'
print(bytes(m), m == b'HEllo', m)
`;
    expect(program(source)).toBe("b'hello' 5 1 68656c6c6f 104 [101, 108]\nb'HEllo' True <memoryview>\n");
    expect(program(source, { stress: true })).toContain('True <memoryview>');
  });
  it('counts in items and refuses to write to what is constant', () => {
    const prelude = `
from array import array
m = memoryview(array('i', [1, -2, 3]))
def put(m, i, v): m[i] = v
def put2(m, v): m[0:1] = v
`;
    check(
      [
        ['m[1], m[1:][1], m.itemsize, len(m)', '(-2, 3, 4, 3)'],
        ['put(m, 0, 7) or m[0]', '7'],
        ["put(memoryview(b'ab'), 0, 1)", "TypeError: 'memoryview' object doesn't support item assignment"],
        ["put2(memoryview(bytearray(2)), b'ab')", 'ValueError: lhs and rhs should be compatible'],
        ['memoryview(5)', 'TypeError: object with buffer protocol required'],
        ["memoryview(b'ab') + b'a'", "TypeError: unsupported types for __add__: 'memoryview', 'bytes'"],
      ],
      prelude,
    );
  });
});
