/**
 * `tsmp micropython`: the command line of MicroPython's unix port, on the unix32 board. Its rules are not GNU's, so it has its own
 * parser: options end at the first word that is none.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { versionLine } from '@tsmp/machine';
import { PROFILES } from '@tsmp/vm';
import { UserError } from '../errors.js';
import { readProgram } from '../program-file.js';
import type { Board } from '../board.js';
import { drive, type DriveOptions } from '../driver.js';
import { print } from '../output.js';
import { makeBoard } from './options.js';
import { repl } from './repl.js';
import { endToStatus, runToStatus } from './run.js';

const USAGE = `usage: micropython [<opts>] [-X <implopt>] [-c <command> | -m <module> | <filename>]
Options:
--version : show version information
-h : print this help message
-i : enable inspection via REPL after running command/module/file
-v : verbose (trace various operations); can be multiple
-O[N] : apply bytecode optimizations of level N

Implementation specific options (-X):
  compile-only                 -- parse and compile only
  emit={bytecode,native,viper} -- set the default code emitter
  heapsize=<n>[w][K|M]         -- set the heap size for the GC (default 1048576)
  realtime                     -- accepted and ignored
`;

const INVALID = 'Invalid command line arguments. Use -h option for help.';

interface Parsed {
  heap: string | undefined;
  optimize: number;
  inspect: boolean;
  verbose: number;
  compileOnly: boolean;
  board: string;
  command: string | undefined;
  module: string | undefined;
  rest: string[];
  help: boolean;
  version: boolean;
}

/** Parses the unix port's arguments. */
export function parseUnix(argv: readonly string[]): Parsed {
  const p: Parsed = {
    heap: undefined,
    optimize: 0,
    inspect: false,
    verbose: 0,
    compileOnly: false,
    board: 'unix32',
    command: undefined,
    module: undefined,
    rest: [],
    help: false,
    version: false,
  };
  let i = 0;
  for (; i < argv.length; i++) {
    const a = argv[i] as string;
    if (!a.startsWith('-') || a === '-') break;
    const value = (): string => {
      const v = argv[++i];
      if (v === undefined) throw new UserError(INVALID, 1);
      return v;
    };
    if (a === '-h') p.help = true;
    else if (a === '--version') p.version = true;
    else if (a === '-i') p.inspect = true;
    else if (a === '-v') p.verbose++;
    else if (a === '--board') p.board = value();
    else if (a.startsWith('-O')) p.optimize = a === '-O' ? 1 : /^-O+$/.test(a) ? a.length - 1 : Number(a.slice(2)) || 0;
    else if (a === '-X') option(p, value());
    else if (a === '-c') {
      p.command = value();
      i++;
      break;
    } else if (a === '-m') {
      p.module = value();
      i++;
      break;
    } else throw new UserError(INVALID, 1);
  }
  p.rest = argv.slice(i);
  return p;
}

function option(p: Parsed, text: string): void {
  const m = /^heapsize=(\d+)(w?)([kKmM]?)$/.exec(text);
  if (m !== null) p.heap = `${m[1]}${m[3]}`;
  else if (text === 'compile-only') p.compileOnly = true;
  else if (!/^emit=(bytecode|native|viper)$/.test(text) && text !== 'realtime') throw new UserError(INVALID, 1);
}

/** The process's environment. */
function environment(): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) variables[name] = value;
  return variables;
}

const HOW: DriveOptions = { clock: 'real', stdin: () => process.stdin };

/** Runs a module as `__main__`; of a package then its module `__main__`. */
async function runModule(board: Board, name: string): Promise<number> {
  board.startModule(name);
  let result = await drive(board, HOW);
  if (result.reason === 'done' && board.isPackage(result.value)) {
    board.startModule(`${name}.__main__`);
    result = await drive(board, HOW);
  }
  return endToStatus(board, HOW, result);
}

/** Runs the command; answers the exit status. */
export async function micropython(argv: readonly string[]): Promise<number> {
  const p = parseUnix(argv);
  if (p.help) {
    print(USAGE);
    return 0;
  }
  if (p.version) {
    const profile = PROFILES[p.board];
    if (profile === undefined) throw new UserError(`unknown board '${p.board}'`, 1);
    print(`${versionLine(profile)}\n`);
    return 0;
  }
  const file = p.command === undefined && p.module === undefined ? p.rest[0] : undefined;
  const args = p.command !== undefined ? ['-c', ...p.rest] : p.module !== undefined ? [p.module, ...p.rest] : p.rest;
  const made = makeBoard(
    { board: p.board, clock: 'real', optimize: String(p.optimize), ...(p.heap === undefined ? {} : { heap: p.heap }) },
    file === undefined ? process.cwd() : dirname(file),
    args,
    { verbose: p.verbose, environment: environment() },
  );
  const { board } = made;
  let status = 0;
  let nothing = false;
  if (p.module !== undefined) status = await runModule(board, p.module);
  else {
    let source: Uint8Array | undefined;
    let name = '<stdin>';
    if (p.command !== undefined) source = new TextEncoder().encode(p.command);
    else if (file !== undefined) {
      source = readProgram(file);
      name = file;
    } else if (process.stdin.isTTY !== true && !p.inspect) source = readFileSync(0);
    if (source === undefined) nothing = true;
    else {
      if (p.compileOnly) board.startCompileOnly(source, name);
      else board.start(source, name);
      status = await runToStatus(board, HOW);
    }
  }
  if (board.machine.environment.get('MICROPYINSPECT')) p.inspect = true;
  if (nothing || p.inspect) status = await repl(board, made);
  if (p.verbose > 0) board.printMemInfo();
  return status;
}
