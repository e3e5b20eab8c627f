/**
 * How fast the built lexer is, in MB/s, on a generated program of 300 KB, and whether time is linear in its size.
 * Run `npm run build` first: sources under a test runner have no inlined const enums.
 */
import { best as bestOf, figures } from '../../../tools/bench-figures.mjs';
import { Lexer, tokenize } from '../dist/index.js';

const PIECE = (i) => `
@decorator(${i})
def function_${i}(self, first, second=0x${i.toString(16)}, *rest, **options):
    """A docstring of function ${i},
    in two lines."""
    if first is None and not second >= ${i}.5e3:  # a comment about it
        for index, value in enumerate(rest[1:-1]):
            self.values[index] += value ** 2 // (first - ${i}) << 3
            text = 'name' "\\t" b'\\x00\\xff'.decode() + "plain text %d" % value
    elif options.get("key") != 'other':
        raise ValueError('out of range', [first, second, {"a": 1, "b": (2, 3)}])
    return lambda x: x if x else -${i}
`;

function program(bytes, extra = '') {
  let text = '';
  for (let i = 0; text.length < bytes; i++) text += PIECE(i) + extra;
  return new Uint8Array(Buffer.from(text));
}

function drain(source) {
  const lexer = new Lexer(source);
  let tokens = 1;
  while (lexer.kind !== 0) {
    lexer.next();
    tokens++;
  }
  return tokens;
}

const best = (run, times = 15) => bestOf(run, times);
const results = { mbPerSecond: {}, nsPerByte: {} };

function report(name, bytes, run) {
  const ms = best(run);
  console.log(`${name.padEnd(34)} ${ms.toFixed(2).padStart(8)} ms  ${(bytes / ms / 1000).toFixed(1).padStart(6)} MB/s`);
  results.mbPerSecond[name] = bytes / ms / 1000;
  return ms;
}

const source = program(300_000);
const text = Buffer.from(source).toString();
console.log(`${source.length} bytes, ${drain(source)} tokens`);
report('Lexer, bytes', source.length, () => drain(source));
report('Lexer, string', source.length, () => drain(text));
report('Lexer and every text', source.length, () => {
  const lexer = new Lexer(text);
  for (; lexer.kind !== 0; lexer.next()) lexer.text;
});
report('tokenize()', source.length, () => {
  for (const token of tokenize(text)) token.kind;
});
const formats = program(300_000, '    print(f"{a}: {b!r:>{w}} and {c=}", f\'{d["k"]}\')\n');
report('Lexer, with f-strings', formats.length, () => drain(formats));

console.log('\ntime by size (ns per byte; linear if they agree)');
for (const size of [30_000, 300_000, 3_000_000]) {
  const part = program(size);
  const mixed = program(size, '    print(f"{a}: {b!r:>{w}}")\n');
  const texts = {
    plain: part,
    'f-strings': mixed,
    brackets: '('.repeat(size),
    'one string': `"${'x'.repeat(size)}"`,
  };
  const cells = Object.entries(texts).map(([name, text]) => {
    const ns = (best(() => drain(text), 5) * 1e6) / text.length;
    results.nsPerByte[name] = { ...results.nsPerByte[name], [size]: ns };
    return `${name} ${ns.toFixed(1)}`;
  });
  console.log(`${String(size).padStart(9)}  ${cells.join('  ')}`);
}
figures('lexer', results);
