/**
 * The language corpus (`conformance/`) and the examples, as data: programs, the files that they import, and what they must
 * print. How a program is run is the caller's.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runReference } from './reference.js';

/** A program of the corpus. */
export interface CorpusProgram {
  /** Path below the project's root, such as `conformance/int/power.py`. */
  readonly name: string;
  /** File name without folders: what the program is started as. */
  readonly fileName: string;
  readonly source: Uint8Array;
  /** What its sub-folders hold, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Text of `<name>.exp`, where the reference is known to print something else. */
  readonly recorded: string | undefined;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** All programs of a folder of the project, and of the folders in it that hold programs, sorted by name. */
export function corpusPrograms(folder: string): CorpusProgram[] {
  const names = readdirSync(join(ROOT, folder)).sort();
  const programs: CorpusProgram[] = [];
  const files = importable(folder, names);
  for (const fileName of names) {
    const name = `${folder}/${fileName}`;
    if (!fileName.endsWith('.py')) continue;
    const expected = join(ROOT, `${name}.exp`);
    programs.push({
      name,
      fileName,
      source: readFileSync(join(ROOT, name)),
      files,
      recorded: existsSync(expected) ? readFileSync(expected, 'utf8') : undefined,
    });
  }
  return programs;
}

/** The programs of every feature's folder in `conformance/`. `memory` is not among them: what they print depends on how they run. */
export function conformancePrograms(): CorpusProgram[] {
  return readdirSync(join(ROOT, 'conformance'))
    .sort()
    .filter((name) => name !== 'memory' && isFolder(join(ROOT, 'conformance', name)))
    .flatMap((name) => corpusPrograms(`conformance/${name}`));
}

const expected = new Map<string, Promise<string>>();

/** What a program must print: what was recorded, else what the real MicroPython prints. Each program is asked about once. */
export function expectedOutput(program: CorpusProgram): Promise<string> {
  let output = expected.get(program.name);
  if (output === undefined) {
    output = program.recorded !== undefined ? Promise.resolve(program.recorded) : reference(program);
    expected.set(program.name, output);
  }
  return output;
}

async function reference(program: CorpusProgram): Promise<string> {
  const result = await runReference(new TextDecoder().decode(program.source), {
    files: Object.fromEntries(program.files),
  });
  if (result.traceback !== '' && !result.exitOk)
    throw new Error(`${program.name} fails in the reference:\n${result.traceback}`);
  return result.stdout;
}

/** Files as a board's host offers them: `stat` answers 0 for nothing, 1 for a folder, 2 for a file. */
export function filesOf(files: ReadonlyMap<string, Uint8Array>): {
  stat(path: string): 0 | 1 | 2;
  read(path: string): Uint8Array;
} {
  return {
    stat(path) {
      if (files.has(path)) return 2;
      for (const name of files.keys()) if (name.startsWith(`${path}/`)) return 1;
      return 0;
    },
    read(path) {
      const bytes = files.get(path);
      if (bytes === undefined) throw new Error(`no file '${path}'`);
      return bytes;
    },
  };
}

function importable(folder: string, names: readonly string[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const name of names) {
    const path = join(ROOT, folder, name);
    if (!isFolder(path)) continue;
    for (const file of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
      if (!isFolder(join(path, file)))
        files.set(`${name}/${file.replaceAll('\\', '/')}`, readFileSync(join(path, file)));
    }
  }
  return files;
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}
