/**
 * Reading `.mpy` files, version 6. Counterpart: the loading half of py/persistentcode.c.
 *
 * Anything may be in the bytes: a bad file is a MpyFormatError, never another exception, and costs time and memory in
 * proportion to its length. What the bytecode does is checked separately, by the verifier.
 */
import { HeaderFlag, ObjType } from '@tsmp-internal/bytecode';
import { ByteReader } from './bytes.js';
import type { AnyCode, CompiledModule, Constant, NativeCode } from './code.js';
import { MpyFormatError } from './errors.js';
import { formatComplex, formatFloat, parseComplexText, parseFloatText } from './float-text.js';
import { checkTarget, MPY_SUB_VERSION, MPY_VERSION, type MpyHeader, type MpyTarget } from './header.js';
import { STATIC_QSTRS } from './static-qstrs.js';
import { decodeString } from './text.js';

/** A file's header and what it holds. */
export interface MpyFile {
  readonly header: MpyHeader;
  readonly module: CompiledModule;
  /** How many bytes the module took; what follows is ignored, as on a board. */
  readonly length: number;
}

/** How to read. */
export interface ReadOptions {
  /** Refuse, as a board does, what this target cannot load. Absent: read everything that is well-formed. */
  readonly target?: MpyTarget;
}

/** Flags of viper and assembler code that announce further sections. */
export const enum NativeFlag {
  Relocations = 0x10,
  Rodata = 0x20,
  Bss = 0x40,
}

/**
 * How deep functions, and tuples, may nest. No source that compiles within a board's stack comes near it, and reading
 * stays far from the depth that a JavaScript stack allows.
 */
export const MAX_DEPTH = 200;

/**
 * The digits of an int constant are converted in more than linear time, so their number is limited. This many make an
 * int of 26 KiB, more than a literal can have on a board.
 */
const MAX_INT_DIGITS = 65536;

/** Read a `.mpy` file. */
export function readMpy(bytes: Uint8Array, options: ReadOptions = {}): MpyFile {
  return readWith(new ByteReader(bytes), options);
}

/** The same with a reader that may want to be told of the parts. */
export function readWith(reader: ByteReader, options: ReadOptions): MpyFile {
  const { note } = reader;
  const header = readHeader(reader);
  note?.('header', 0, reader.at);
  if (options.target !== undefined) checkTarget(header, options.target);
  const bytecodeOnly = options.target !== undefined && (options.target.arch ?? 0) === 0;

  let start = reader.at;
  const nQstrs = reader.count('names', 1);
  const nConstants = reader.count('constants', 1);
  note?.('counts', start, reader.at);
  const qstrs: string[] = [];
  for (let i = 0; i < nQstrs; i++) {
    start = reader.at;
    qstrs.push(readQstr(reader));
    note?.('qstr', start, reader.at);
  }
  const constants: Constant[] = [];
  for (let i = 0; i < nConstants; i++) {
    start = reader.at;
    constants.push(readConstant(reader, 0));
    note?.('constant', start, reader.at);
  }
  const root = readCode(reader, 0, bytecodeOnly);
  return { header, module: { qstrs, constants, root }, length: reader.at };
}

function readHeader(reader: ByteReader): MpyHeader {
  if (reader.byte() !== 0x4d) throw new MpyFormatError('not-mpy', "a .mpy file starts with 'M'", 0);
  const version = reader.byte();
  if (version !== MPY_VERSION) {
    throw new MpyFormatError('incompatible-version', `version ${MPY_VERSION} expected, got ${version}`, 1);
  }
  const features = reader.byte();
  const arch = (features >> 2) & 0x2f;
  const subVersion = features & 3;
  if (arch !== 0 && subVersion !== MPY_SUB_VERSION) {
    throw new MpyFormatError(
      'incompatible-sub-version',
      `sub-version ${MPY_SUB_VERSION} expected, got ${subVersion}`,
      2,
    );
  }
  const smallIntBits = reader.byte();
  const archFlags = features & HeaderFlag.ArchFlags ? reader.uint() : 0;
  return { version, subVersion, arch, archFlags, smallIntBits };
}

function readQstr(reader: ByteReader): string {
  const start = reader.at;
  const field = reader.uint();
  if (field % 2 === 1) {
    const number = (field - 1) / 2;
    const name = STATIC_QSTRS[number - 1];
    if (name === undefined) throw new MpyFormatError('bad-qstr', `no static qstr has the number ${number}`, start);
    return name;
  }
  return decodeString(readTerminated(reader, field / 2));
}

/** Bytes with a zero after them that is not part of them. */
function readTerminated(reader: ByteReader, length: number): Uint8Array {
  const data = reader.take(length);
  if (reader.byte() !== 0)
    throw new MpyFormatError('bad-string', 'a string does not end with a zero byte', reader.at - 1);
  return data;
}

function readAscii(reader: ByteReader): string {
  const data = reader.take(reader.count('characters', 1));
  let text = '';
  for (const b of data) text += String.fromCharCode(b);
  return text;
}

function readConstant(reader: ByteReader, depth: number): Constant {
  const start = reader.at;
  const kind = reader.byte();
  switch (kind) {
    case ObjType.FunTable:
      return { kind: 'fun-table' };
    case ObjType.None:
      return { kind: 'none' };
    case ObjType.False:
      return { kind: 'false' };
    case ObjType.True:
      return { kind: 'true' };
    case ObjType.Ellipsis:
      return { kind: 'ellipsis' };
    case ObjType.Str:
    case ObjType.Bytes: {
      const value = readTerminated(reader, reader.uint());
      return kind === ObjType.Str ? { kind: 'str', value: decodeString(value) } : { kind: 'bytes', value };
    }
    case ObjType.Int: {
      const text = readAscii(reader);
      if (!/^[+-]?\d+$/.test(text) || text.length > MAX_INT_DIGITS) {
        throw new MpyFormatError('bad-number', 'the text of an int constant is no number, or too long', start);
      }
      return { kind: 'int', value: text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text.replace('+', '')) };
    }
    case ObjType.Float: {
      const text = readAscii(reader);
      const value = parseFloatText(text, start);
      return formatFloat(value) === text ? { kind: 'float', value } : { kind: 'float', value, text };
    }
    case ObjType.Complex: {
      const text = readAscii(reader);
      const { real, imag } = parseComplexText(text, start);
      return formatComplex(real, imag) === text
        ? { kind: 'complex', real, imag }
        : { kind: 'complex', real, imag, text };
    }
    case ObjType.Tuple: {
      if (depth === MAX_DEPTH) throw new MpyFormatError('too-deep', `tuples nest deeper than ${MAX_DEPTH}`, start);
      const items: Constant[] = [];
      for (let n = reader.count('items', 1); n > 0; n--) items.push(readConstant(reader, depth + 1));
      return { kind: 'tuple', items };
    }
    default:
      throw new MpyFormatError('bad-object', 'no constant has this type byte', start);
  }
}

const CODE_KINDS = ['bytecode', 'native', 'viper', 'asm'] as const;

function readCode(reader: ByteReader, depth: number, bytecodeOnly: boolean): AnyCode {
  const start = reader.at;
  if (depth === MAX_DEPTH) throw new MpyFormatError('too-deep', `functions nest deeper than ${MAX_DEPTH}`, start);
  const field = reader.uint();
  const kind = CODE_KINDS[field % 4] as (typeof CODE_KINDS)[number];
  const hasChildren = (field & 4) !== 0;
  if (kind !== 'bytecode' && bytecodeOnly) {
    throw new MpyFormatError('native-code', 'native code in a file for no architecture', start);
  }
  const { note } = reader;
  note?.('code-head', start, reader.at);
  const codeStart = reader.at;
  const code = reader.take(Math.floor(field / 8));
  note?.('code', codeStart, reader.at);
  if (kind !== 'bytecode') return readNative(reader, depth, kind, code, hasChildren);
  const children = hasChildren ? readChildren(reader, depth, bytecodeOnly) : [];
  return { kind, code, children };
}

function readChildren(reader: ByteReader, depth: number, bytecodeOnly: boolean): AnyCode[] {
  const children: AnyCode[] = [];
  const start = reader.at;
  const count = reader.count('functions', 1);
  reader.note?.('children', start, reader.at);
  for (let n = count; n > 0; n--) children.push(readCode(reader, depth + 1, bytecodeOnly));
  return children;
}

function readNative(
  reader: ByteReader,
  depth: number,
  kind: NativeCode['kind'],
  code: Uint8Array,
  hasChildren: boolean,
): NativeCode {
  const start = reader.at;
  if (kind === 'native') {
    const preludeOffset = reader.uint();
    reader.note?.('native-info', start, reader.at);
    return { kind, code, preludeOffset, children: hasChildren ? readChildren(reader, depth, false) : [] };
  }
  const scopeFlags = reader.uint();
  const asm = kind === 'asm' ? { nPosArgs: reader.uint(), typeSig: reader.uint() } : {};
  const sections: { rodata?: Uint8Array; bssSize?: number; relocations?: Uint8Array } = {};
  if (kind === 'viper') {
    const rodataSize = scopeFlags & NativeFlag.Rodata ? reader.uint() : 0;
    if (scopeFlags & NativeFlag.Bss) sections.bssSize = reader.uint();
    if (scopeFlags & NativeFlag.Rodata) sections.rodata = reader.take(rodataSize);
  }
  reader.note?.('native-info', start, reader.at);
  const children = hasChildren ? readChildren(reader, depth, false) : [];
  const relocations = reader.at;
  if (scopeFlags & NativeFlag.Relocations) {
    sections.relocations = readRelocations(reader);
    reader.note?.('relocations', relocations, reader.at);
  }
  return { kind, code, scopeFlags, ...asm, ...sections, children };
}

/** Relocations are a little program; it is walked only to find its end. */
function readRelocations(reader: ByteReader): Uint8Array {
  const start = reader.at;
  for (;;) {
    const op = reader.byte();
    if (op === 0xff) return reader.bytes.slice(start, reader.at);
    if (op & 1) reader.uint();
    if (op >> 1 <= 5 && (op >> 1) & 1) reader.uint();
  }
}
