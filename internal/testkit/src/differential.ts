/**
 * Comparing random programs with the reference: batches of them run here and there, and what differs is either excused, with
 * a reason, or reported.
 */
import { batchOf, generateProgram, splitBatch } from './generate.js';
import { seededRandom } from './random.js';
import { runReference } from './reference.js';

/** A program whose outputs differ. */
export interface Difference {
  /** The program's seed: `generateProgram(seededRandom(seed))` makes it again. */
  readonly seed: number;
  readonly program: string;
  readonly reference: string;
  readonly ours: string;
  /** First lines that differ. */
  readonly lines: readonly [string, string];
  /** Why that is as it should be; undefined for a bug. */
  readonly reason: string | undefined;
}

interface Excuse {
  readonly reason: string;
  /** Looks at the first lines that differ, then at the whole outputs. */
  readonly holds: (reference: string, ours: string, outputs: readonly [string, string], program: string) => boolean;
}

/** Text with its characters in order, so that only the order of parts is lost. */
function sorted(text: string): string {
  return [...text].sort().join('');
}

/** What the reference (release 1.27) does otherwise than the commit that is followed here. docs/fuzzing.md lists the same. */
const EXCUSES: readonly Excuse[] = [
  {
    reason: 'the order of sets and dicts of tuples and objects depends on addresses',
    holds: (_r, _o, [a, b]) => sorted(a) === sorted(b),
  },
  {
    reason: 'the order of sets and dicts of tuples and objects depends on addresses',
    holds: (r, o) => r.length > 8 && sorted(r) === sorted(o),
  },
  {
    reason: 'the order of sets and dicts of tuples and objects depends on addresses',
    holds: (r, o, _outputs, program) => /zip\((frozen)?set\(/.test(program) && r[0] === '{' && o[0] === '{',
  },
  {
    reason: '1.27 writes non-ASCII characters of a repr as escapes',
    holds: (r, o) => /\P{ASCII}/u.test(o) && /\\[xu]/.test(r),
  },
  {
    reason: '1.27 has no int arguments of bytes.find, count and index',
    holds: (r) => /can't convert '(int|bool)' object to str implicitly/.test(r),
  },
  {
    reason: '1.27 pads by bytes, not characters',
    holds: (r, o) => /\P{ASCII}/u.test(o) && r.replace(/ /g, '') === o.replace(/ /g, ''),
  },
  {
    reason: '1.27 has other messages of chr() and binascii',
    holds: (r) => /chr\(\) arg not in range|'Incorrect padding'/.test(r),
  },
  {
    reason: '1.27 takes what is no buffer where a buffer is asked for',
    holds: (_r, o) => o.includes('object with buffer protocol required'),
  },
  {
    reason: 'the WebAssembly build aligns numbers of 8 bytes by 8',
    holds: (r, o, _outputs, program) => program.includes("calcsize('") && Number(r) === 16 && Number(o) === 12,
  },
  {
    reason: "the reference's heap grows",
    holds: (_r, o) => o.includes('MemoryError'),
  },
  {
    reason: '1.27 returns the bytes themselves, of no length, from hex()',
    holds: (r, o, _outputs, program) => r === "b''" && o === "''" && /\.hex\(/.test(program),
  },
  {
    reason: "the last digit of functions of math and of powers is the C library's",
    holds: (r, o, _outputs, program) => /math\.|\*\*|pow\(/.test(program) && nearlyEqual(r, o),
  },
  {
    reason: '1.27 does not look at encodings',
    holds: (_r, o, _outputs, program) =>
      program.includes('str(') && /unknown encoding|can't convert '\w+' object to str/.test(o),
  },
];

/** Whether two lines differ in the last digits of numbers only. */
function nearlyEqual(a: string, b: string): boolean {
  const number = /-?\d+\.\d+(e[-+]?\d+)?/g;
  const x = a.match(number) ?? [];
  const y = b.match(number) ?? [];
  if (x.length !== y.length || a.replace(number, '#') !== b.replace(number, '#')) return false;
  return x.every((text, i) => Math.abs(Number(text) - Number(y[i])) <= 1e-14 * Math.abs(Number(text)));
}

function reasonFor(d: Omit<Difference, 'reason'>): string | undefined {
  return EXCUSES.find((e) => e.holds(d.lines[0], d.lines[1], [d.reference, d.ours], d.program))?.reason;
}

/** Addresses in the text of objects say nothing. */
function withoutAddresses(text: string): string {
  return text
    .replace(/\b(object|function|generator|closure)( \S+)? at (0x)?[0-9a-f]+/gi, '$1')
    .replace(/<bound_method [0-9a-f]+ /g, '<bound_method ');
}

function compare(seed: number, program: string, theirs: string, mine: string): Difference | undefined {
  const reference = withoutAddresses(theirs);
  const ours = withoutAddresses(mine);
  if (reference === ours) return undefined;
  const a = reference.split('\n');
  const b = ours.split('\n');
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const d = { seed, program, reference, ours, lines: [a[i] ?? '', b[i] ?? ''] as const };
  return { ...d, reason: reasonFor(d) };
}

async function printedByReference(text: string): Promise<string> {
  const ran = await runReference(text, { heapSize: 4 * 1024 * 1024 });
  return ran.stdout + ran.traceback;
}

/**
 * Runs the programs of seeds `first` … `first + count − 1` on the reference and with `run`, which answers what a text prints.
 * Answers the programs whose outputs differ. `runOther` stands for the reference.
 */
export async function compareSeeds(
  first: number,
  count: number,
  run: (text: string) => string,
  runOther: (text: string) => Promise<string> = printedByReference,
): Promise<readonly Difference[]> {
  const programs = Array.from({ length: count }, (_, i) => generateProgram(seededRandom(first + i)));
  const text = batchOf(programs);
  const reference = splitBatch(await runOther(text));
  const ours = splitBatch(run(text));
  return programs.flatMap((program, i) => {
    const d = compare(first + i, program, reference[i] ?? '(nothing)', ours[i] ?? '(nothing)');
    return d === undefined ? [] : [d];
  });
}

/** A difference as a report. */
export function describeDifference(d: Difference): string {
  return `seed ${d.seed}${d.reason === undefined ? '' : ` (${d.reason})`}\n  reference: ${d.lines[0].slice(0, 200)}\n       ours: ${d.lines[1].slice(0, 200)}`;
}
