/**
 * A `.mpy` file taken apart: what is in it, and where in the bytes it is. Counterpart: `mpy-tool.py -x` and `--extract`; the
 * forms are our own.
 *
 * An inspection is plain data: `JSON.stringify` of it loses nothing. Its segments cover the file from the first byte to
 * {@link MpyInspection.length} without a gap and without overlapping.
 */
import { ByteReader, type FilePart } from './bytes.js';
import type { AnyCode, CompiledModule, Constant } from './code.js';
import { constantText, stringLiteral } from './constant-text.js';
import { disassemble, type FunctionListing, formatFunction } from './disassemble.js';
import { MpyFormatError } from './errors.js';
import { ARCH_NAMES, type MpyHeader } from './header.js';
import { decodePrelude, type LineEntry, lineTable, type Prelude } from './prelude.js';
import { readWith } from './read.js';
import { staticQstrNumber } from './static-qstrs.js';

/** A run of bytes in the file, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A name of the file's table. */
export interface InspectedName extends Span {
  readonly index: number;
  readonly text: string;
  /** Its number if the file has it by number only; otherwise 0. */
  readonly staticNumber: number;
}

/** A constant of the file's table. */
export interface InspectedConstant extends Span {
  readonly index: number;
  readonly kind: Constant['kind'];
  /** As Python source. */
  readonly text: string;
}

/** A function. `start` and `end` are those of its code in the file: add `start` to an offset of its listing. */
export interface InspectedCode extends Span {
  /** What {@link disassemble} says of it; its children are in `children` below. */
  readonly listing: Omit<FunctionListing, 'children'>;
  /** Where the parts of its prelude start, in the code; null for native code without one. */
  readonly prelude: Prelude | null;
  /** From which offset of the code on there is which line. */
  readonly lines: readonly LineEntry[];
  readonly children: readonly InspectedCode[];
}

/** What a segment is: `meta` frames the others; the same four kinds that mpy-tool extracts. */
export type SegmentKind = 'meta' | 'qstr' | 'obj' | 'code';

/** A run of bytes with one meaning. */
export interface Segment extends Span {
  readonly kind: SegmentKind;
  /** A word that names it, such as `header`, `qstr12` or `main.f`. */
  readonly name: string;
  /** What it says. */
  readonly text: string;
}

/** A `.mpy` file taken apart. */
export interface MpyInspection {
  /** Bytes of the file that were read; what follows is ignored, as on a board. */
  readonly length: number;
  readonly header: MpyHeader & { readonly archName: string };
  readonly sourceFile: string;
  readonly qstrs: readonly InspectedName[];
  readonly constants: readonly InspectedConstant[];
  readonly code: InspectedCode;
  readonly segments: readonly Segment[];
}

/** Take a file apart. Throws {@link MpyFormatError} where it is none, or where code is no code. */
export function inspectMpy(bytes: Uint8Array): MpyInspection {
  const reader = new ByteReader(bytes);
  const parts: { part: FilePart; start: number; end: number }[] = [];
  reader.note = (part, start, end) => parts.push({ part, start, end });
  const { header, module, length } = readWith(reader, {});
  const listing = disassemble(module);
  const spansOf = (part: FilePart): Span[] => parts.filter((p) => p.part === part);
  const codes = spansOf('code');
  let next = 0;
  const inspect = (code: AnyCode, from: FunctionListing): InspectedCode => {
    const { children, ...own } = from;
    const { start, end } = codes[next++] as Span;
    const prelude = preludeOf(code);
    const lines = prelude === null || code.kind !== 'bytecode' ? [] : lineTable(code.code, prelude);
    const inner = code.children.map((child, i) => inspect(child, children[i] as FunctionListing));
    return { start, end, listing: own, prelude, lines, children: inner };
  };
  const qstrs = spansOf('qstr').map(({ start, end }, index): InspectedName => {
    const text = module.qstrs[index] as string;
    return { index, text, staticNumber: (bytes[start] as number) & 1 ? staticQstrNumber(text) : 0, start, end };
  });
  const constants = spansOf('constant').map(({ start, end }, index): InspectedConstant => {
    const constant = module.constants[index] as Constant;
    return { index, kind: constant.kind, text: listing.constants[index] ?? constantText(constant), start, end };
  });
  const code = inspect(module.root, listing.root);
  const archName = ARCH_NAMES[header.arch] ?? String(header.arch);
  const summary = { length, header: { ...header, archName }, sourceFile: listing.sourceFile, qstrs, constants, code };
  return { ...summary, segments: segmentsOf(parts, module, summary) };
}

function preludeOf(code: AnyCode): Prelude | null {
  if (code.kind === 'bytecode') return decodePrelude(code.code);
  return code.kind === 'native' ? decodePrelude(code.code, code.preludeOffset ?? 0) : null;
}

function segmentsOf(
  parts: readonly { part: FilePart; start: number; end: number }[],
  module: CompiledModule,
  { header, qstrs, constants, code }: Omit<MpyInspection, 'segments'>,
): Segment[] {
  const functions: InspectedCode[] = [];
  const visit = (fn: InspectedCode): void => {
    functions.push(fn);
    fn.children.forEach(visit);
  };
  visit(code);
  const counts = { qstr: 0, constant: 0, code: 0 };
  return parts.map(({ part, start, end }): Segment => {
    switch (part) {
      case 'header':
        return { kind: 'meta', name: 'header', text: headerText(header), start, end };
      case 'counts': {
        const text = `${module.qstrs.length} names, ${module.constants.length} constants`;
        return { kind: 'meta', name: 'counts', text, start, end };
      }
      case 'qstr': {
        const { index, text, staticNumber } = qstrs[counts.qstr++] as InspectedName;
        const number = staticNumber === 0 ? '' : `, static ${staticNumber}`;
        return { kind: 'qstr', name: `qstr${index}`, text: `${stringLiteral(text)}${number}`, start, end };
      }
      case 'constant': {
        const { index, kind, text } = constants[counts.constant++] as InspectedConstant;
        return { kind: 'obj', name: `obj${index}`, text: `${kind} ${text}`, start, end };
      }
      case 'code': {
        const { listing } = functions[counts.code++] as InspectedCode;
        return { kind: 'code', name: listing.path, text: `${listing.kind} ${listing.signature}`, start, end };
      }
      default: {
        // The head comes before its code, all else behind it.
        const { listing } = functions[part === 'code-head' ? counts.code : counts.code - 1] as InspectedCode;
        const text = part === 'code-head' ? `${listing.kind}, ${listing.size} bytes` : part;
        return { kind: 'meta', name: `${listing.path}.${part}`, text, start, end };
      }
    }
  });
}

function headerText(header: MpyInspection['header']): string {
  const native = header.arch === 0 ? '' : `.${header.subVersion}, native code for ${header.archName}`;
  const flags = header.archFlags === 0 ? '' : `, flags ${header.archFlags}`;
  return `version ${header.version}${native}${flags}, small ints of ${header.smallIntBits} bits`;
}

/** An inspection as text: header, tables, and for each function its listing and line table. */
export function formatInspection(inspection: MpyInspection): string {
  const { header, qstrs, constants, code, length, sourceFile } = inspection;
  const out = [`file ${sourceFile}: ${length} bytes, ${headerText(header)}`];
  for (const { index, text, staticNumber } of qstrs) {
    out.push(`name ${index}: ${stringLiteral(text)}${staticNumber === 0 ? '' : `, static ${staticNumber}`}`);
  }
  for (const { index, kind, text } of constants) out.push(`constant ${index}: ${kind} ${text}`);
  const visit = (fn: InspectedCode): void => {
    out.push('', `at ${fn.start} to ${fn.end} of the file`);
    if (fn.lines.length > 0) out.push(`lines ${fn.lines.map(({ offset, line }) => `${offset}:${line}`).join(' ')}`);
    formatFunction({ ...fn.listing, children: [] }, out);
    fn.children.forEach(visit);
  };
  visit(code);
  return `${out.join('\n')}\n`;
}

/** Bytes in a row of a hex dump. */
const ROW = 16;

/** The bytes of a file with what they mean beside them; code is shown part by part and instruction by instruction. */
export function formatHexdump(bytes: Uint8Array, inspection: MpyInspection): string {
  const out: string[] = [];
  const rows = (start: number, end: number, text: string): void => {
    for (let at = start; at < end || at === start; at += ROW) {
      let hex = '';
      for (const b of bytes.subarray(at, Math.min(at + ROW, end))) hex += ` ${b.toString(16).padStart(2, '0')}`;
      const note = at === start ? `  ${text}` : '';
      out.push(`${at.toString(16).padStart(6, '0')} ${hex.padEnd(ROW * 3)}${note}`.trimEnd());
    }
  };
  const codes = new Map<number, InspectedCode>();
  const visit = (fn: InspectedCode): void => {
    codes.set(fn.start, fn);
    fn.children.forEach(visit);
  };
  visit(inspection.code);
  for (const { kind, name, text, start, end } of inspection.segments) {
    const fn = kind === 'code' ? codes.get(start) : undefined;
    if (fn === undefined || fn.prelude === null || fn.listing.kind !== 'bytecode') {
      rows(start, end, `${name}: ${text}`);
      continue;
    }
    const { lineInfoStart, lineInfoEnd, cellsStart, opcodesStart } = fn.prelude;
    rows(start, start + lineInfoStart, `${name}: prelude of ${fn.listing.signature}`);
    if (lineInfoEnd > lineInfoStart) rows(start + lineInfoStart, start + lineInfoEnd, 'line table');
    if (opcodesStart > cellsStart) rows(start + cellsStart, start + opcodesStart, 'cells');
    for (const { offset, bytes: own, name: op, operand } of fn.listing.instructions) {
      rows(start + offset, start + offset + own.length / 2, `  ${offset} ${op} ${operand}`.trimEnd());
    }
  }
  return `${out.join('\n')}\n`;
}

/** The segments of the kinds that are asked for; of all kinds if none is. */
export function segmentsOfKind(inspection: MpyInspection, kinds: readonly string[] = []): Segment[] {
  for (const kind of kinds) {
    if (!['meta', 'qstr', 'obj', 'code'].includes(kind)) {
      throw new MpyFormatError('bad-module', `segments are meta, qstr, obj or code, not '${kind}'`);
    }
  }
  return inspection.segments.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
}
