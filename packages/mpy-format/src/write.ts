/**
 * Writing `.mpy` files, byte for byte as mpy-cross does. Counterpart: the saving half of py/persistentcode.c.
 */
import { HeaderFlag, ObjType } from '@tsmp-internal/bytecode';
import { ByteWriter } from './bytes.js';
import type { AnyCode, CompiledModule, Constant, NativeCode } from './code.js';
import { MpyFormatError } from './errors.js';
import { formatComplex, formatFloat } from './float-text.js';
import { MPY_SUB_VERSION, MPY_VERSION } from './header.js';
import { NativeFlag } from './read.js';
import { staticQstrNumber } from './static-qstrs.js';
import { encodeString } from './text.js';

/** What the header is to say; a {@link MpyHeader} fits, so `writeMpy(file.module, file.header)` copies a file. */
export interface WriteOptions {
  /** Bits of a small int in the code; 31 when absent. */
  readonly smallIntBits?: number;
  /** The native architecture, needed when there is native code. */
  readonly arch?: number;
  readonly archFlags?: number;
}

/** The bytes of a `.mpy` file. */
export function writeMpy(module: CompiledModule, options: WriteOptions = {}): Uint8Array {
  const arch = options.arch ?? 0;
  const archFlags = options.archFlags ?? 0;
  if (arch === 0 && hasNative(module.root)) {
    throw new MpyFormatError('bad-module', 'the module has native code, so an architecture is needed');
  }
  const out = new ByteWriter();
  out.byte(0x4d);
  out.byte(MPY_VERSION);
  out.byte((archFlags !== 0 ? HeaderFlag.ArchFlags : 0) | (arch !== 0 ? MPY_SUB_VERSION | (arch << 2) : 0));
  out.byte(options.smallIntBits ?? 31);
  if (archFlags !== 0) out.uint(archFlags);
  out.uint(module.qstrs.length);
  out.uint(module.constants.length);
  for (const name of module.qstrs) writeQstr(out, name);
  for (const constant of module.constants) writeConstant(out, constant);
  writeCode(out, module.root);
  return out.finish();
}

function hasNative(code: AnyCode): boolean {
  return code.kind !== 'bytecode' || code.children.some(hasNative);
}

function writeQstr(out: ByteWriter, name: string): void {
  const number = staticQstrNumber(name);
  if (number !== 0) {
    out.uint(number * 2 + 1);
    return;
  }
  const data = encodeString(name);
  out.uint(data.length * 2);
  out.bytes(data);
  out.byte(0);
}

function writeData(out: ByteWriter, type: ObjType, data: Uint8Array): void {
  out.byte(type);
  out.uint(data.length);
  out.bytes(data);
}

function writeConstant(out: ByteWriter, constant: Constant): void {
  switch (constant.kind) {
    case 'fun-table':
      out.byte(ObjType.FunTable);
      break;
    case 'none':
      out.byte(ObjType.None);
      break;
    case 'false':
      out.byte(ObjType.False);
      break;
    case 'true':
      out.byte(ObjType.True);
      break;
    case 'ellipsis':
      out.byte(ObjType.Ellipsis);
      break;
    case 'str':
      writeData(out, ObjType.Str, encodeString(constant.value));
      out.byte(0);
      break;
    case 'bytes':
      writeData(out, ObjType.Bytes, constant.value);
      out.byte(0);
      break;
    case 'int':
      writeData(out, ObjType.Int, encodeString(constant.value.toString()));
      break;
    case 'float':
      writeData(out, ObjType.Float, encodeString(constant.text ?? formatFloat(constant.value)));
      break;
    case 'complex':
      writeData(out, ObjType.Complex, encodeString(constant.text ?? formatComplex(constant.real, constant.imag)));
      break;
    case 'tuple':
      out.byte(ObjType.Tuple);
      out.uint(constant.items.length);
      for (const item of constant.items) writeConstant(out, item);
      break;
  }
}

function writeCode(out: ByteWriter, code: AnyCode): void {
  const kind = code.kind === 'bytecode' ? 0 : code.kind === 'native' ? 1 : code.kind === 'viper' ? 2 : 3;
  out.uint(code.code.length * 8 + (code.children.length !== 0 ? 4 : 0) + kind);
  out.bytes(code.code);
  if (code.kind !== 'bytecode') writeNativeFields(out, code);
  if (code.children.length !== 0) {
    out.uint(code.children.length);
    for (const child of code.children) writeCode(out, child);
  }
  if (code.kind !== 'bytecode' && code.relocations !== undefined) out.bytes(code.relocations);
}

function writeNativeFields(out: ByteWriter, code: NativeCode): void {
  if (code.kind === 'native') {
    out.uint(code.preludeOffset ?? 0);
    return;
  }
  const flags = code.scopeFlags ?? 0;
  out.uint(flags);
  if (code.kind === 'asm') {
    out.uint(code.nPosArgs ?? 0);
    out.uint(code.typeSig ?? 0);
    return;
  }
  const rodata = code.rodata ?? new Uint8Array(0);
  if (flags & NativeFlag.Rodata) out.uint(rodata.length);
  if (flags & NativeFlag.Bss) out.uint(code.bssSize ?? 0);
  if (flags & NativeFlag.Rodata) out.bytes(rodata);
}
