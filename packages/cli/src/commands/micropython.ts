/**
 * `tsmp micropython`: the command line of MicroPython's unix port, on the unix32 board. Its rules are not GNU's, so it has its own
 * parser: options end at the first word that is none.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../errors.js';
import { readProgram } from '../program-file.js';
import { makeBoard } from './options.js';
import { repl } from './repl.js';
import { runToStatus } from './run.js';

const USAGE = `usage: micropython [<opts>] [-X <implopt>] [-c <command> | -m <module> | <filename>]
Options:
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

interface Parsed {
  heap: string | undefined;
  optimize: number;
  inspect: boolean;
  compileOnly: boolean;
  board: string;
  command: string | undefined;
  module: string | undefined;
  rest: string[];
  help: boolean;
}

/** Parses the unix port's arguments. */
export function parseUnix(argv: readonly string[]): Parsed {
  const p: Parsed = {
    heap: undefined,
    optimize: 0,
    inspect: false,
    compileOnly: false,
    board: 'unix32',
    command: undefined,
    module: undefined,
    rest: [],
    help: false,
  };
  let i = 0;
  for (; i < argv.length; i++) {
    const a = argv[i] as string;
    if (!a.startsWith('-') || a === '-') break;
    const value = (): string => {
      const v = argv[++i];
      if (v === undefined) throw new UserError(`${a} needs a value\n${USAGE}`, 1);
      return v;
    };
    if (a === '-h') p.help = true;
    else if (a === '-i') p.inspect = true;
    else if (/^-v+$/.test(a)) continue;
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
    } else throw new UserError(USAGE.trimEnd(), 1);
  }
  p.rest = argv.slice(i);
  return p;
}

function option(p: Parsed, text: string): void {
  const m = /^heapsize=(\d+)(w?)([kKmM]?)$/.exec(text);
  if (m !== null) p.heap = `${m[1]}${m[3]}`;
  else if (text === 'compile-only') p.compileOnly = true;
  else if (!/^emit=(bytecode|native|viper)$/.test(text) && text !== 'realtime') throw new UserError(USAGE.trimEnd(), 1);
}

/** Runs the command; answers the exit status. */
export async function micropython(argv: readonly string[]): Promise<number> {
  const p = parseUnix(argv);
  if (p.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const file = p.command === undefined && p.module === undefined ? p.rest[0] : undefined;
  const args = p.command !== undefined ? ['-c', ...p.rest] : p.module !== undefined ? [p.module, ...p.rest] : p.rest;
  const made = makeBoard(
    { board: p.board, clock: 'real', optimize: String(p.optimize), ...(p.heap === undefined ? {} : { heap: p.heap }) },
    file === undefined ? process.cwd() : dirname(file),
    args,
  );
  const { board } = made;
  if (p.command !== undefined) board.start(new TextEncoder().encode(p.command), '<string>');
  else if (p.module !== undefined)
    board.start(new TextEncoder().encode(`__import__(${JSON.stringify(p.module)}, None, None, False)`), '<string>');
  else if (file !== undefined) board.start(readProgram(file), file);
  else if (process.stdin.isTTY === true) return repl(board, made);
  else board.start(readFileSync(0), '<stdin>');
  if (p.compileOnly) return 0;
  const status = await runToStatus(board, { clock: 'real', stdin: process.stdin });
  return p.inspect ? repl(board, made) : status;
}
