/**
 * Between places in the bytecode and lines of the source. Counterpart: mp_bytecode_get_source_line in py/bc.h.
 */
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
