/** DeflateIO against zlib, on streams that wait, on damaged data. What upstream's own compressor writes is in the corpus. */
import { deflateRawSync, deflateSync, gzipSync, inflateRawSync, inflateSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  boot,
  buildRom,
  defineModule,
  defineType,
  type Obj,
  printException,
  type Profile,
  PROFILES,
  romDefinitions,
  run,
  startSource,
  STREAM_WAIT,
  type StreamProtocol,
  streamStatus,
  Vm,
} from '../../src/index.js';
import { boardCompile, program } from '../obj/program.js';

/** A stream of bytes that has each of them only after a wait of a microsecond: fields are the data, position and turn. */
const protocol: StreamProtocol = {
  protocol: 'stream',
  read(vm, o, addr) {
    const w = o >> 2;
    const turn = vm.i32[w + 3] as number;
    vm.i32[w + 3] = turn ^ 1;
    if (turn === 0) {
      streamStatus.deadlineUs = Math.floor(vm.now() / 1000) + 1;
      return STREAM_WAIT;
    }
    const data = vm.i32[w + 1] as number;
    const at = vm.i32[w + 2] as number;
    if (at >= (vm.i32[(data >> 2) + 2] as number)) return 0;
    vm.u8[addr] = vm.u8[(vm.i32[(data >> 2) + 3] as number) + at] as number;
    vm.i32[w + 2] = at + 1;
    return 1;
  },
};
const dripType = defineType({
  name: 'Drip',
  makeNew(vm, type, _nArgs, _nKw, args): Obj {
    const o = vm.allocObj(16, type);
    vm.i32.set([vm.i32[args >> 2] as number, 0, 0], (o >> 2) + 1);
    return o;
  },
  protocol,
});
const dripModule = defineModule({ name: 'drip', globals: { Drip: dripType } });

const profile = PROFILES.coverage32 as Profile;
const image = buildRom(romDefinitions(profile, [{ modules: [dripModule] }]), {
  floatBits: profile.floatBits,
  compile: boardCompile,
});

/** The output of a program on a board with `drip`, and how often it was waiting outside of natives. */
function dripping(source: string): { text: string; waits: number } {
  let text = '';
  const vm = new Vm(profile, image, {
    stdout: (b) => {
      text += new TextDecoder().decode(b);
    },
    compile: boardCompile,
  });
  boot(vm);
  startSource(vm, new TextEncoder().encode(source), 'test.py');
  for (let waits = 0; ; ) {
    const r = run(vm);
    if (r.reason === 'waiting') {
      waits++;
      vm.clock.advanceTo(r.until, vm.budget);
      continue;
    }
    if (r.reason === 'budget') continue;
    if (r.reason === 'raised') printException(vm, vm.stdout, r.exception);
    vm.flush();
    return { text, waits };
  }
}

/** A bytes literal. */
const literal = (bytes: Uint8Array): string =>
  `b'${[...bytes].map((b) => `\\x${b.toString(16).padStart(2, '0')}`).join('')}'`;

let state = 12345;
/** The next number below `n` of a fixed sequence. */
function random(n: number): number {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % n;
}
function sample(kind: number, n: number): Uint8Array {
  const words = ['deflate', ' window', '\n', 'abc', 'the quick brown fox '];
  if (kind === 0) return Uint8Array.from({ length: n }, () => random(256));
  if (kind === 1) return Uint8Array.from({ length: n }, () => 97 + random(3));
  if (kind === 2) return new Uint8Array(n).fill(7);
  let text = '';
  while (text.length < n) text += words[random(words.length)];
  return new TextEncoder().encode(text.slice(0, n));
}

describe('reading', () => {
  it.each(['unix32', 'pico-w', 'coverage32'])('inflates what zlib makes, on %s', (board) => {
    const lines: string[] = ['import deflate, io, binascii'];
    const want: string[] = [];
    for (let i = 0; i < 24; i++) {
      const data = sample(i & 3, random(900));
      const level = i % 10;
      const windowBits = 9 + (i % 7);
      const [packed, format] = (
        [
          [deflateRawSync(data, { level, windowBits }), 'RAW'],
          [deflateSync(data, { level, windowBits }), 'ZLIB'],
          [gzipSync(data, { level }), 'AUTO'],
        ] as const
      )[i % 3] as readonly [Buffer, string];
      const bits = format === 'RAW' ? windowBits : 0;
      lines.push(`d = deflate.DeflateIO(io.BytesIO(${literal(packed)}), deflate.${format}, ${bits})`);
      lines.push(`print(binascii.hexlify(d.read(${random(50)})), binascii.hexlify(d.read()), d.read())`);
      want.push(Buffer.from(data).toString('hex'));
    }
    const got = program(lines.join('\n'), { board })
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/b'([0-9a-f]*)' b'([0-9a-f]*)' b''/, '$1$2'));
    expect(got).toEqual(want);
  });

  it('takes no more from the stream than it needs, and lines of it', () => {
    const packed = deflateSync(Buffer.from('first\nsecond\nthird'));
    const source = `
import deflate, io
s = io.BytesIO(${literal(packed)} + b'behind')
with deflate.DeflateIO(s) as d:
    print(d.readline(), d.readline(3), d.readline(), d.readline(), d.readline())
print(s.read())
try: d.read()
except OSError as e: print(e)
`;
    expect(program(source)).toBe("b'first\\n' b'sec' b'ond\\n' b'third' b''\nb'behind'\n[Errno 22] EINVAL\n");
  });

  it('reads from streams in Python, which may raise', () => {
    const source = `
import deflate, io
class S(io.IOBase):
    def __init__(self, data): self.data = data; self.i = 0
    def readinto(self, b):
        self.i += 1
        if self.i > len(self.data): raise ValueError('no more')
        b[0] = self.data[self.i - 1]
        return 1
data = ${literal(gzipSync(Buffer.from('through Python '.repeat(9))))}
print(deflate.DeflateIO(S(data)).read() == b'through Python ' * 9)
try: deflate.DeflateIO(S(data[:-1])).read()
except ValueError as e: print(e)
for bad in (5, io.IOBase()):
    try: print(deflate.DeflateIO(bad).read())
    except Exception as e: print(repr(e))
`;
    expect(program(source)).toBe(
      "True\nno more\nOSError('stream operation not supported',)\nAttributeError(\"'IOBase' object has no attribute 'readinto'\",)\n",
    );
  });

  it('waits with its stream, in the middle of everything', () => {
    const data = sample(3, 700);
    for (const [packed, format] of [
      [gzipSync(data), 'AUTO'],
      [deflateRawSync(data, { level: 0 }), 'RAW'],
      [deflateSync(sample(1, 700)), 'ZLIB'],
    ] as const) {
      const source = `
import deflate, binascii, drip
data = ${literal(packed)}
d = deflate.DeflateIO(drip.Drip(data), deflate.${format}, 15)
b = bytearray(100)
n = d.readinto(b)
print(n, binascii.hexlify(b[:n] + d.read()))
d = deflate.DeflateIO(drip.Drip(data[:-1] + b'?'), deflate.${format}, 15)
try: print(len(d.read()))
except Exception as e: print(repr(e))
d = deflate.DeflateIO(drip.Drip(data[:9]), deflate.${format}, 15)
try: print(len(d.read()))
except Exception as e: print(repr(e))
`;
      const { text, waits } = dripping(source);
      const plain =
        format === 'AUTO' ? gunzipSync(packed) : format === 'RAW' ? inflateRawSync(packed) : inflateSync(packed);
      const [first, second, third] = text.trimEnd().split('\n') as [string, string, string];
      expect(first).toBe(`100 b'${plain.toString('hex')}'`);
      // only the checksum's last byte, or the data's, is another; a gzip trailer ends with the size, which nobody checks
      expect(second).toBe(format === 'ZLIB' ? 'OSError(22,)' : '700');
      expect(third).toBe('EOFError()');
      expect(waits).toBeGreaterThan(20);
    }
  });

  it('answers damaged data with an error or with something, and never fails otherwise', () => {
    const plain = [
      deflateRawSync(sample(3, 300)),
      deflateRawSync(sample(1, 300), { level: 9 }),
      gzipSync(sample(0, 60)),
    ];
    const lines = [
      'import deflate, io, drip',
      'def t(s, f, w):',
      '  d = deflate.DeflateIO(s, f, w)',
      '  for n in (3, 200, 100000):',
      '    try: d.read(n)',
      '    except (OSError, EOFError): pass',
    ];
    for (let i = 0; i < 150; i++) {
      const bytes = Uint8Array.from(plain[i % 3] as Uint8Array);
      for (let k = random(4); k >= 0; k--) bytes[random(bytes.length)] = random(256);
      const part = literal(bytes.subarray(0, random(3) === 0 ? random(bytes.length) : bytes.length));
      const stream = random(4) === 0 ? `drip.Drip(${part})` : `io.BytesIO(${part})`;
      lines.push(`t(${stream}, ${i % 3 === 2 ? 0 : 1}, ${random(2) === 0 ? 15 : 5 + random(10)})`);
    }
    expect(dripping(`${lines.join('\n')}\nprint('end')\n`).text).toBe('end\n');
  });
});

describe('writing', () => {
  it('makes what zlib reads', () => {
    const lines = ['import deflate, io, binascii'];
    const plain: Uint8Array[] = [];
    for (let i = 0; i < 24; i++) {
      const data = sample(i & 3, random(800));
      plain.push(data);
      const n = (([data.length, 1, 7, 100] as const)[random(4)] as number) || 1;
      lines.push(`b = io.BytesIO()`);
      lines.push(`d = deflate.DeflateIO(b, ${i % 4}, ${random(3) === 0 ? 0 : 9 + random(7)})`);
      lines.push(`v = ${literal(data)}`);
      lines.push(`for i in range(0, len(v), ${n}): d.write(v[i:i + ${n}])`);
      lines.push(`d.close(); print(b.getvalue().hex())`);
    }
    const got = program(lines.join('\n')).trimEnd().split('\n');
    for (const [i, data] of plain.entries()) {
      if (data.length === 0) continue;
      const packed = Buffer.from(got[i] as string, 'hex');
      const back = i % 4 < 2 ? inflateRawSync(packed) : i % 4 === 2 ? inflateSync(packed) : gunzipSync(packed);
      expect(back.equals(data)).toBe(true);
    }
  });

  it('is there at the highest level only', () => {
    const source = "import deflate\nprint(hasattr(deflate.DeflateIO, 'write'))\n";
    expect(['coverage32', 'unix32', 'pico-w'].map((board) => program(source, { board }))).toEqual([
      'True\n',
      'False\n',
      'False\n',
    ]);
  });

  it('allocates as upstream does, when it is first used', () => {
    const source = `
import deflate, io, gc
def cost(f):
    gc.collect()
    a = gc.mem_alloc()
    f()
    return gc.mem_alloc() - a
def t(make, use):
    print(cost(make), cost(use))
def make():
    global d
    d = deflate.DeflateIO(s, 1, 9)
s = io.BytesIO(b'\\x4b\\x04\\x00')
buf = bytearray(9)
t(make, lambda: d.readinto(buf))
s = io.BytesIO(bytearray(100))
t(make, lambda: d.write(buf))
`;
    expect(program(source)).toBe('48 1808\n32 560\n');
  });
});
