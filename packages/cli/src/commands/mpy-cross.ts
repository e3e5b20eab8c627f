/**
 * `tsmp compile`, alias `tsmp mpy-cross`: mpy-cross's command line. Its rules are not GNU's, so it has its own parser: what it prints,
 * where, and how it ends are mpy-cross's. Two things differ: `--help` ends with 0, and native code is refused.
 * Counterpart: mpy-cross/main.c.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { compile, CompileError } from '@tsmp/compiler';
import { MPY_SUB_VERSION, MPY_VERSION, writeMpy } from '@tsmp/mpy-format';
import { print, writeAll } from '../output.js';
import { MICROPYTHON_DATE, MICROPYTHON_VERSION } from '../version.js';

/** What the command line asks for, or how it ends at once. */
export type CrossRequest =
  | {
      readonly kind: 'compile';
      readonly input: string;
      readonly output: string | undefined;
      readonly sourceName: string | undefined;
      readonly optLevel: number;
      /** As the header has it: 0 to 255. */
      readonly smallIntBits: number;
      readonly sourceLines: boolean;
    }
  | { readonly kind: 'end'; readonly status: number; readonly stdout: string; readonly stderr: string };

/** The `-march=` names; `host` is the machine that mpy-cross runs on. */
const ARCHITECTURES: readonly string[] =
  'x86 x64 armv6 armv6m armv7m armv7em armv7emsp armv7emdp xtensa xtensawin rv32imc rv64imc host debug'.split(' ');

/** Flags of rv32imc, as bits. */
const RV32_FLAGS: ReadonlyMap<string, number> = new Map([
  ['zba', 1],
  ['zcmp', 2],
]);

/** The text of `--help` and of a wrong command line. */
export const USAGE = `usage: tsmp mpy-cross [<opts>] [-X <implopt>] [--] <input filename>
Options:
--version : show version information
-o : file for the bytecode (default: the input's name with .mpy; standard output if the input is standard input)
-s : name of the source to embed (default: the input file)
-v : accepted, does nothing; can be multiple
-O[N] : optimisation level N: 1 drops assertions, 3 line numbers

Target specific options:
-msmall-int-bits=number : bits of a small int (default 31)
-march=<arch> : architecture for native code (not supported): ${ARCHITECTURES.slice(0, 8).join(', ')},
                ${ARCHITECTURES.slice(8).join(', ')}
-march-flags=<flags> : flags of the architecture

Implementation specific options:
  emit={bytecode,native,viper} -- default code emitter (bytecode only)
  heapsize=<n> -- accepted; memory is not limited
  source-lines    -- include source line numbers (default)
  no-source-lines -- exclude source line numbers
`;

function ended(status: number, stdout: string, stderr = ''): CrossRequest {
  return { kind: 'end', status, stdout, stderr };
}

/** A number as C's strtol with base 0 reads it, and what follows it. */
function strtol(text: string): { value: number; rest: string } {
  const m = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
  if (m === null) return { value: 0, rest: text };
  const digits = m[2] as string;
  const octal = /^0[0-7]/.test(digits);
  const value = octal ? Number.parseInt(digits, 8) : Number(digits);
  return { value: m[1] === '-' ? -value : value, rest: text.slice(m[0].length) };
}

/** Whether rv32imc has these flags: a number in any base, or names joined by commas. */
function areRv32Flags(text: string): boolean {
  const number = /^(?:0x[0-9a-f]+|0o[0-7]+|0b[01]+|[1-9]\d*|0)$/i.test(text) ? Number(text) : undefined;
  if (number !== undefined) return number <= 3;
  const names = text.replace(/,$/, '').split(',');
  return names.every((name) => RV32_FLAGS.has(name));
}

/** Reads the command line. */
export function parseCross(argv: readonly string[]): CrossRequest {
  let emit = 'bytecode';
  let sourceLines = true;
  // mpy-cross reads all -X first, even behind a --
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] !== '-X') continue;
    const option = argv[++i];
    if (option === undefined) return ended(1, USAGE);
    if (/^emit=(bytecode|native|viper)$/.test(option)) emit = option.slice(5);
    else if (option === 'source-lines' || option === 'no-source-lines') sourceLines = option === 'source-lines';
    else if (!option.startsWith('heapsize=')) return ended(1, USAGE);
  }
  let input: string | undefined;
  let output: string | undefined;
  let sourceName: string | undefined;
  let optLevel = 0;
  let smallIntBits = 31;
  let arch: string | undefined;
  let archFlags: string | undefined;
  let options = true;
  for (let i = 0; i < argv.length; i++) {
    const a = argv[i] as string;
    if (!options || !a.startsWith('-') || a === '-') {
      if (input !== undefined) return ended(1, '', 'multiple input files\n');
      input = a.replaceAll('\\', '/');
    } else if (a === '-X') i++;
    else if (a === '--version') return ended(0, VERSION_TEXT);
    else if (a === '--help' || a === '-h') return ended(0, USAGE + COMPILE_EXAMPLES);
    else if (a === '-v') continue;
    else if (a.startsWith('-O')) {
      const digit = /^-O(\d)/.exec(a)?.[1];
      optLevel = digit !== undefined ? Number(digit) : ((/^-(O+)/.exec(a) as RegExpExecArray)[1]?.length ?? 0);
    } else if (a === '-o' || a === '-s') {
      const value = argv[++i];
      if (value === undefined) return ended(1, USAGE);
      if (a === '-o') output = value;
      else sourceName = value.replaceAll('\\', '/');
    } else if (a.startsWith('-msmall-int-bits=')) {
      const { value, rest } = strtol(a.slice('-msmall-int-bits='.length));
      if (rest !== '') return ended(1, USAGE);
      smallIntBits = value & 0xff;
    } else if (a.startsWith('-march=')) {
      arch = a.slice('-march='.length);
      if (!ARCHITECTURES.includes(arch)) return ended(1, USAGE);
    } else if (a.startsWith('-march-flags=')) archFlags = a.slice('-march-flags='.length);
    else if (a === '--') options = false;
    else return ended(1, USAGE);
  }
  if (arch !== undefined && archFlags !== undefined && !(arch === 'rv32imc' && areRv32Flags(archFlags)))
    return ended(1, '', 'unrecognised arch flags\n');
  if (emit !== 'bytecode' && arch === undefined) return ended(1, '', 'arch not specified\n');
  if (input === undefined) return ended(1, '', 'no input file\n');
  if (emit !== 'bytecode') return ended(1, '', `-X emit=${emit}: native code is not supported\n`);
  if (arch !== undefined) return ended(1, '', `-march=${arch}: native code is not supported\n`);
  return { kind: 'compile', input, output, sourceName, optLevel, smallIntBits, sourceLines };
}

const VERSION_TEXT = `MicroPython ${MICROPYTHON_VERSION} on ${MICROPYTHON_DATE}; mpy-cross emitting mpy v${MPY_VERSION}.${MPY_SUB_VERSION}\n`;

/** Shown below the usage. */
export const COMPILE_EXAMPLES =
  '\nExamples:\n  tsmp compile app.py -o app.mpy\n  tsmp compile -O3 -s app.py - < app.py > app.mpy\n';

/** The numbers that MicroPython's host has for what can go wrong. */
const ERRNOS: Readonly<Record<string, number>> = {
  ENOENT: 2,
  EACCES: 13,
  ENOTDIR: 20,
  EISDIR: 21,
  EROFS: 30,
  ELOOP: 40,
};

/** What MicroPython prints for a file that cannot be opened. */
function cannotOpen(error: unknown, name: string): string {
  return `OSError: (${ERRNOS[(error as NodeJS.ErrnoException).code ?? ''] ?? 5}, "can't open ${name}")\n`;
}

/** Runs the command; answers the exit status. */
export function mpyCross(argv: readonly string[]): number {
  const request = parseCross(argv);
  if (request.kind === 'end') {
    print(request.stdout);
    process.stderr.write(request.stderr);
    return request.status;
  }
  const { input, optLevel, smallIntBits, sourceLines } = request;
  let source: Uint8Array;
  try {
    source = readFileSync(input === '-' ? 0 : input);
  } catch (e) {
    // a folder can be opened, but not read
    const isFolder = (e as NodeJS.ErrnoException).code === 'EISDIR';
    process.stderr.write(isFolder ? `OSError: ${ERRNOS.EISDIR}\n` : cannotOpen(e, input));
    return 1;
  }
  let bytes: Uint8Array;
  try {
    // A shift by the number of bits less one, of which the processor takes six bits; mpy-cross's own small ints have 63.
    const bits = Math.min(63, ((smallIntBits - 1) & 63) + 1);
    const fileName = request.sourceName ?? (input === '-' ? '<stdin>' : input);
    const level = Math.min(3, optLevel) as 0 | 1 | 2 | 3;
    const module = compile(source, { fileName, optLevel: level, smallIntBits: bits, sourceLines });
    bytes = writeMpy(module, { smallIntBits });
  } catch (e) {
    if (!(e instanceof CompileError)) throw e;
    // -s names the source for the compiler; the parser speaks of the file that it reads
    const read = input === '-' ? '<stdin>' : input;
    const shown = e.block === null ? new CompileError(e.type, e.message, read, e.line, e.column, null) : e;
    process.stderr.write(`${shown.format()}\n`);
    return 1;
  }
  const output = request.output ?? (input === '-' ? '-' : `${input.slice(0, -2)}mpy`);
  if (output === '-') writeAll(1, bytes);
  else {
    try {
      writeFileSync(output, bytes);
    } catch (e) {
      process.stderr.write(cannotOpen(e, output));
      return 1;
    }
  }
  return 0;
}
