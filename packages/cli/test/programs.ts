/** Runs programs of the corpus on boards, in the ways that must not make a difference. */
import { pathToFileURL } from 'node:url';
import { bundle, type CorpusProgram, filesOf, type Random } from '@tsmp-internal/testkit';
import type { RunLimit, RunResult } from '@tsmp/vm';
import type { Board, BoardOptions } from '../src/index.js';

/** The runtime entry as it is built, which runs several times as fast as file by file. */
export const cli = (await import(
  pathToFileURL(await bundle('packages/cli/src/index.ts')).href
)) as typeof import('../src/index.js');

/** How a program was run and how that ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly result: Exclude<RunResult, { reason: 'budget' }>;
  /** Exit status as a process has it. */
  readonly status: number;
  readonly slices: number;
  /** Slices that ended in a wait, and the nanoseconds that were skipped. */
  readonly waits: number;
  readonly sleptNs: number;
  readonly board: Board;
}

/** What must be equal whatever runs the bytecode: output, time on the board, and all that the heap counts. */
export function figures(o: Outcome): object {
  const { clock, heap, budget } = o.board.vm;
  return {
    stdout: o.stdout,
    stderr: o.stderr,
    status: o.status,
    ns: clock.now(budget),
    used: heap.usedBlocks,
    allocations: heap.allocations,
    collections: heap.collections,
  };
}

/** Collects what a board prints. */
export class Output {
  private readonly decoder = new TextDecoder();
  text = '';
  readonly write = (bytes: Uint8Array): void => {
    this.text += this.decoder.decode(bytes, { stream: true });
  };
}

/** Files as a board's filesystem that cannot be written to. */
export function folderOf(files: ReadonlyMap<string, Uint8Array>): NonNullable<BoardOptions['folder']> {
  const found = filesOf(files);
  const readOnly = (): never => {
    throw new Error('the test folder is read-only');
  };
  const below = (path: string): string => path.replace(/^\/+/, '');
  return {
    stat(path) {
      const name = below(path);
      const kind = name === '' ? 1 : found.stat(name);
      if (kind === 0) return undefined;
      return { kind: kind === 1 ? 'folder' : 'file', size: files.get(name)?.length ?? 0, mtime: 0 };
    },
    list: () => [],
    read: (path) => found.read(below(path)),
    write: readOnly,
    remove: readOnly,
    rename: readOnly,
    mkdir: readOnly,
    rmdir: readOnly,
  };
}

/** Runs `program` to its end. `nextLimit` says how long each slice may be. */
export function runProgram(
  program: CorpusProgram,
  options: BoardOptions,
  nextLimit: () => RunLimit = () => ({}),
): Outcome {
  const out = new Output();
  const err = new Output();
  const board = new cli.Board({ folder: folderOf(program.files), ...options, stdout: out.write, stderr: err.write });
  board.start(program.source, program.fileName);
  let slices = 0;
  let waits = 0;
  let sleptNs = 0;
  for (;;) {
    const result = board.run(nextLimit());
    slices++;
    if (result.reason === 'budget') continue;
    if (result.reason === 'waiting' && Math.min(result.until, board.vm.clock.nextDue()) < Number.POSITIVE_INFINITY) {
      const before = board.vm.clock.now(board.vm.budget);
      board.skipTo(result.until);
      waits++;
      sleptNs += board.vm.clock.now(board.vm.budget) - before;
      continue;
    }
    const status =
      result.reason === 'done' ? 0 : result.reason === 'raised' ? board.reportException(result.exception) : 1;
    return { stdout: out.text, stderr: err.text, result, status, slices, waits, sleptNs, board };
  }
}

/** Slices of one to seven bytecodes. */
export function smallSlices(random: Random): () => RunLimit {
  return () => ({ bytecodes: 1 + random(7) });
}

/** A program that is just a text. */
export function sourceProgram(text: string): CorpusProgram {
  const source = new TextEncoder().encode(text);
  return { name: 'test.py', fileName: 'test.py', source, files: new Map(), recorded: undefined };
}

/** Slices of `bytes` bytes of bytecode, and an error after the `most`th: for programs that might run on and on. */
export function atMost(most: number, bytes = 100_000): () => RunLimit {
  let slices = 0;
  return () => {
    if (++slices > most) throw new Error(`still running after ${most} slices of ${bytes} bytes`);
    return { bytes };
  };
}
