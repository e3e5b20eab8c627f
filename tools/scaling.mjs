// Measures what has to be linear (or flat) in the size of its input, and writes docs/scaling.md with its plot docs/scaling.svg.
//   npm run scaling                  (after npm run build; about two minutes)
//   node tools/scaling.mjs --quick   small sizes, writes nothing: only says whether every exponent is in bounds
// Each series is timed at several sizes; its exponent is the slope of the line through log(size), log(time). Linear work has 1. Work
// that outgrows the processor's caches has a little more, so the bound is 1.2. Exit status 1 if a series is beyond it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createBoard } from '../packages/cli/dist/index.js';
import { compile, toMpy } from '../packages/compiler/dist/index.js';
import { Heap, LinearMemory } from '../packages/gc/dist/index.js';
import { Lexer, tokenize } from '../packages/lexer/dist/index.js';

const BOUND = 1.2;
const self = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const quick = process.argv.includes('--quick');
const encoder = new TextEncoder();

const PIECE = (i) => `
def function_${i}(first, second=${i}, *rest, **options):
    if first is None and not second >= ${i}.5e3:  # a comment about it
        for index, value in enumerate(rest[1:-1]):
            first.values[index] += value ** 2 // (first - ${i}) << 3
            text = 'name' "\\t" + b'bytes'.decode() + "plain text %d" % value
    elif options.get("key") != 'other':
        raise ValueError('out of range', [first, second, {"a": 1, "b": (2, 3)}])
    return lambda x: x if x else -${i}
`;

function program(bytes) {
  let text = '';
  for (let i = 0; text.length < bytes; i++) text += PIECE(i);
  return encoder.encode(text);
}

/**
 * Best time of some runs, ms; `make` prepares a run outside of the timing. The processor's time, JavaScript's collector included, so that
 * what else the machine does counts less; short runs are timed several at once, since that clock is coarse.
 */
function best(make, run) {
  let ms = Infinity;
  let batch = 1;
  const until = performance.now() + 700;
  for (let i = 0; i < 5 || performance.now() < until; i++) {
    const inputs = Array.from({ length: batch }, make);
    const before = process.cpuUsage();
    for (const input of inputs) run(input);
    const { user, system } = process.cpuUsage(before);
    const each = (user + system) / 1000 / batch;
    if (each * batch < 8) batch = Math.min(200, batch * 2);
    else ms = Math.min(ms, each);
  }
  return ms;
}

/** Bytes of JavaScript's memory that a result for `n` bytes of source takes: several are kept, so that small ones can be seen. */
function retained(n, run) {
  const count = Math.max(1, Math.round(2_000_000 / n));
  run();
  gc();
  gc();
  const before = process.memoryUsage();
  const kept = Array.from({ length: count }, run);
  gc();
  gc();
  const after = process.memoryUsage();
  return (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / kept.length;
}

const HEAP = 160 * 1024 * 1024;
function board(stdout = () => undefined) {
  return createBoard({ board: 'unix32', heap: HEAP, stdout });
}

/** Starts a program on a board; answers the board. */
function loaded(b, bytes, name) {
  b.start(bytes, name);
  return b;
}

/** Runs a Python program on a board to its end. */
function python(b, source) {
  b.start(encoder.encode(source), 'main.py');
  const result = b.runToEnd();
  if (result.reason === 'done') return;
  if (result.reason === 'raised') b.reportException(result.exception);
  throw new Error(`the program ended with ${result.reason}`);
}

/**
 * Time of `body`, which goes once through all entries, in ms: of the best of many runs, on a board where `setup` has made the keys.
 * The processor's time, not the clock's: an operation takes long enough to be interrupted by what else the machine does.
 */
function pass(setup, body, n) {
  const b = board((bytes) => process.stderr.write(bytes));
  python(b, `${setup(n)}\ndef main(turns):\n    for _ in range(turns):\n${body}\n`);
  const turns = Math.max(1, Math.round(20_000 / n));
  let ms = Infinity;
  for (let i = 0; i < 9; i++) {
    const before = process.cpuUsage();
    python(b, `main(${turns})`);
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1000 / turns);
  }
  return ms;
}

const SIZES = quick ? [20_000, 60_000, 200_000] : [10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000];
const ENTRIES = quick ? [1000, 10_000] : [100, 1000, 10_000, 30_000, 100_000];
const HEAPS = quick ? [256, 1024, 4096] : [64, 256, 1024, 4096, 16_384];

const bySize = (what, measure) => ({ what, per: 'byte', xs: SIZES, measure });
const byEntries = (what, setup, body) => ({
  what,
  per: 'operation',
  xs: ENTRIES,
  flat: true,
  measure: (n) => pass(setup, body, n),
});

const ints = (n) => `d = {i * 7: i for i in range(${n})}\nkeys = list(d)\ns = set(keys)`;
const strs = (n) => `d = {'key%d' % i: i for i in range(${n})}\nkeys = list(d)\ns = set(keys)`;
const get = '        for k in keys:\n            d[k]';
const put = '        for k in keys:\n            d[k] = 1';
const cycle = '        for k in keys:\n            del d[k]\n            d[k] = 1';
const has = '        for k in keys:\n            k in s';
const build = '        e = {}\n        for k in keys:\n            e[k] = 1';
const fill = '        e = set()\n        for k in keys:\n            e.add(k)';
const drop = '        for k in keys:\n            s.discard(k)\n            s.add(k)';

/** A binary tree of one-block objects that fills 60 % of a heap; what is not in it is garbage. */
function treeHeap(kib) {
  const memory = new LinearMemory(kib * 1024 + 1024);
  let top = 0;
  const heap = new Heap(memory, 16, kib * 1024, { markRoots: (h) => h.markWord(top) });
  const nodes = Math.floor(heap.blocks * 0.6);
  const address = new Int32Array(nodes);
  for (let i = 0; i < nodes; i++) address[i] = heap.alloc(16);
  for (let i = 1; i < nodes; i++) memory.i32[(address[(i - 1) >> 1] >> 2) + 1 + (i & 1)] = address[i];
  top = address[0];
  heap.logTop = heap.logBase;
  return heap;
}

/**
 * JavaScript's collector is to work alike at all sizes: what it copies because its room for new objects is full costs
 * as much as compiling, and small inputs would never fill the room that it has by itself.
 */
const FLAGS = ['--expose-gc', '--max-old-space-size=4096', '--min-semi-space-size=1', '--max-semi-space-size=1'];

/** Series by name; each runs in a process of its own, so that none meets another's garbage or optimised code. */
const SERIES = {
  lexing: bySize('the lexer over a program', (n) => {
    const source = program(n);
    return best(
      () => new Lexer(source),
      (lexer) => {
        while (lexer.kind !== 0) lexer.next();
      },
    );
  }),
  compiling: bySize('source to bytecode', (n) => {
    const source = program(n);
    return best(
      () => source,
      (s) => compile(s, { fileName: 'big.py' }),
    );
  }),
  'loading .mpy': bySize('a .mpy file into a board: reading, verifying, laying out (by bytes of its source)', (n) => {
    const mpy = toMpy(compile(program(n), { fileName: 'big.py' }));
    return best(board, (b) => loaded(b, mpy, 'big.mpy'));
  }),
  'loading .py': bySize('source on a board: compiled with its memory charged, laid out and run', (n) => {
    const source = program(n);
    return best(board, (b) => loaded(b, source, 'big.py').runToEnd());
  }),
  'memory of tokens': {
    ...bySize('JavaScript memory of the list of tokens', (n) => {
      const source = program(n);
      return retained(n, () => [...tokenize(source)]);
    }),
    unit: 'bytes',
  },
  'memory of modules': {
    ...bySize('JavaScript memory of a compiled module', (n) => {
      const source = program(n);
      return retained(n, () => compile(source, { fileName: 'big.py' }));
    }),
    unit: 'bytes',
  },
  'board memory, .mpy': {
    ...bySize('peak of the board’s heap while it loads a .mpy file', (n) => {
      const b = loaded(board(), toMpy(compile(program(n), { fileName: 'big.py' })), 'big.mpy');
      b.runToEnd();
      return b.vm.heap.stats().peak;
    }),
    unit: 'bytes',
  },
  'board memory, .py': {
    ...bySize('peak of the board’s heap while it compiles and loads source', (n) => {
      const b = loaded(board(), program(n), 'big.py');
      b.runToEnd();
      return b.vm.heap.stats().peak;
    }),
    unit: 'bytes',
  },
  'dict, get, ints': byEntries('d[k]', ints, get),
  'dict, get, strs': byEntries('d[k]', strs, get),
  'dict, store': byEntries('d[k] = 1 for a key that is there', ints, put),
  'dict, insert': byEntries('d[k] = 1 from an empty dict on', ints, build),
  'dict, delete and insert': byEntries('del d[k]; d[k] = 1', ints, cycle),
  'set, in': byEntries('k in s', strs, has),
  'set, add': byEntries('s.add(k) from an empty set on', ints, fill),
  'set, discard and add': byEntries('s.discard(k); s.add(k)', ints, drop),
  collection: {
    what: 'a collection of a heap of which 60 % is live, a tree of small objects',
    per: 'KiB',
    xs: HEAPS,
    measure: (kib) => {
      const heap = treeHeap(kib);
      return best(
        () => heap,
        (h) => h.collect(),
      );
    },
  },
};

/** The slope of log y over log x. */
function exponent(xs, ys) {
  const [lx, ly] = [xs.map(Math.log), ys.map(Math.log)];
  const mean = (l) => l.reduce((a, b) => a + b) / l.length;
  const [mx, my] = [mean(lx), mean(ly)];
  const over = lx.reduce((sum, x, i) => sum + (x - mx) * (ly[i] - my), 0);
  return over / lx.reduce((sum, x) => sum + (x - mx) ** 2, 0);
}

const one = process.argv[process.argv.indexOf('--series') + 1];
if (process.argv.includes('--series')) {
  const { xs, measure } = SERIES[one];
  measure(xs[1]); // warm
  console.log(JSON.stringify(xs.map(measure)));
} else {
  report();
}

function report() {
  const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : '';
  const rows = [];
  for (const [name, { xs, what, per, unit = 'ms', flat }] of Object.entries(SERIES)) {
    if (!name.includes(only)) continue;
    const argv = [...FLAGS, self, '--series', name, ...(quick ? ['--quick'] : [])];
    // what else the machine does makes a measurement longer, never shorter: one that is out of bounds is taken again
    let ys = xs.map(() => Infinity);
    for (let i = 0; i < 3 && !(exponent(xs, ys) <= BOUND); i++) {
      const r = spawnSync(process.execPath, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
      if (r.status !== 0) throw new Error(`${name} failed`);
      ys = JSON.parse(r.stdout).map((y, k) => Math.min(y, ys[k]));
    }
    const row = { name, what, per, unit, flat, xs, ys, exponent: exponent(xs, ys) };
    rows.push(row);
    console.log(`${name.padEnd(24)} ${row.exponent.toFixed(2)}   ${cellsOf(row).join('  ')}`);
  }
  const bad = rows.filter((row) => row.exponent > BOUND);
  for (const { name, exponent: e } of bad) console.error(`${name}: exponent ${e.toFixed(2)} is beyond ${BOUND}`);
  if (bad.length > 0) process.exitCode = 1;
  if (quick || only !== '') return;
  writeFileSync(`${root}docs/scaling.svg`, svg(rows));
  writeFileSync(`${root}docs/scaling.md`, page(rows));
}

/** What a unit of each size costs: ns, or bytes of memory. */
function cellsOf({ xs, ys, unit }) {
  return ys.map((y, i) => ((unit === 'ms' ? y * 1e6 : y) / xs[i]).toPrecision(3).replace(/e\+(\d+)/, 'e$1'));
}

function table(rows, of) {
  const xs = rows[0].xs;
  const head = `| | exponent | ${xs.map((x) => x.toLocaleString('en')).join(' | ')} |\n|---|---:|${'---:|'.repeat(xs.length)}\n`;
  const lines = rows.map(
    (row) => `| ${row.name}: ${row.what} | ${row.exponent.toFixed(2)} | ${cellsOf(row).join(' | ')} |\n`,
  );
  return `${of}\n\n${head}${lines.join('')}`;
}

function page(rows) {
  const group = (test) => rows.filter(test);
  return `# Time and memory by size

Written by \`npm run scaling\` (after \`npm run build\`), which measures all of this anew. Each row has what one unit costs at each
size: linear work has the same figure in every column. The exponent is the slope of the line through the logarithms of
size and time (1: linear). Caches and JavaScript's own collector raise it a little; the command fails beyond ${BOUND}.

Measured with Node ${process.version} on ${cpus()[0]?.model ?? 'an unknown processor'}, ${cpus().length} cores.

![time by size, both logarithmic](scaling.svg)

${table(
  group((r) => r.per === 'byte' && r.unit === 'ms'),
  '## Programs\n\nNanoseconds a byte of source, by bytes of source.',
)}
${table(
  group((r) => r.unit === 'bytes'),
  '## Memory for programs\n\nBytes of memory a byte of source, by bytes of source.',
)}
${table(
  group((r) => r.flat),
  '## Dicts and sets\n\nNanoseconds an operation, by entries, the loop around it included. Flat means exponent 1 here, too: the operations\nof all entries take as much longer as there are more of them.',
)}
${table(
  group((r) => r.per === 'KiB'),
  '## Collections\n\nNanoseconds a KiB of heap, by KiB of heap.',
)}`;
}

/** A plot of all times, each relative to its first: parallel to the diagonal is linear. */
function svg(rows) {
  const [width, height, left, topMargin, side] = [860, 560, 60, 20, 470];
  const timed = rows.filter((row) => row.unit === 'ms');
  const decades = Math.ceil(Math.log10(Math.max(...timed.flatMap((row) => row.ys.map((y) => y / row.ys[0])))));
  const scale = side / Math.max(3, decades);
  const x = (v) => left + Math.log10(v) * scale;
  const y = (v) => topMargin + side - Math.log10(v) * scale;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>Time by size</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
  ];
  for (let d = 0; d <= Math.max(3, decades); d++) {
    const at = 10 ** d;
    parts.push(
      `<path d="M${x(at)} ${topMargin}V${topMargin + side}M${left} ${y(at)}H${left + side}" stroke="#ddd"/>`,
      `<text x="${x(at)}" y="${topMargin + side + 18}" text-anchor="middle">${at}</text>`,
      `<text x="${left - 6}" y="${y(at) + 4}" text-anchor="end">${at}</text>`,
    );
  }
  parts.push(
    `<text x="${left + side / 2}" y="${topMargin + side + 40}" text-anchor="middle">size, relative to the smallest</text>`,
    `<text transform="translate(16 ${topMargin + side / 2}) rotate(-90)" text-anchor="middle">time, relative to that of the smallest</text>`,
    `<path d="M${x(1)} ${y(1)}L${left + side} ${topMargin}" stroke="#999" stroke-dasharray="6 4"/>`,
  );
  timed.forEach((row, i) => {
    const colour = `hsl(${Math.round((i * 360) / timed.length)} 70% 40%)`;
    const points = row.xs.map((v, k) => `${x(v / row.xs[0]).toFixed(1)},${y(row.ys[k] / row.ys[0]).toFixed(1)}`);
    parts.push(
      `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
      `<path d="M${left + side + 20} ${topMargin + 12 + i * 22}h24" stroke="${colour}" stroke-width="3"/>`,
      `<text x="${left + side + 52}" y="${topMargin + 16 + i * 22}">${row.name}: ${row.exponent.toFixed(2)}</text>`,
    );
  });
  parts.push(
    `<path d="M${left + side + 20} ${topMargin + 12 + timed.length * 22}h24" stroke="#999" stroke-dasharray="6 4"/>`,
    `<text x="${left + side + 52}" y="${topMargin + 16 + timed.length * 22}">linear: 1</text>`,
    '</svg>',
  );
  return `${parts.join('\n')}\n`;
}
