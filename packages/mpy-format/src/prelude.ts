/**
 * The prelude of a function's code: signature, sizes, names, line table and cells. Counterpart: py/bc.h.
 *
 *     signature   xSSSSEAA, then xFSSKAED while bit 7 (x) is set     S = nState − 1, E = nExcStack, F = scopeFlags,
 *                                                                   A = nPosArgs, K = nKwonlyArgs, D = nDefPosArgs
 *     sizes       xIIIIIIC, repeated while x is set                 I = nInfo, C = nCells
 *     info        nInfo bytes: the name, one name an argument (var-uint qstr indices), then the line table
 *     cells       nCells bytes: locals that become cells on entry
 *     opcodes     to the end
 */
import { ByteReader } from './bytes.js';
import { MpyFormatError } from './errors.js';

/** What the signature and size fields say. */
export interface PreludeFields {
  /** Words of locals and operand stack together. */
  readonly nState: number;
  /** Exception blocks that can be open at once. */
  readonly nExcStack: number;
  /** Bits of ScopeFlag: 1 generator, 2 `**kw`, 4 `*args`, 8 has defaults for keyword-only arguments. */
  readonly scopeFlags: number;
  /** Positional arguments, closed-over variables included. */
  readonly nPosArgs: number;
  readonly nKwonlyArgs: number;
  readonly nDefPosArgs: number;
  /** Bytes of names and line table. */
  readonly nInfo: number;
  readonly nCells: number;
}

/** A decoded prelude; every offset is an index into the code. */
export interface Prelude extends PreludeFields {
  /** Qstr-table index of the function's name. */
  readonly nameIndex: number;
  /** Qstr-table indices of the argument names: positional, then keyword-only. */
  readonly argNameIndices: readonly number[];
  readonly lineInfoStart: number;
  readonly lineInfoEnd: number;
  readonly cellsStart: number;
  readonly opcodesStart: number;
}

/** More extension bytes than any function needs; bounds the shifts to 31 bits. */
const MAX_SIGNATURE_BYTES = 12;
const MAX_SIZE_BYTES = 5;

/** A prelude's numbers, read into fields that are used again, for code that looks at one function after another. */
export class PreludeScan {
  nState = 0;
  nExcStack = 0;
  scopeFlags = 0;
  nPosArgs = 0;
  nKwonlyArgs = 0;
  nDefPosArgs = 0;
  nInfo = 0;
  nCells = 0;
  /** Where the names start. */
  infoStart = 0;

  /** Read the signature at `at`; returns the index behind it. */
  readSignature(code: Uint8Array, at: number): number {
    let i = at;
    let z = byteAt(code, i++);
    let state = (z >> 3) & 0xf;
    let nExcStack = (z >> 2) & 1;
    let nPosArgs = z & 3;
    let scopeFlags = 0;
    let nKwonlyArgs = 0;
    let nDefPosArgs = 0;
    for (let n = 0; z & 0x80; n++) {
      if (n === MAX_SIGNATURE_BYTES) throw new MpyFormatError('bad-prelude', 'the signature is too long', at);
      z = byteAt(code, i++);
      state |= (z & 0x30) << (2 * n);
      nExcStack |= (z & 0x02) << n;
      scopeFlags |= ((z & 0x40) >> 6) << n;
      nPosArgs |= (z & 0x04) << n;
      nKwonlyArgs |= ((z & 0x08) >> 3) << n;
      nDefPosArgs |= (z & 0x01) << n;
    }
    this.nState = state + 1;
    this.nExcStack = nExcStack;
    this.scopeFlags = scopeFlags;
    this.nPosArgs = nPosArgs;
    this.nKwonlyArgs = nKwonlyArgs;
    this.nDefPosArgs = nDefPosArgs;
    return i;
  }

  /** Read signature and sizes at `at`. Throws {@link MpyFormatError} where they are cut short or contradict the code. */
  read(code: Uint8Array, at: number): void {
    let i = this.readSignature(code, at);
    let nInfo = 0;
    let nCells = 0;
    for (let n = 0; ; n++) {
      if (n === MAX_SIZE_BYTES) throw new MpyFormatError('bad-prelude', 'the size field is too long', at);
      const z = byteAt(code, i++);
      nCells |= (z & 1) << n;
      nInfo |= ((z & 0x7e) >> 1) << (6 * n);
      if (z < 0x80) break;
    }
    if (nInfo + nCells > code.length - i) {
      throw new MpyFormatError('bad-prelude', `${nInfo} bytes of names and lines and ${nCells} cells do not fit`, at);
    }
    this.nInfo = nInfo;
    this.nCells = nCells;
    this.infoStart = i;
  }
}

function byteAt(code: Uint8Array, at: number): number {
  if (at >= code.length) throw new MpyFormatError('truncated', 'the data ends where a byte was expected', at);
  return code[at] as number;
}

/** Decode the prelude that starts at `at`. Throws {@link MpyFormatError} where it is cut short or contradicts itself. */
export function decodePrelude(code: Uint8Array, at = 0): Prelude {
  const scan = new PreludeScan();
  scan.read(code, at);
  const { nState, nExcStack, scopeFlags, nPosArgs, nKwonlyArgs, nDefPosArgs, nInfo, nCells, infoStart } = scan;
  const cellsStart = infoStart + nInfo;
  const names = new ByteReader(code, infoStart, cellsStart);
  const nameIndex = names.uint();
  const argNameIndices: number[] = [];
  for (let i = nPosArgs + nKwonlyArgs; i > 0; i--) argNameIndices.push(names.uint());
  return {
    nState,
    nExcStack,
    scopeFlags,
    nPosArgs,
    nKwonlyArgs,
    nDefPosArgs,
    nInfo,
    nCells,
    nameIndex,
    argNameIndices,
    lineInfoStart: names.at,
    lineInfoEnd: cellsStart,
    cellsStart,
    opcodesStart: cellsStart + nCells,
  };
}

/** The bytes of the signature field. */
export function encodeSignature(fields: Omit<PreludeFields, 'nInfo' | 'nCells'>): number[] {
  let s = fields.nState - 1;
  let e = fields.nExcStack;
  let f = fields.scopeFlags & 0xf;
  let a = fields.nPosArgs;
  let k = fields.nKwonlyArgs;
  let d = fields.nDefPosArgs;
  const out: number[] = [];
  let z = ((s & 0xf) << 3) | ((e & 1) << 2) | (a & 3);
  s >>= 4;
  e >>= 1;
  a >>= 2;
  while ((s | e | f | a | k | d) !== 0) {
    out.push(0x80 | z);
    z = ((f & 1) << 6) | ((s & 3) << 4) | ((k & 1) << 3) | ((a & 1) << 2) | ((e & 1) << 1) | (d & 1);
    s >>= 2;
    e >>= 1;
    f >>= 1;
    a >>= 1;
    k >>= 1;
    d >>= 1;
  }
  out.push(z);
  return out;
}

/** The bytes of the size field. */
export function encodeSizes(nInfo: number, nCells: number): number[] {
  const out: number[] = [];
  let i = nInfo;
  let c = nCells;
  do {
    const z = ((i & 0x3f) << 1) | (c & 1);
    i >>= 6;
    c >>= 1;
    out.push((i | c) !== 0 ? z | 0x80 : z);
  } while ((i | c) !== 0);
  return out;
}

/** Signature and sizes together: the first bytes of a function's code. */
export function encodePrelude(fields: PreludeFields): number[] {
  return [...encodeSignature(fields), ...encodeSizes(fields.nInfo, fields.nCells)];
}

/** The locals that become cells on entry. */
export function cellLocals(code: Uint8Array, prelude: Prelude): number[] {
  return Array.from(code.subarray(prelude.cellsStart, prelude.opcodesStart));
}

/** The bytes of a line-table step: `bytes` of code and then `lines` further down. At least one of them is above 0. */
export function encodeLineStep(bytes: number, lines: number): number[] {
  const out: number[] = [];
  let b = bytes;
  let l = lines;
  while (b > 0 || l > 0) {
    if (l <= 6 || b > 0xf) {
      // 0LLBBBBB; lines only in the step that covers the last of the bytes
      const skip = Math.min(b, 0x1f);
      const down = skip < b ? 0 : Math.min(l, 3);
      out.push(skip | (down << 5));
      b -= skip;
      l -= down;
    } else {
      // 1LLLBBBB LLLLLLLL
      const down = Math.min(l, 0x7ff);
      out.push(0x80 | b | ((down >> 4) & 0x70), down & 0xff);
      b = 0;
      l -= down;
    }
  }
  return out;
}

/**
 * The source line of the instruction at index `offset` of the code (an index like {@link Prelude.opcodesStart}, not
 * counted from there). Without a line table every instruction is on line 1.
 */
export function lineOfOffset(code: Uint8Array, prelude: Prelude, offset: number): number {
  let left = offset - prelude.opcodesStart;
  let line = 1;
  for (let at = prelude.lineInfoStart; at < prelude.lineInfoEnd; ) {
    const c = code[at] as number;
    const long = c >= 0x80;
    const bytes = long ? c & 0xf : c & 0x1f;
    if (left < bytes) break;
    left -= bytes;
    line += long ? ((c << 4) & 0x700) | (code[at + 1] as number) : c >> 5;
    at += long ? 2 : 1;
  }
  return line;
}

/** One row of a line table: from `offset` (an index into the code) on, the line is `line`. */
export interface LineEntry {
  readonly offset: number;
  readonly line: number;
}

/** The whole line table, one entry for each change of line, in the order of the code. */
export function lineTable(code: Uint8Array, prelude: Prelude): LineEntry[] {
  const out: LineEntry[] = [{ offset: prelude.opcodesStart, line: 1 }];
  let offset = prelude.opcodesStart;
  let line = 1;
  for (let at = prelude.lineInfoStart; at < prelude.lineInfoEnd; ) {
    const c = code[at] as number;
    const long = c >= 0x80;
    if (long && at + 1 >= prelude.lineInfoEnd)
      throw new MpyFormatError('bad-prelude', 'the line table is cut short', at);
    offset += long ? c & 0xf : c & 0x1f;
    const lines = long ? ((c << 4) & 0x700) | (code[at + 1] as number) : c >> 5;
    at += long ? 2 : 1;
    if (lines === 0) continue;
    line += lines;
    if (out[out.length - 1]?.offset === offset) out.pop();
    out.push({ offset, line });
  }
  return out;
}
