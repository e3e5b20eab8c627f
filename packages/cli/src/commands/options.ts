/** Options that several commands share. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { decodeFirmware, type Firmware, MachineUsageError } from '@tsmp/machine';
import { isSsid, isWlanKey, NetError, type RouterOptions, ssidText } from '@tsmp/network';
import { type Diagnostic, PROFILES, VmUsageError } from '@tsmp/vm';
import { Board, type BoardOptions } from '../board.js';
import { writeAll } from '../output.js';
import { UserError } from '../errors.js';
import { keepFlash, readFlash } from '../flash-file.js';
import { nodeFolder } from '../node-files.js';
import { parseCount, parseSize } from '../program-file.js';

/** What commander collects for {@link boardOptions}. */
export interface BoardFlags {
  readonly board?: string;
  readonly firmware?: string;
  readonly flash?: string;
  readonly ram?: string;
  readonly heap?: string;
  readonly clock?: string;
  readonly stressGc?: boolean;
  readonly engine?: string;
  readonly jit?: string;
  readonly slice?: string;
  readonly optimize?: string | boolean;
  readonly wifi?: string[];
}

function collect(value: string, all: readonly string[] = []): string[] {
  return [...all, value];
}

/** Adds the options that describe a board. */
export function boardOptions(command: Command, clock: string): Command {
  return command
    .option('--board <name>', 'board profile: pico-w (default), unix32, unix32f, coverage32 or minimal')
    .option('--firmware <file>', 'firmware of the board, as tsmp freeze made it')
    .option('--flash <file>', "image of the board's flash, which is its filesystem then; made if it does not exist")
    .option('--ram <size>', 'RAM of the board in all (64k, 1M, …)')
    .option('--heap <size>', 'heap of the board, instead of what its RAM leaves')
    .option('--clock <mode>', 'virtual: sleeping costs no time; real: follows the clock on the wall', clock)
    .option('--stress-gc', 'collect garbage at every allocation')
    .option('--engine <which>', 'what runs the bytecode: wasm (WebAssembly, the default) or js (JavaScript)')
    .option(
      '--jit <when>',
      'with --engine js: translate functions to JavaScript: often (those with loops that run long), at-once or never',
    )
    .option('--slice <n>', 'run in slices of n bytecodes')
    .option('--wifi <ssid:key>', 'a network that the board finds (default tsmp:micropython); repeatable', collect)
    .option('-O, --optimize [level]', 'optimisation level of compilations: 0 to 3');
}

/** Reads a firmware file. */
function readFirmware(file: string): Firmware {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (e) {
    throw new UserError(`can't open firmware '${file}': ${(e as Error).message}`);
  }
  try {
    return decodeFirmware(bytes, PROFILES);
  } catch (e) {
    if (e instanceof MachineUsageError) throw new UserError(`'${file}': ${e.message}`);
    throw e;
  }
}

/** What is printed of an interrupt handler that does what it must not. */
function diagnosticLine(d: Diagnostic): string {
  const where = `tsmp: ${d.file}:${d.line}: the interrupt handler (in ${d.block})`;
  if (d.kind === 'handler-error') return `${where} ended with ${d.error}\n`;
  return `${where} allocates ${d.bytes} bytes${d.type === undefined ? '' : ` (${d.type})`}, but the heap is locked\n`;
}

/** Milliseconds between two looks at the process's time, which cost as much as a slice of bytecode. */
const LOOK_MS = 20;
let lookedAt = Number.NEGATIVE_INFINITY;
let worked = 0;

/** Milliseconds that this process has worked for: on a busy host a native that gets no processor does not hang. */
function workedMs(): number {
  // `performance` would take milliseconds to load
  const now = Number(process.hrtime.bigint()) / 1e6;
  if (now - lookedAt >= LOOK_MS) {
    const { user, system } = process.cpuUsage();
    worked = (user + system) / 1000;
    lookedAt = now;
  }
  return worked;
}

export interface MadeBoard {
  readonly board: Board;
  readonly clock: 'virtual' | 'real';
  readonly slice: number | undefined;
}

/** A network as `--wifi` names it: its name and, after the first colon, its key. */
function routerOf(flag: string, index: number): RouterOptions {
  const colon = flag.indexOf(':');
  const [ssid, key] = colon < 0 ? [flag, ''] : [flag.slice(0, colon), flag.slice(colon + 1)];
  if (!isSsid(ssidText(ssid))) throw new UserError(`--wifi ${flag}: the name of a network has 1 to 32 bytes`);
  if (key !== '' && !isWlanKey('wpa2', key)) throw new UserError(`--wifi ${flag}: a key has 8 to 63 characters`);
  return { ssid, key, address: `192.168.${1 + index}.1`, channel: 1 + ((5 + 5 * index) % 13) };
}

function engineOf(which?: string): 'wasm' | 'js' | undefined {
  if (which === undefined || which === 'wasm' || which === 'js') return which;
  throw new UserError(`--engine must be wasm or js, not '${which}'`);
}

function jitOf(when?: string): boolean | 'at once' | undefined {
  switch (when) {
    case undefined:
      return undefined;
    case 'often':
      return true;
    case 'at-once':
      return 'at once';
    case 'never':
      return false;
    default:
      throw new UserError(`--jit must be often, at-once or never, not '${when}'`);
  }
}

/** A board from flags. `root`: the folder that is its current directory. */
export function makeBoard(
  flags: BoardFlags,
  root: string,
  argv: readonly string[],
  more: Partial<BoardOptions> = {},
): MadeBoard {
  const clock = flags.clock ?? 'virtual';
  if (clock !== 'virtual' && clock !== 'real') throw new UserError(`--clock must be virtual or real, not '${clock}'`);
  const path = (process.env.MICROPYPATH ?? '').split(':').filter((p) => p !== '' && p !== '.frozen');
  const options: BoardOptions = {
    board: flags.board,
    firmware: flags.firmware === undefined ? undefined : readFirmware(flags.firmware),
    ram: flags.ram === undefined ? undefined : parseSize(flags.ram, '--ram'),
    heap: flags.heap === undefined ? undefined : parseSize(flags.heap, '--heap'),
    stressGc: flags.stressGc,
    engine: engineOf(flags.engine),
    jit: jitOf(flags.jit),
    optLevel:
      flags.optimize === undefined ? 0 : flags.optimize === true ? 1 : parseCount(String(flags.optimize), '-O', 0),
    stdout: (b) => writeAll(1, b),
    stderr: (b) => writeAll(2, b),
    ...(flags.flash === undefined ? { folder: nodeFolder(root, path) } : { flash: readFlash(flags.flash) }),
    argv,
    path,
    network: flags.wifi === undefined ? undefined : { routers: flags.wifi.map(routerOf) },
    diagnostic: (d) => process.stderr.write(diagnosticLine(d)),
    hostNow: workedMs,
    wallStart: clock === 'real' ? Date.now() / 1000 : undefined,
    ...more,
  };
  try {
    const board = new Board(options);
    if (flags.flash !== undefined) keepFlash(board, flags.flash);
    return {
      board,
      clock,
      slice: flags.slice === undefined ? undefined : parseCount(flags.slice, '--slice', 1),
    };
  } catch (e) {
    if (e instanceof VmUsageError || e instanceof MachineUsageError || e instanceof NetError) {
      throw new UserError(e.message);
    }
    throw e;
  }
}
