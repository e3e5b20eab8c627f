/**
 * MicroPython's virtual machine: objects, interpreter, built-ins and core modules on one linear memory.
 * @packageDocumentation
 */
export { Clock, type ClockEvent, type ClockState, type EventHandler, type EventTiming } from './clock.js';
export { romDefinitions } from './definitions.js';
export { coreDefinitions, orderedDefinitions, type RomExtension } from './core-definitions.js';
export { type Interrupts, type InterruptState, pollInterrupts } from './interrupts.js';
export { enableJit } from './jit/jit.js';
export { hasThreads } from './profile.js';
export { enableThreads } from './threads.js';
export { lockType, THREAD_HELPERS, threadModule } from './mod/thread.js';
export type { Diagnostic, SourcePlace } from './diagnostics.js';
export type { CompileFailure, CompileFn, CompileRequest, HostFiles, VmHost } from './host.js';
export type { CostModel, FeatureLevel, Profile, StackModel } from './profile.js';
export { PROFILES } from './profiles.js';
export type { Printer } from './print.js';
export {
  Abort,
  InternalError,
  type Message,
  PyRaise,
  raise,
  raiseArg,
  raiseMsg,
  raiseOSError,
  raiseType,
  raiseTypeError,
  raiseValueError,
  type ResetKind,
  VmUsageError,
} from './raise.js';
export { buildRom, type BuildOptions } from './rom/builder.js';
export { freezeImage, type FrozenFile, romQstrTexts } from './rom/freeze.js';
export { linkByOrder, type PlaceOrder, type RomOrder, romOrder } from './rom/by-order.js';
export { decodeBase64, decodeRom } from './rom/text.js';
export { findFrozen, frozenStat } from './frozen.js';
export { type ImportFiles, type ImportStat, readByMethods } from './import.js';
export { findMount, findMountOf, restOfPath, restText } from './mounts.js';
export {
  type FrozenData,
  type DeferredPart,
  linkImage,
  type LinkedImage,
  type Linking,
  linkPart,
  type RomPart,
  type RomData,
  type RomDefinitions,
  type RomSource,
  type RomImage,
} from './rom/image.js';
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
  isKeyboardInterrupt,
  run,
  type RunLimit,
  type RunResult,
  startAtExit,
  startCall,
  startCompileOnly,
  startFrozen,
  startModule,
  startMpy,
  startRun,
  startSource,
  whereIs,
} from './run.js';
export { finaliseAll, requestReset, resetVm, softReset, takePending } from './reset.js';
export { isCallable } from './mod/builtins.js';
export { addressText } from './obj/address.js';
export { printMemInfo } from './mod/micropython.js';
export { dateOf, daysFrom1970 } from './mod/time.js';
export { callHard } from './schedule.js';
export { ERRNO } from './obj/errno.js';
export type { Journal, JournalEntry, JournalInput } from './journal.js';
export { type CodePlace, type CodeSite, heapTypeName, placeOf, siteOf } from './site.js';
export { loadVm, saveVm, type VmState } from './snapshot.js';
export type { HostPrinter, InputQueue } from './console.js';
export type { QstrTable } from './qstr.js';
export { BufferInfo, Vm, type VmStats } from './vm.js';
export type { Addr, Obj, Qstr } from './words.js';
export { exceptionMatch, printException, tracebackOf } from './obj/exception.js';
export {
  type ArgKindName,
  type ArgParameter,
  type ArgTable,
  argTable,
  arrayItems,
  arrayItemSize,
  BUFFER_READ,
  BUFFER_WRITE,
  CALL,
  callMethod,
  callN,
  castToNativeBase,
  checkArgCount,
  dictItems,
  FALSE,
  getArrayItem,
  getBuffer,
  getBufferMaybe,
  getFloat,
  getInt,
  getIntTruncated,
  getUint32,
  getValue,
  isExceptionInstance,
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
  raiseNoAttribute,
  readArgs,
  schedule,
  SENTINEL,
  setArrayItem,
  setValue,
  smallIntValue,
  strBytes,
  strText,
  subscr,
  tailCall,
  tailCall1,
  tailCall2,
  tailCall3,
  TRUE,
  TYPE_FLAGS,
  typeNameOf,
  TYPES,
  WAIT,
  ROOTS,
  array,
  getArray,
  mapAdd,
  mapFind,
  mapInit,
  dictStore,
  mapNextFilled,
  mapRemove,
  newDict,
  resumeWait,
  waitUntil,
} from './native.js';
export { newArray, newBytearrayByRef } from './obj/array.js';
export { newMemoryview } from './obj/memoryview.js';
export {
  getStream,
  ioctlNow,
  isNonblockingError,
  OP_IOCTL,
  OP_READ,
  OP_WRITE,
  POLL_ERR,
  POLL_HUP,
  POLL_NVAL,
  POLL_RD,
  POLL_WR,
  raiseStreamError,
  readNow,
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
  seekTo,
  STREAM_CLOSE,
  STREAM_ERROR,
  STREAM_FLUSH,
  STREAM_GET_BUFFER_SIZE,
  STREAM_GET_DATA_OPTS,
  STREAM_GET_FILENO,
  STREAM_GET_OPTS,
  STREAM_POLL,
  STREAM_RAISE_ERROR,
  STREAM_SEEK,
  STREAM_SET_DATA_OPTS,
  STREAM_SET_OPTS,
  STREAM_TIMEOUT,
  STREAM_WAIT,
  streamClose,
  streamEnter,
  streamError,
  streamExit,
  streamFlush,
  streamIoctl,
  streamIternext,
  type StreamProtocol,
  streamRead,
  streamRead1,
  streamReadinto,
  streamReadinto1,
  streamReadline,
  streamReadlines,
  streamResult,
  streamSeek,
  streamStatus,
  streamTarget,
  streamTell,
  streamWrite,
  streamWrite1,
  writeNow,
} from './stream.js';
export type { ImportSources, ImportSourcesState } from './import-source.js';
export type { CompileMemory } from './host.js';
export type { ImportSource } from './import-source.js';
export type { SourceReader } from './compile-ledger.js';

export { accelerate, sharedBuffer } from './accelerate.js';
export { compileEarly } from './wasm-early.js';
