/**
 * MicroPython's virtual machine: objects, interpreter, built-ins and core modules on one linear memory.
 * @packageDocumentation
 */
export { Clock, type ClockEvent, type ClockState, type EventHandler } from './clock.js';
export { romDefinitions, type RomExtension } from './definitions.js';
export type { CompileFailure, CompileFn, CompileRequest, HostFiles, VmHost } from './host.js';
export type { CostModel, FeatureLevel, Profile, StackModel } from './profile.js';
export { PROFILES } from './profiles.js';
export type { Printer } from './print.js';
export {
  Abort,
  InternalError,
  PyRaise,
  raise,
  raiseArg,
  raiseMsg,
  raiseOSError,
  raiseType,
  raiseTypeError,
  raiseValueError,
  VmUsageError,
} from './raise.js';
export { buildRom, type BuildOptions } from './rom/builder.js';
export { linkImage, type LinkedImage, type RomData, type RomDefinitions, type RomImage } from './rom/image.js';
export {
  type AttrFn,
  type BinaryOpFn,
  type BufferFn,
  type CallFn,
  classMethod,
  defineModule,
  defineType,
  type Fun0,
  type Fun1,
  type Fun2,
  type Fun3,
  fun0,
  fun1,
  fun2,
  fun3,
  type FunDef,
  funKw,
  type FunVar,
  funVar,
  type GetiterFn,
  type IternextFn,
  type LinkFn,
  type MakeNewFn,
  type ModuleDef,
  type PrintFn,
  pyFun,
  type PyFunDef,
  romFloat,
  romTuple,
  type RomValue,
  staticMethod,
  type SubscrFn,
  type TypeDef,
  type UnaryOpFn,
} from './rom/define.js';
export {
  boot,
  exitStatus,
  interrupt,
  run,
  type RunLimit,
  type RunResult,
  startCall,
  startMpy,
  startRun,
  startSource,
  whereIs,
} from './run.js';
export { loadVm, saveVm, type VmState } from './snapshot.js';
export type { HostPrinter, InputQueue } from './console.js';
export type { QstrTable } from './qstr.js';
export { BufferInfo, Vm, type VmStats } from './vm.js';
export type { Addr, Obj, Qstr } from './words.js';
export { printException, tracebackOf } from './obj/exception.js';
export {
  type ArgKindName,
  type ArgParameter,
  type ArgTable,
  argTable,
  BUFFER_READ,
  BUFFER_WRITE,
  CALL,
  callMethod,
  checkArgCount,
  FALSE,
  getBuffer,
  getFloat,
  getInt,
  getIntTruncated,
  getUint32,
  isInt,
  isSmallInt,
  isStr,
  isTrue,
  listAppend,
  loadMethodMaybe,
  newBool,
  newFloat,
  newInt,
  newIntFromUint32,
  newList,
  newSmallInt,
  newStr,
  newStrFromBytes,
  NONE,
  NULL,
  readArgs,
  schedule,
  SENTINEL,
  smallIntValue,
  strText,
  tailCall,
  tailCall1,
  tailCall2,
  tailCall3,
  TRUE,
  TYPE_FLAGS,
  typeNameOf,
  TYPES,
  WAIT,
} from './native.js';
