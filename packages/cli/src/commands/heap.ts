/** `tsmp heap`: runs a program and shows what became of the heap. */
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import {
  type AllocationFailure,
  type AllocationSite,
  failureText,
  heapMapSvg,
  heapPicture,
  HeapRecorder,
  heapTable,
  heapTimelineSvg,
} from '@tsmp/machine';
import type { Board } from '../board.js';
import { readProgram } from '../program-file.js';
import { type BoardFlags, boardOptions, makeBoard } from './options.js';
import { parseCount } from '../program-file.js';
import { runToStatus } from './run.js';

interface HeapFlags extends BoardFlags {
  readonly svg?: string;
  readonly timeline?: string;
  readonly top?: string;
}

function place(s: { readonly file: string; readonly line: number; readonly function: string }): string {
  if (s.file === '') return s.function === '' ? '(the system)' : s.function;
  return s.line === 0 ? `${s.file} ${s.function}` : `${s.file}:${s.line} ${s.function}`;
}

/** A table of sites, those that hold most first. */
function siteTable(sites: readonly AllocationSite[], top: number): string {
  const rows = [['live bytes', 'objects', 'bytes in all', 'allocations', 'type', 'where']];
  for (const s of sites.slice(0, top)) {
    rows.push([String(s.liveBytes), String(s.live), String(s.bytes), String(s.count), s.type, place(s)]);
  }
  const widths = [0, 1, 2, 3, 4].map((c) => Math.max(...rows.map((r) => (r[c] as string).length)));
  const line = (r: readonly string[]): string =>
    r
      .map((cell, c) =>
        c < 4 ? cell.padStart(widths[c] as number) : c === 4 ? cell.padEnd(widths[4] as number) : cell,
      )
      .join('  ');
  return `${rows.map(line).join('\n')}\n`;
}

function failureReport(f: AllocationFailure): string {
  const last = f.before.map((a) => `  ${String(a.bytes).padStart(6)}  ${place(a.site)}`);
  return `${failureText(f)}\n${heapPicture(f.table, { height: 12 })}the allocations before it, the latest last:\n${last.join('\n')}\n`;
}

/** What `tsmp heap` prints when the program has ended. */
export function heapReport(board: Board, recorder: HeapRecorder, top: number): string {
  const s = board.vm.heap.stats();
  const c = recorder.collections;
  const pauses = c.map((x) => x.pauseBlocks);
  const runs = s.freeRuns.map((r) => `${r.count} × ${r.blocks * 16}`);
  const parts = [
    `heap: ${s.total} bytes, ${s.used} used (peak ${s.peak}), ${s.free} free`,
    `longest free run: ${s.maxFreeBytes} bytes, fragmentation ${(s.fragmentation * 100).toFixed(1)} %`,
    `free runs: ${runs.length > 12 ? `${runs.slice(0, 8).join(', ')}, … ${runs.slice(-3).join(', ')}` : runs.join(', ')}`,
    `collections: ${s.collections}${pauses.length === 0 ? '' : `, longest pause ${Math.max(...pauses)} blocks`}`,
    `objects: ${s.objects}, of one block ${s.num1Block}, of two ${s.num2Block}; allocations: ${s.allocations}`,
    '',
    heapPicture(heapTable(board.vm.heap)),
    siteTable(recorder.report(), top),
  ];
  for (const f of recorder.failures.slice(0, 3)) parts.push(failureReport(f));
  return parts.join('\n');
}

export function addHeap(program: Command): void {
  const command = program
    .command('heap')
    .argument('<file>', 'Python source or .mpy file')
    .argument('[args...]', 'arguments of the program: sys.argv[1:]')
    .description('run a program and show what it did to the heap')
    .passThroughOptions();
  boardOptions(command, 'virtual')
    .option('--svg <file>', 'write the heap map at the end as SVG')
    .option('--timeline <file>', 'write used and free memory over time as SVG')
    .option('--top <n>', 'how many allocation sites to list', '15')
    .addHelpText(
      'after',
      `
The report goes to the error output: figures, a map, the lines that hold most memory, and for each failed
allocation the map at that moment and what was allocated before.

Examples:
  tsmp heap main.py
  tsmp heap --heap 32k --svg heap.svg --timeline time.svg main.py`,
    )
    .action(async (file: string, args: string[], flags: HeapFlags) => {
      const source = readProgram(file);
      const top = parseCount(flags.top ?? '15', '--top', 1);
      const { board, clock, slice } = makeBoard(flags, dirname(file), [file, ...args]);
      const recorder = new HeapRecorder(board.vm);
      board.start(source, file);
      process.exitCode = await runToStatus(board, { clock, slice, stdin: () => process.stdin });
      recorder.detach();
      process.stderr.write(heapReport(board, recorder, top));
      if (flags.svg !== undefined) writeFileSync(flags.svg, heapMapSvg(board.vm));
      if (flags.timeline !== undefined) writeFileSync(flags.timeline, heapTimelineSvg(recorder));
    });
}
