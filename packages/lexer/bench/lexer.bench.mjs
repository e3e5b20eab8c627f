/**
 * How fast the built lexer is, in MB/s, on a generated program of 300 KB, and whether time is linear in its size.
 * Run `npm run build` first: sources under a test runner have no inlined const enums.
 */
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

/** The best of several runs, in milliseconds. */
function best(run, times = 15) {
  let fastest = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    run();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest;
}

function report(name, bytes, run) {
  const ms = best(run);
  console.log(`${name.padEnd(34)} ${ms.toFixed(2).padStart(8)} ms  ${(bytes / ms / 1000).toFixed(1).padStart(6)} MB/s`);
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
  const perByte = (run, bytes) => ((best(run, 5) * 1e6) / bytes).toFixed(1);
  console.log(
    `${String(size).padStart(9)}  plain ${perByte(() => drain(part), part.length)}  ` +
      `f-strings ${perByte(() => drain(mixed), mixed.length)}  ` +
      `brackets ${perByte(() => drain('('.repeat(size)), size)}  one string ${perByte(() => drain(`"${'x'.repeat(size)}"`), size)}`,
  );
}
