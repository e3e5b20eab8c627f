/** AES against Node's. */
import { createCipheriv } from 'node:crypto';
import { loadVm, saveVm } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { TestBoard } from './kit.js';

const IV = Buffer.from('000102030405060708090a0b0c0d0eff', 'hex');
const DATA = Buffer.from('Sixteen bytes or a multiple of sixteen, for both of the modes...');

function encrypted(name: string, bits: number): string {
  const iv = name === 'ecb' ? null : IV;
  const cipher = createCipheriv(`aes-${bits}-${name}`, Buffer.alloc(bits / 8, 'k'), iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(DATA), cipher.final()]).toString('hex');
}

const HEAD = `
import cryptolib, binascii
iv = binascii.unhexlify('${IV.toString('hex')}')
data = ${JSON.stringify(DATA.toString())}.encode()
def t(f):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
`;

describe('aes', () => {
  it.each([
    ['ecb', 1, 128],
    ['ecb', 1, 256],
    ['cbc', 2, 128],
    ['cbc', 2, 256],
    ['ctr', 6, 128],
    ['ctr', 6, 256],
  ])('%s (mode %i) with %i bits agrees with the host, in pieces, in place, and back', (name, mode, bits) => {
    const source = `${HEAD}
def new():
    return cryptolib.aes(b'k' * ${bits / 8}, ${mode}, iv)
print(new().encrypt(data).hex())
c = new()
parts = (0, 16, 48, 64) if ${mode} != 6 else (0, 1, 17, 31, 32, 64)
print(b''.join(c.encrypt(data[a:b]) for a, b in zip(parts, parts[1:])).hex())
b = bytearray(data)
print(new().encrypt(b, b) is b, b.hex())
d = new()
print(bytes(d.decrypt(b, memoryview(b))) == data, d.decrypt(b'') == b'')
`;
    const want = encrypted(name, bits);
    expect(new TestBoard({ stress: true, board: 'coverage32' }).run(source)).toBe(
      `${want}\n${want}\nTrue ${want}\nTrue True\n`,
    );
  });

  it('says what it cannot do', () => {
    const source = `${HEAD}
aes = cryptolib.aes
for args in ((), (b'k' * 16,), (b'k' * 15, 1), (b'k' * 24, 1), (b'k' * 16, 3), (b'k' * 16, 2), (b'k' * 16, 2, b'short'), (b'k' * 16, 1, None)):
    t(lambda: type(aes(*args)))
c = aes(b'k' * 16, 1)
t(lambda: c.encrypt(b'x' * 17))
t(lambda: c.encrypt(b'x' * 32, bytearray(31)))
t(lambda: c.encrypt(b'x' * 16, b'x' * 16))
t(lambda: len(c.encrypt(b'x' * 16)))
t(lambda: c.decrypt(b'x' * 16))
t(lambda: c.encrypt(5))
`;
    expect(new TestBoard().run(source).trimEnd().split('\n')).toEqual([
      "TypeError('function missing 2 required positional arguments',)",
      "TypeError('function missing 1 required positional arguments',)",
      "ValueError('key',)",
      "ValueError('key',)",
      "ValueError('mode',)",
      "ValueError('IV',)",
      "ValueError('IV',)",
      "<class 'aes'>",
      "ValueError('blksize % 16',)",
      "ValueError('output too small',)",
      "TypeError('object with buffer protocol required',)",
      '16',
      'ValueError("can\'t encrypt & decrypt",)',
      "TypeError('object with buffer protocol required',)",
    ]);
    // counters are for the highest level
    expect(new TestBoard().run(`${HEAD}t(lambda: aes(b'k' * 16, 6, iv))\n`)).toContain('NameError');
    expect(new TestBoard().run(`${HEAD}t(lambda: cryptolib.aes(b'k' * 16, 6, iv))\n`)).toBe("ValueError('mode',)\n");
  });

  it('goes on from a snapshot', () => {
    const first = new TestBoard({ board: 'coverage32' });
    first.run(`${HEAD}c = cryptolib.aes(b'k' * 16, 6, iv)\nprint(c.encrypt(data[:21]).hex())\n`);
    const second = new TestBoard({ board: 'coverage32' });
    loadVm(second.vm, saveVm(first.vm));
    expect(second.run('print(c.encrypt(data[21:]).hex())\n')).toBe(`${encrypted('ctr', 128).slice(42)}\n`);
  });
});
