/**
 * `.mpy` files and MicroPython bytecode: reading, writing, checking, listing and merging. Counterparts:
 * py/persistentcode.c, py/bc.h, py/showbc.c and tools/mpy-tool.py.
 */
export type { AnyCode, CompiledModule, Constant, NativeCode, RawCode } from './code.js';
export { constantText, stringLiteral } from './constant-text.js';
export { describe } from './describe.js';
export type { FunctionSummary, ModuleDescription } from './describe.js';
export { disassemble, formatListing } from './disassemble.js';
export type { FunctionListing, ListedInstruction, ModuleListing } from './disassemble.js';
export { MpyFormatError, MpyVerifyError } from './errors.js';
export type { MpyFormatCode } from './errors.js';
export { formatComplex, formatFloat, parseComplexText, parseFloatText } from './float-text.js';
export { Freezer } from './freeze.js';
export { isGenerator } from './signature.js';
export type { FreezeTarget, FrozenModule } from './freeze.js';
export { ARCH_NAMES, checkTarget, MPY_SUB_VERSION, MPY_VERSION } from './header.js';
export type { MpyHeader, MpyTarget } from './header.js';
export { ImageWriter } from './image-writer.js';
export { formatHexdump, formatInspection, inspectMpy, segmentsOfKind } from './inspect.js';
export type {
  InspectedCode,
  InspectedConstant,
  InspectedName,
  MpyInspection,
  Segment,
  SegmentKind,
  Span,
} from './inspect.js';
export { decodeInstruction, instructions, smallIntOperand } from './instructions.js';
export type { Instruction } from './instructions.js';
export { type OpcodeMeaning, opcodeMeaning } from './opcode-meanings.js';
export { BINARY_SYMBOLS, embeddedOperand, opcodeInfo, OPCODES, operatorSymbol, UNARY_SYMBOLS } from './opcode-table.js';
export type { OpcodeInfo, OperandKind, StackCount } from './opcode-table.js';
export { mergeModules } from './merge.js';
export {
  cellLocals,
  decodePrelude,
  encodeLineStep,
  encodePrelude,
  encodeSignature,
  encodeSizes,
  lineOfOffset,
  lineTable,
} from './prelude.js';
export type { LineEntry, Prelude, PreludeFields } from './prelude.js';
export { MAX_DEPTH, readMpy } from './read.js';
export type { MpyFile, ReadOptions } from './read.js';
export { formatBytecode } from './showbc.js';
export { STATIC_QSTRS, staticQstrNumber } from './static-qstrs.js';
export { decodeString, encodeString } from './text.js';
export { verifyModule } from './verify.js';
export { writeMpy } from './write.js';
export type { WriteOptions } from './write.js';
