/** `tsmp run`: a program on a simulated board. */
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { RunResult } from '@tsmp/vm';
import type { Board } from '../board.js';
import { drive, type DriveOptions } from '../driver.js';
import { readProgram } from '../program-file.js';
import { type BoardFlags, boardOptions, makeBoard } from './options.js';
import { runRemote } from './remote.js';
import { attachDevices, type PeripheralFlags, peripheralOptions, records, reportPeripherals } from './peripherals.js';

const RESETS = {
  hard: 'machine.reset()',
  watchdog: 'the watchdog was not fed',
  deepsleep: 'it woke from machine.deepsleep()',
  bootloader: 'machine.bootloader()',
} as const;

/** Prints what ended a run and gives the process's exit status. */
export function statusOf(board: Board, result: Exclude<RunResult, { reason: 'budget' }>): number {
  switch (result.reason) {
    case 'done':
      return 0;
    case 'raised':
      return board.reportException(result.exception);
    case 'waiting':
      process.stderr.write('tsmp: the program waits for input that will not come\n');
      return 1;
    case 'hung':
      process.stderr.write(`tsmp: stopped at ${result.where}: a single operation took too long\n`);
      return 1;
    case 'reset':
      process.stderr.write(`tsmp: the board was reset at ${result.where}: ${RESETS[result.kind]}\n`);
      return result.kind === 'watchdog' ? 1 : 0;
    case 'fault':
      process.stderr.write(
        `tsmp: hard fault at ${result.where}: the board's memory is corrupt (${result.error.message})\n`,
      );
      return 1;
  }
}

/** Runs what has been started, then what the program registered for its end. Answers the process's exit status. */
export async function runToStatus(board: Board, how: DriveOptions): Promise<number> {
  return endToStatus(board, how, await drive(board, how));
}

/** The second half of {@link runToStatus}. */
export async function endToStatus(
  board: Board,
  how: DriveOptions,
  result: Exclude<RunResult, { reason: 'budget' }>,
): Promise<number> {
  let status = statusOf(board, result);
  if (result.reason === 'reset') return status;
  while (board.startAtExit()) status = Math.max(status, statusOf(board, await drive(board, how)));
  board.machine.files?.sync();
  return status;
}

interface RunFlags extends BoardFlags, PeripheralFlags {
  readonly connect?: string;
  readonly stats?: boolean;
  readonly pcap?: string;
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .argument('<file>', 'Python source or .mpy file')
    .argument('[args...]', 'arguments of the program: sys.argv[1:]')
    .description('run a program on a simulated board')
    .passThroughOptions();
  peripheralOptions(boardOptions(command, 'virtual'))
    .option('--pcap <file>', 'write the frames of the network to a file for Wireshark')
    .option(
      '--connect <port>',
      'run it on a board that is served or plugged in, without arguments: socket://HOST:PORT or a device',
    )
    .option('--stats', 'print counters at the end: time on the board, collections, bytecodes run nested')
    .addHelpText(
      'after',
      `
Examples:
  tsmp run blink.py
  tsmp run --board minimal --clock real main.py
  tsmp run --heap 64k --stress-gc tests.py --verbose
  tsmp run --device led:pin=LED --device ssd1306:scl=5,sda=4 --screen - --svg pins.svg main.py`,
    )
    .action(async (file: string, args: string[], flags: RunFlags) => {
      if (flags.connect !== undefined) return runRemote({ connect: flags.connect }, file);
      const source = readProgram(file);
      const { board, clock, slice } = makeBoard(flags, dirname(file), [file, ...args], { trace: records(flags) });
      attachDevices(board, flags);
      const capture = flags.pcap === undefined ? undefined : board.network.capture();
      board.start(source, file);
      process.exitCode = await runToStatus(board, { clock, slice, stdin: () => process.stdin });
      reportPeripherals(board, flags);
      if (flags.pcap !== undefined && capture !== undefined) writeFileSync(flags.pcap, capture.take());
      if (flags.stats === true) printStats(board);
    });
}

function printStats(board: Board): void {
  const { vm } = board;
  const s = vm.heap.stats();
  const lines = [
    `time on the board: ${(vm.clock.now(vm.budget) / 1e6).toFixed(3)} ms`,
    `heap: ${s.used} of ${s.total} bytes used, peak ${s.peak}, ${s.collections} collections`,
    `nested runs: ${vm.stats.nestedRuns}, deepest ${vm.stats.deepestNesting}`,
  ];
  if (vm.stats.bytecodes > 0) {
    const share = (100 * vm.stats.nestedBytecodes) / vm.stats.bytecodes;
    lines.push(`bytecodes: ${vm.stats.bytecodes}, of them nested: ${vm.stats.nestedBytecodes} (${share.toFixed(3)} %)`);
  }
  process.stderr.write(`${lines.join('\n')}\n`);
}
