/** `tsmp inspect`: what is in `.mpy` files, with the options of upstream's mpy-tool that need no C compiler. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  disassemble,
  formatHexdump,
  formatInspection,
  formatListing,
  inspectMpy,
  mergeModules,
  type MpyFile,
  MpyFormatError,
  MpyVerifyError,
  readMpy,
  segmentsOfKind,
  verifyModule,
  writeMpy,
} from '@tsmp/mpy-format';
import { print, writeAll } from '../output.js';
import { UserError } from '../errors.js';
import { readProgram } from '../program-file.js';

interface InspectFlags {
  readonly hexdump?: boolean;
  readonly disassemble?: boolean;
  readonly json?: boolean;
  readonly verify?: boolean;
  readonly merge?: boolean;
  readonly extract?: string;
  readonly extractOnly?: string;
  readonly output?: string;
}

interface Input {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Runs `f` for a file; what is wrong with the file is the user's to know. */
function of<T>(name: string, f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof MpyFormatError || e instanceof MpyVerifyError) throw new UserError(`${name}: ${e.message}`, 1);
    throw e;
  }
}

function save(name: string, bytes: Uint8Array): void {
  try {
    writeFileSync(name, bytes);
  } catch (e) {
    throw new UserError(`can't write '${name}': ${(e as Error).message}`);
  }
}

function show(inputs: readonly Input[], flags: InspectFlags): void {
  const data = inputs.map(({ name, bytes }) =>
    of(name, () => {
      const inspection = inspectMpy(bytes);
      if (flags.json === true) return { name, inspection, text: '' };
      let text = '';
      if (flags.hexdump === true) text += formatHexdump(bytes, inspection);
      if (flags.disassemble === true) text += formatListing(disassemble(readMpy(bytes).module));
      return { name, inspection, text: text === '' ? formatInspection(inspection) : text };
    }),
  );
  if (flags.json === true) {
    const plain = data.map(({ name, inspection }) => ({ name, ...inspection }));
    print(`${JSON.stringify(plain.length === 1 ? plain[0] : plain, null, 2)}\n`);
  } else for (const { name, text } of data) print(data.length === 1 ? text : `== ${name}\n${text}`);
}

function merge(inputs: readonly Input[], output: string | undefined): void {
  let bytes = inputs[0]?.bytes ?? new Uint8Array(0);
  if (inputs.length > 1) {
    const files: MpyFile[] = inputs.map(({ name, bytes: b }) => of(name, () => readMpy(b)));
    const native = files.find(({ header }) => header.arch !== 0)?.header;
    const smallIntBits = Math.max(...files.map(({ header }) => header.smallIntBits));
    bytes = of('merging', () =>
      writeMpy(mergeModules(files.map(({ module }) => module)), {
        smallIntBits,
        arch: native?.arch ?? 0,
        archFlags: native?.archFlags ?? 0,
      }),
    );
  }
  if (output === undefined || output === '-') writeAll(1, bytes);
  else save(output, bytes);
}

/** Writes each segment to a file of its own, named as mpy-tool names it. */
function extract(inputs: readonly Input[], base: string, only: string | undefined): void {
  const kinds = only?.toLowerCase().split(',') ?? [];
  const all = inputs.flatMap(({ name, bytes }) =>
    of(name, () => {
      const inspection = inspectMpy(bytes);
      return segmentsOfKind(inspection, kinds).map((segment) => ({ bytes, source: inspection.sourceFile, segment }));
    }),
  );
  const plain = (text: string): string => text.replace(/[^a-zA-Z0-9_.-]/g, '_');
  const digits = String(all.length).length;
  all.forEach(({ bytes, source, segment: { kind, name, start, end } }, i) => {
    const file = `${base}_${String(i).padStart(digits, '0')}_${plain(source)}_${kind.toUpperCase()}_${plain(name)}.bin`;
    save(file, bytes.subarray(start, end));
  });
}

export function addInspect(program: Command): void {
  program
    .command('inspect')
    .argument('<files...>', '.mpy files')
    .option('-x, --hexdump', 'the bytes, with what they mean')
    .option('-d, --disassemble', 'the bytecode')
    .option('-j, --json', 'everything as JSON: header, names, constants, code with line tables, segments')
    .option('--verify', 'check the code as a board does before it loads it')
    .option('--merge', 'join the files into one that runs them in order')
    .option('-e, --extract <base>', 'write the segments to files whose names start so')
    .option('--extract-only <kinds>', 'only segments of these kinds: meta, qstr, obj, code')
    .option('-o, --output <file>', 'where --merge writes; default: standard output')
    .description('show what is in .mpy files; merge or split them')
    .addHelpText(
      'after',
      '\nExamples:\n  tsmp inspect app.mpy\n  tsmp inspect -x -d app.mpy\n  tsmp inspect --merge -o both.mpy a.mpy b.mpy',
    )
    .action((names: string[], flags: InspectFlags) => {
      const inputs = names.map((name) => ({ name, bytes: readProgram(name) }));
      if (flags.verify === true) {
        for (const { name, bytes } of inputs) of(name, () => verifyModule(readMpy(bytes).module));
      }
      const acts = flags.merge === true || flags.extract !== undefined || flags.verify === true;
      const shows = flags.hexdump === true || flags.disassemble === true || flags.json === true;
      if (shows || !acts) show(inputs, flags);
      if (flags.merge === true) merge(inputs, flags.output);
      if (flags.extract !== undefined) extract(inputs, flags.extract, flags.extractOnly);
    });
}
