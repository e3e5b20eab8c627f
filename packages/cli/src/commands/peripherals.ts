/** Options of `tsmp run` for what hangs on the board, and for recordings of it. */
import { writeFileSync } from 'node:fs';
import { deviceOf, MachineUsageError, NeoPixelStrip, pinTraceSummary, pinTraceSvg, Ssd1306 } from '@tsmp/machine';
import type { Command } from 'commander';
import type { Board } from '../board.js';
import { UserError } from '../errors.js';

/** What commander collects for {@link peripheralOptions}. */
export interface PeripheralFlags {
  readonly device?: readonly string[];
  readonly trace?: boolean;
  readonly buses?: boolean;
  readonly vcd?: string;
  readonly svg?: string;
  readonly screen?: string;
}

/** Adds the options. */
export function peripheralOptions(command: Command): Command {
  const add = (spec: string, list: readonly string[] = []): string[] => [...list, spec];
  return command
    .option('--device <spec>', 'attach a device (repeatable; see the README for kinds and settings)', add)
    .option('--screen <file>', "write the display's picture at the end: a .png file, or - for text (LED strips too)")
    .option('--trace', 'print at the end which pins changed, when and how long they were high')
    .option('--buses', 'print at the end what went over I2C and SPI')
    .option('--vcd <file>', 'write the edges of the pins to a VCD file')
    .option('--svg <file>', 'draw the pins and buses in an SVG file');
}

/** Whether pins and buses are to be recorded. */
export function records(flags: PeripheralFlags): boolean {
  return flags.trace === true || flags.buses === true || flags.vcd !== undefined || flags.svg !== undefined;
}

/** Runs what the user's words may make impossible; a mistake is told as one. */
function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (e) {
    if (e instanceof MachineUsageError) throw new UserError(e.message);
    throw e;
  }
}

const displays = new WeakMap<Board, Ssd1306>();
const strips = new WeakMap<Board, NeoPixelStrip[]>();

/** Puts the devices on the board. */
export function attachDevices(board: Board, flags: PeripheralFlags): void {
  for (const spec of flags.device ?? []) {
    const device = asked(() => board.machine.attach(deviceOf(spec)));
    if (device instanceof Ssd1306 && !displays.has(board)) displays.set(board, device);
    if (device instanceof NeoPixelStrip) strips.set(board, [...(strips.get(board) ?? []), device]);
  }
  const isText = flags.screen === '-' && strips.has(board);
  if (flags.screen !== undefined && !isText && !displays.has(board))
    throw new UserError('--screen needs --device ssd1306:…');
}

/** Prints and writes what was recorded. */
export function reportPeripherals(board: Board, flags: PeripheralFlags): void {
  const { machine } = board;
  const { trace, transactions } = machine;
  const display = displays.get(board);
  if (flags.screen === '-') {
    process.stderr.write(display?.toText() ?? '');
    for (const strip of strips.get(board) ?? []) process.stderr.write(strip.toText());
  } else if (flags.screen !== undefined) writeFileSync(flags.screen, display?.toPng(4) ?? '');
  if (trace === undefined) return;
  if (flags.trace === true) process.stderr.write(pinTraceSummary(trace, machine.now()));
  if (flags.buses === true) process.stderr.write(transactions?.toText() ?? '');
  const { vcd, svg } = flags;
  if (vcd !== undefined)
    writeFileSync(
      vcd,
      asked(() => trace.toVcd()),
    );
  if (svg !== undefined)
    writeFileSync(
      svg,
      asked(() => pinTraceSvg(trace, { transactions: transactions?.list() ?? [] })),
    );
}
