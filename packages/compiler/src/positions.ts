/**
 * Between places in the bytecode and places in the source: by lines, which every `.mpy` file has, and exactly, for code that was
 * just compiled. Counterpart of the former: mp_bytecode_get_source_line in py/bc.h.
 */
import { sourceIndices } from '@tsmp/lexer';
import type { CodePosition } from './emit.js';
import { decodePrelude, lineOfOffset, lineTable, type RawCode } from '@tsmp/mpy-format';

/** The source line of the instruction at `offset` of a function's code; 1 if there are no line numbers. */
export function lineOf(code: RawCode, offset: number): number {
  return lineOfOffset(code.code, decodePrelude(code.code), offset);
}

/** A run of bytecode that belongs to one line, as offsets in a function's code. */
export interface CodeRange {
  readonly start: number;
  /** Behind the last byte. */
  readonly end: number;
}

/** Where the instructions of a line are in a function's code; empty if it has none. */
export function offsetsOfLine(code: RawCode, line: number): CodeRange[] {
  const table = lineTable(code.code, decodePrelude(code.code));
  const ranges: CodeRange[] = [];
  table.forEach((entry, i) => {
    const end = table[i + 1]?.offset ?? code.code.length;
    if (entry.line === line && end > entry.offset) ranges.push({ start: entry.offset, end });
  });
  return ranges;
}

/** A piece of the source, in the units of the source that was given: indices into the string, or into the bytes. */
export interface SourceRange {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
}

/** A run of bytecode and the piece of source that it comes from. */
export interface MappedCode {
  readonly code: RawCode;
  /** The run, as offsets in the function's code. */
  readonly range: CodeRange;
  readonly source: SourceRange;
}

/**
 * What {@link compileMapped} knows of each instruction: the innermost statement or expression that it was emitted for. Tokens from
 * the lexer's `tokenize` have `start` and `end` in the same units, so this leads from a token to its bytecode and back.
 */
export class PositionMap {
  private readonly runs = new Map<RawCode, MappedCode[]>();

  /** @internal */
  constructor(source: string | Uint8Array, positions: ReadonlyMap<RawCode, readonly CodePosition[]>) {
    const indices = typeof source === 'string' ? sourceIndices(source) : null;
    const index = (byte: number): number => (indices === null ? byte : (indices[byte] as number));
    for (const [code, entries] of positions) {
      const runs: MappedCode[] = [];
      entries.forEach(({ offset, start, end }, i) => {
        const next = entries[i + 1]?.offset ?? code.code.length;
        const last = runs[runs.length - 1];
        const from = index(Math.max(0, start));
        const to = index(Math.max(0, end));
        if (last !== undefined && last.source.start === from && last.source.end === to) {
          runs[runs.length - 1] = { ...last, range: { start: last.range.start, end: next } };
        } else runs.push({ code, range: { start: offset, end: next }, source: { start: from, end: to } });
      });
      this.runs.set(code, runs);
    }
  }

  /** The functions of the module, outer before inner. */
  get functions(): RawCode[] {
    return [...this.runs.keys()];
  }

  /** The runs of a function, in the order of its code: each has instructions of one piece of source. */
  runsOf(code: RawCode): readonly MappedCode[] {
    return this.runs.get(code) ?? [];
  }

  /** Where in the source the instruction at `offset` of a function's code comes from; undefined in the prelude. */
  sourceOf(code: RawCode, offset: number): SourceRange | undefined {
    const runs = this.runsOf(code);
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[middle] as MappedCode).range.end <= offset) low = middle + 1;
      else high = middle;
    }
    const run = runs[low];
    return run !== undefined && offset >= run.range.start ? run.source : undefined;
  }

  /**
   * The code that comes from the place `at` of the source: of all pieces that contain it the smallest ones that have code. Several
   * runs where that piece was compiled in parts; none where nothing there has code, as in comments.
   */
  codeAt(at: number): MappedCode[] {
    let smallest = Infinity;
    let found: MappedCode[] = [];
    for (const runs of this.runs.values()) {
      for (const run of runs) {
        const { start, end } = run.source;
        if (at < start || at >= end || end - start > smallest) continue;
        if (end - start < smallest) found = [];
        smallest = end - start;
        found.push(run);
      }
    }
    return found;
  }
}
