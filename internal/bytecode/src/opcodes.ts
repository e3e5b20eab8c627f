/**
 * The opcode numbers of MicroPython bytecode version 6, as `const enum`s so that bundlers turn every use into a literal
 * (a `switch` over literals is the form V8 runs fastest). Counterpart: py/bc0.h and py/runtime0.h.
 *
 * The high nibble tells what follows an opcode: nothing, a qstr-table index, a var-uint, or a jump offset; some opcodes
 * have one more byte after that.
 */

/** What kind of operand follows an opcode. */
export const enum OpFormat {
  /** No operand. */
  Byte = 0,
  /** A var-uint index into the module's qstr table. */
  Qstr = 1,
  /** A var-uint (for `LoadConstSmallInt`: signed). */
  VarUint = 2,
  /** A jump offset of one or two bytes. */
  Offset = 3,
}

/** One bit pair for each high nibble of an opcode: its {@link OpFormat}. */
export const OP_FORMAT_NIBBLES = 0x000003a4;

/** The operand format of `op`. */
export function opFormat(op: number): OpFormat {
  return (OP_FORMAT_NIBBLES >> (2 * (op >> 4))) & 3;
}

/** Every opcode. The `…Multi` ones are the first of a range that encodes its operand. */
export const enum Op {
  LoadConstString = 0x10,
  LoadName = 0x11,
  LoadGlobal = 0x12,
  LoadAttr = 0x13,
  LoadMethod = 0x14,
  LoadSuperMethod = 0x15,
  StoreName = 0x16,
  StoreGlobal = 0x17,
  StoreAttr = 0x18,
  DeleteName = 0x19,
  DeleteGlobal = 0x1a,
  ImportName = 0x1b,
  ImportFrom = 0x1c,

  MakeClosure = 0x20,
  MakeClosureDefargs = 0x21,
  LoadConstSmallInt = 0x22,
  LoadConstObj = 0x23,
  LoadFastN = 0x24,
  LoadDeref = 0x25,
  StoreFastN = 0x26,
  StoreDeref = 0x27,
  DeleteFast = 0x28,
  DeleteDeref = 0x29,
  BuildTuple = 0x2a,
  BuildList = 0x2b,
  BuildMap = 0x2c,
  BuildSet = 0x2d,
  BuildSlice = 0x2e,
  StoreComp = 0x2f,

  UnpackSequence = 0x30,
  UnpackEx = 0x31,
  MakeFunction = 0x32,
  MakeFunctionDefargs = 0x33,
  CallFunction = 0x34,
  CallFunctionVarKw = 0x35,
  CallMethod = 0x36,
  CallMethodVarKw = 0x37,

  UnwindJump = 0x40,
  Jump = 0x42,
  PopJumpIfTrue = 0x43,
  PopJumpIfFalse = 0x44,
  JumpIfTrueOrPop = 0x45,
  JumpIfFalseOrPop = 0x46,
  SetupWith = 0x47,
  SetupExcept = 0x48,
  SetupFinally = 0x49,
  PopExceptJump = 0x4a,
  ForIter = 0x4b,

  LoadConstFalse = 0x50,
  LoadConstNone = 0x51,
  LoadConstTrue = 0x52,
  LoadNull = 0x53,
  LoadBuildClass = 0x54,
  LoadSubscr = 0x55,
  StoreSubscr = 0x56,
  DupTop = 0x57,
  DupTopTwo = 0x58,
  PopTop = 0x59,
  RotTwo = 0x5a,
  RotThree = 0x5b,
  WithCleanup = 0x5c,
  EndFinally = 0x5d,
  GetIter = 0x5e,
  GetIterStack = 0x5f,

  StoreMap = 0x62,
  ReturnValue = 0x63,
  RaiseLast = 0x64,
  RaiseObj = 0x65,
  RaiseFrom = 0x66,
  YieldValue = 0x67,
  YieldFrom = 0x68,
  ImportStar = 0x69,

  LoadConstSmallIntMulti = 0x70,
  LoadFastMulti = 0xb0,
  StoreFastMulti = 0xc0,
  UnaryOpMulti = 0xd0,
  BinaryOpMulti = 0xd7,
}

/** Sizes of the opcode ranges. */
export const enum OpRange {
  /** `LoadConstSmallIntMulti`: 64 values from −16 to 47. */
  SmallIntNum = 64,
  /** Subtracted from the encoded small int. */
  SmallIntExcess = 16,
  LoadFastNum = 16,
  StoreFastNum = 16,
  /** Unary opcodes: + − ~ not. */
  UnaryNum = 4,
  /** Binary opcodes: 9 relations, 13 in-place, 13 plain. */
  BinaryNum = 35,
}

/** Unary operations. Those after `Not` have no opcode; they are the operations behind `bool()`, `len()` and so on. */
export const enum UnaryOp {
  Positive = 0,
  Negative = 1,
  Invert = 2,
  Not = 3,
  Bool = 4,
  Len = 5,
  Hash = 6,
  Abs = 7,
  IntMaybe = 8,
  FloatMaybe = 9,
  ComplexMaybe = 10,
  Sizeof = 11,
}

/** Binary operations. Those from `Divmod` on have no opcode. Each in-place one is its plain one minus 13. */
export const enum BinaryOp {
  Less = 0,
  More = 1,
  Equal = 2,
  LessEqual = 3,
  MoreEqual = 4,
  NotEqual = 5,
  In = 6,
  Is = 7,
  ExceptionMatch = 8,
  InplaceOr = 9,
  InplaceXor = 10,
  InplaceAnd = 11,
  InplaceLshift = 12,
  InplaceRshift = 13,
  InplaceAdd = 14,
  InplaceSubtract = 15,
  InplaceMultiply = 16,
  InplaceMatMultiply = 17,
  InplaceFloorDivide = 18,
  InplaceTrueDivide = 19,
  InplaceModulo = 20,
  InplacePower = 21,
  Or = 22,
  Xor = 23,
  And = 24,
  Lshift = 25,
  Rshift = 26,
  Add = 27,
  Subtract = 28,
  Multiply = 29,
  MatMultiply = 30,
  FloorDivide = 31,
  TrueDivide = 32,
  Modulo = 33,
  Power = 34,
  Divmod = 35,
  Contains = 36,
  ReverseOr = 37,
  ReverseXor = 38,
  ReverseAnd = 39,
  ReverseLshift = 40,
  ReverseRshift = 41,
  ReverseAdd = 42,
  ReverseSubtract = 43,
  ReverseMultiply = 44,
  ReverseMatMultiply = 45,
  ReverseFloorDivide = 46,
  ReverseTrueDivide = 47,
  ReverseModulo = 48,
  ReversePower = 49,
}

/** Flags of a function in its prelude. Counterpart: MP_SCOPE_FLAG_* in py/runtime0.h. */
export const enum ScopeFlag {
  Generator = 0x01,
  VarKeywords = 0x02,
  VarArgs = 0x04,
  DefKwArgs = 0x08,
  /** The flags that the prelude stores. */
  AllSig = 0x0f,
  /** Compile-time only: the scope refers to globals. */
  RefGlobals = 0x10,
  /** Compile-time only: the scope has constants (native code). */
  HasConsts = 0x20,
}
