import { describe, expect, it } from 'vitest';
import { program, type ProgramOptions } from '../obj/program.js';

/** `[expression, result]` pairs; the results are the 32-bit coverage build's. */
function check(pairs: readonly (readonly [string, string])[], options?: ProgramOptions): void {
  const source = `import struct, json, random, binascii, errno, io
def t(s):
 try: print(repr(eval(s)))
 except Exception as e: print(type(e).__name__ + ': ' + str(e))
${pairs.map(([e]) => `t(${JSON.stringify(e)})`).join('\n')}
`;
  const got = program(source, options).trimEnd().split('\n');
  expect(pairs.map(([e], i) => `${e} -> ${got[i]}`)).toEqual(pairs.map(([e, r]) => `${e} -> ${r}`));
}

describe('struct', () => {
  it('packs and unpacks in every order', () => {
    check([
      ["struct.pack('<hIq', 1, 2, -3)", "b'\\x01\\x00\\x02\\x00\\x00\\x00\\xfd\\xff\\xff\\xff\\xff\\xff\\xff\\xff'"],
      ["struct.pack('>hI', 1, 2)", "b'\\x00\\x01\\x00\\x00\\x00\\x02'"],
      ["struct.pack('bi', 1, 2)", "b'\\x01\\x00\\x00\\x00\\x02\\x00\\x00\\x00'"],
      ["struct.unpack('!Hb', b'\\x01\\x02\\xff')", '(258, -1)'],
      ["struct.unpack('<QqI', b'\\xff' * 20)", '(18446744073709551615, -1, 4294967295)'],
      ["struct.unpack('2s2xB', b'abcde')", "(b'ab', 101)"],
      ["struct.unpack_from('<H', b'abcdef', -2)", '(26213,)'],
      ["struct.unpack('<e', struct.pack('<e', -1.5)), struct.pack('<e', 65520.0)", "((-1.5,), b'\\x00|')"],
      ["struct.unpack('<fd', struct.pack('<fd', 0.5, -0.1))", '(0.5, -0.1)'],
      ["struct.pack('5s', b'ab'), struct.pack('3b', 1, 2)", "(b'ab\\x00\\x00\\x00', b'\\x01\\x02\\x00')"],
    ]);
  });
  it('says what does not fit', () => {
    check([
      ["struct.calcsize('z')", 'ValueError: bad typecode'],
      ["struct.unpack('I', b'abc')", 'ValueError: buffer too small'],
      ["struct.pack_into('I', bytearray(6), 3, 1)", 'ValueError: buffer too small'],
      ["struct.pack_into('I', b'abcdef', 0, 1)", 'TypeError: object with buffer protocol required'],
      ["struct.pack('b', 1.5)", "TypeError: can't convert float to int"],
    ]);
  });
  it('aligns 64-bit numbers as the board does', () => {
    check([["struct.calcsize('bq')", '12']]);
    check([["struct.calcsize('bq')", '16']], { board: 'pico-w' });
  });
});

describe('json', () => {
  it('writes what upstream writes', () => {
    check([
      [
        "json.dumps([1, 2.5, None, True, 'a\"\\n\\x01', b'x', (1,)])",
        `'[1, 2.5, null, true, "a\\\\"\\\\n\\\\u0001", "x", [1]]'`,
      ],
      ["json.dumps({'a': [1], 2: 3}, separators=(',', ':'))", `'{"a":[1],"2":3}'`],
      ['json.dumps(1, separators=5)', "TypeError: object 'int' isn't a tuple or list"],
      ['json.dumps(1, foo=2)', 'TypeError: extra keyword arguments given'],
    ]);
  });
  it('reads more than JSON', () => {
    check([
      [
        'json.loads(\'{"a": [1, 2.5, {"b": null}], "c": -12345678901234}\')',
        "{'a': [1, 2.5, {'b': None}], 'c': -12345678901234}",
      ],
      ['json.loads(\'["\\\\u0041\\\\n\\\\/", "é"]\')', "['A\\n/', 'é']"],
      ["json.loads(b' [1 2 :3,,4} ')", '[1, 2, 3, 4]'],
      ["json.load(io.StringIO('[[[1]]]'))", '[[[1]]]'],
      ...['', '[1', '1 2', 'nul', '{[1]:2}', ']', '"a', '[1] x'].map(
        (s) => [`json.loads(${JSON.stringify(s)})`, 'ValueError: syntax error in JSON'] as const,
      ),
      ["json.loads('--1')", "ValueError: invalid syntax for integer with base 10: '-1'"],
      ['json.load(5)', 'OSError: stream operation not supported'],
    ]);
  });
  it('survives a collection at every allocation', () => {
    const source = `
import json, io
s = json.dumps([{'key%d' % i: [i, str(i) * 10, {'x': i / 4}]} for i in range(12)])
print(json.dumps(json.loads(s)) == s, json.dumps(json.load(io.BytesIO(s.encode()))) == s)
`;
    expect(program(source, { stress: true })).toBe('True True\n');
  });
});

describe('random', () => {
  it('gives the sequence that upstream gives for a seed', () => {
    check([
      ['random.seed(12345)', 'None'],
      ['[random.getrandbits(n) for n in (0, 1, 8, 32)]', '[0, 0, 138, 3120426959]'],
      ['random.randrange(0, 100, 7), random.randint(-5, 5)', '(70, 4)'],
      ["random.choice('abc'), random.choice(range(5))", "('a', 1)"],
      ['random.random(), random.uniform(1, 2)', '(0.7174510480330039, 1.9499654117797027)'],
      ['random.randrange(5, 5)', 'ValueError: '],
      ['random.choice([])', 'IndexError: '],
      ['random.getrandbits(33)', 'ValueError: bits must be 32 or less'],
    ]);
  });
  it('asks what has its own length and items without nesting', () => {
    const source = `
import random
class S:
    def __len__(self): return 2
    def __getitem__(self, i): return 'item'
print(random.choice(S()))
random.seed()
a = random.getrandbits(32)
random.seed()
print(a != random.getrandbits(32))
`;
    expect(program(source, { slice: 1 })).toBe('item\nTrue\n');
  });
});

describe('binascii and errno', () => {
  it('convert', () => {
    check([
      ["binascii.b2a_base64(b'hello'), binascii.b2a_base64(b'', newline=False)", "(b'aGVsbG8=\\n', b'')"],
      ["binascii.a2b_base64('aG VsbG8=')", "b'hello'"],
      ["binascii.a2b_base64(b'a')", 'ValueError: incorrect padding'],
      ["binascii.hexlify(b'ab', '-'), binascii.unhexlify('6162')", "(b'61-62', b'ab')"],
      ["binascii.crc32(b'hello'), binascii.crc32(b'lo', binascii.crc32(b'hel'))", '(907060870, 907060870)'],
      ['errno.ENOENT, errno.errorcode[2], len(errno.errorcode)', "(2, 'ENOENT', 22)"],
    ]);
  });
});
