/**
 * How fast the built compiler is, stage by stage, on a program of 300 KB, and whether the time is linear in its size.
 *   node packages/compiler/bench/compile.bench.mjs [--file big.py] [--against path/to/mpy-cross]
 * With --against the same file goes through mpy-cross too, its start included (a few milliseconds), and the outputs are compared.
 * Run `npm run build` first.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { best, figures } from '../../../tools/bench-figures.mjs';
import { analyse, compile, compileMapped, parse, toMpy } from '../dist/index.js';
import { Lexer } from '../../lexer/dist/index.js';
import { disassemble, verifyModule } from '../../mpy-format/dist/index.js';

const PIECE = (i) => `
class Sensor_${i}(Base):
    """A docstring of class ${i}."""
    scale = ${i}.25
    limits = (${i}, -${i}, None, "a constant of some length ${i}")

    def read(self, first, second=0x${i.toString(16)}, *rest, **options):
        if first is None and not second >= ${i}.5e3:  # a comment about it
            for index, value in enumerate(rest[1:-1]):
                self.values_${i % 97}[index] += value ** 2 // (first - ${i}) << 3
                text = 'name' "\\t" + b'\\x00\\xff'.decode() + f"text {value:>8}"
        elif options.get("key") != 'other':
            raise ValueError('out of range', [first, second, {"a": 1, "b": (2, 3)}])
        try:
            with self.lock as held:
                return [x for x in rest if x.ok], held
        except (OSError, KeyError) as error:
            self.report(error, lambda x: x if x else -${i})
        finally:
            self.count += 1
`;

function program(bytes) {
  let text = '';
  for (let i = 0; text.length < bytes; i++) text += PIECE(i);
  return new Uint8Array(Buffer.from(text));
}

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

function drain(source) {
  const lexer = new Lexer(source, { tstrings: true });
  while (lexer.kind !== 0) lexer.next();
}

const file = option('--file');
const source = file === undefined ? program(300_000) : new Uint8Array(readFileSync(file));
const options = { fileName: 'big.py' };
const module = compile(source, options);
console.log(`${source.length} bytes of source, ${toMpy(module).length} of .mpy`);

const stages = {
  tokens: (s) => drain(s),
  'to the tree': (s) => parse(s, options),
  'to the scopes': (s) => analyse(parse(s, options), options),
  'to bytecode': (s) => compile(s, options),
  'to .mpy': (s) => toMpy(compile(s, options)),
  'to bytecode, with positions': (s) => compileMapped(s, options),
};
const results = { bytes: source.length, ms: {}, nsPerByte: {} };
const whole = { ...stages, listing: () => disassemble(module), verifying: () => verifyModule(module) };
for (const [name, run] of Object.entries(whole)) {
  const ms = best(() => run(source), 12);
  results.ms[name] = ms;
  console.log(`${name.padEnd(28)} ${ms.toFixed(2).padStart(9)} ms`);
}

const against = option('--against');
if (against !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'tsmp-bench-'));
  try {
    const [input, output] = [join(folder, 'big.py'), join(folder, 'big.mpy')];
    writeFileSync(input, source);
    const argv = ['-X', 'heapsize=256M', '-s', 'big.py', '-o', output, input];
    const theirs = best(() => execFileSync(against, argv), 5);
    const ours = best(() => toMpy(compile(source, options)), 12);
    const same = Buffer.compare(readFileSync(output), toMpy(compile(source, options))) === 0;
    console.log(
      `\nmpy-cross ${theirs.toFixed(1)} ms, this compiler warm ${ours.toFixed(1)} ms: ${(ours / theirs).toFixed(2)} times its time; ${same ? 'the same bytes' : 'DIFFERENT bytes'}`,
    );
    if (!same || ours > 3 * theirs) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

console.log('\ntime by size (ns per byte; linear if they agree)');
for (const size of [30_000, 300_000, 3_000_000]) {
  const part = program(size);
  const compiled = compile(part, options);
  const measured = {
    ...Object.fromEntries(Object.entries(stages).slice(0, 5)),
    verifying: () => verifyModule(compiled),
  };
  const cells = Object.entries(measured).map(([name, run]) => {
    const ns = (best(() => run(part), 5) * 1e6) / part.length;
    results.nsPerByte[name] = { ...results.nsPerByte[name], [part.length]: ns };
    return `${name} ${ns.toFixed(0)}`;
  });
  console.log(`${String(size).padStart(9)}  ${cells.join('  ')}`);
}
figures('compiler', results);
