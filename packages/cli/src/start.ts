/**
 * What Node starts as `tsmp`: loads the command, which lies beside it in two files (see tools/gen-bin.mjs), with V8's compiled code of
 * them. Small, since it is compiled anew each time, and built as no ECMAScript module, which would take Node some milliseconds more.
 */
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Script } from 'node:vm';
import { compileEarly } from '@tsmp/vm';

declare const __dirname: string;

/** Commands that run a board for somebody, and those that run a program on one. */
const INTERACTIVE = new Set(['repl', 'serve']);
const RUNNING = new Set(['run', 'heap', 'micropython']);
/** Bytes of a program that is over before better code would be there: waiting for that would be all that it gets. */
const SHORT = 500;
/** V8's compiled code, which only the V8 that made it takes. */
const CACHE = `-${process.versions.v8}-${process.arch}.cache`;

/** What a file of the bundle evaluates to. With a Node that there is no compiled code of yet, it is made when the process ends. */
function load(name: string): (...given: unknown[]) => void {
  const filename = `${__dirname}/${name}.cjs`;
  const cache = `${__dirname}/${name}${CACHE}`;
  let cachedData: Buffer | undefined;
  try {
    cachedData = readFileSync(cache);
  } catch {
    process.on('exit', () => keep(cache, script));
  }
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
  return script.runInThisContext() as ReturnType<typeof load>;
}

/** Writes V8's code to a file that others may be reading, or writing. */
function keep(cache: string, script: Script): void {
  const file = `${cache}${process.pid}`;
  try {
    // first, since making the code takes as long as it saves
    const fd = openSync(file, 'wx');
    writeSync(fd, script.createCachedData());
    closeSync(fd);
    renameSync(file, cache);
  } catch {
    // the command is not this user's to change: it is compiled each time
    rmSync(file, { force: true });
  }
}

/** What late modules import of the main file, and the exports of each late module: see tools/bin-late.mjs. */
type Modules = Readonly<Record<string, unknown>>;
interface LateFile {
  readonly modules: Readonly<Record<string, () => unknown>>;
}

let file: LateFile | undefined;
const evaluated = new Map<string, unknown>();
function late(path: string): unknown {
  let exports = evaluated.get(path);
  if (exports === undefined) {
    file ??= loadLate();
    exports = file.modules[path]?.();
    evaluated.set(path, exports);
  }
  return exports;
}
function loadLate(): LateFile {
  const main = late.main();
  const module: { exports?: LateFile } = {};
  const given = (id: string): unknown => (id.startsWith('main:') ? main[id.slice(5)] : require(id));
  load('tsmp-late')(given, __dirname, module);
  return module.exports as LateFile;
}
late.main = (): Modules => ({});

function runsLong([command = '', ...args]: readonly string[]): boolean {
  if (INTERACTIVE.has(command)) return true;
  return RUNNING.has(command) && args.some((file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > SHORT);
}

/** The interpreter: another core compiles it while this one loads the command. */
function wasm(): object | undefined {
  if (availableParallelism() < 2 || !runsLong(process.argv.slice(2))) return undefined;
  return compileEarly(readFileSync(`${__dirname}/rom/vm.wasm`));
}

const early = wasm();
load('tsmp')(require, __dirname, late, early);
