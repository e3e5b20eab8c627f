/**
 * Where the fields of heap and ROM objects are, in bytes from the object's start. Sizes and order are those of a 32-bit
 * MicroPython, so that a program allocates here what it allocates there. Word 0 is always the type.
 */

/** A map: hash table, or ordered array when fixed or an OrderedDict. Counterpart: mp_map_t. 12 bytes. */
export const enum MapOff {
  /** bit 0: all keys are qstrs, bit 1: fixed (read only), bit 2: ordered array; bits 3…: used. */
  Flags = 0,
  Alloc = 4,
  /** Address of `alloc` pairs of words (key, value). */
  Table = 8,
}
export const enum MapFlag {
  AllQstrs = 1,
  Fixed = 2,
  Ordered = 4,
  /** `used` is `flags >>> UsedShift`. */
  UsedShift = 3,
}

/** dict, OrderedDict: type, map. 16 bytes. */
export const enum DictOff {
  Map = 4,
  Size = 16,
}
/** set, frozenset: type, alloc, used, table (one word a slot). 16 bytes. Counterpart: mp_set_t. */
export const enum SetOff {
  Alloc = 4,
  Used = 8,
  Table = 12,
  Size = 16,
}
export const enum ListOff {
  Alloc = 4,
  Len = 8,
  Items = 12,
  Size = 16,
}
/** tuple, namedtuple, attrtuple: type, len, items in place. */
export const enum TupleOff {
  Len = 4,
  Items = 8,
}
/** str, bytes: type, hash (0: not yet computed), length in bytes, data. */
export const enum StrOff {
  Hash = 4,
  Len = 8,
  Data = 12,
  Size = 16,
}
/** big int: type, bit 0 negative + bit 1 fixed digits + alloc << 2, len in digits, address of u16 digits. */
export const enum IntOff {
  Flags = 4,
  Len = 8,
  Dig = 12,
  Size = 16,
}
/** float: type, then a float32 at +4, or a double at +8 (one block either way, and aligned). */
export const enum FloatOff {
  Single = 4,
  Double = 8,
}
/** bytearray, array, memoryview: type, typecode | free << 8, len (items), items; memoryview: free is the offset. */
export const enum ArrayOff {
  /** low byte: typecode (memoryview: bit 7 set when writable); upper 24 bits: free items (memoryview: first item). */
  TypecodeFree = 4,
  Len = 8,
  Items = 12,
  Size = 16,
}
/** A mount: type, mount point (str), filesystem, next mount or 0. 16 bytes. */
export const enum MountOff {
  Point = 4,
  Fs = 8,
  Next = 12,
  Size = 16,
}
/** StringIO, BytesIO: type, address of the buffer's header, position, object whose bytes are shared (or 0). 16 bytes. */
export const enum StringioOff {
  Buffer = 4,
  Pos = 8,
  Shared = 12,
  Size = 16,
}
/** Header of a growing buffer: bytes allocated, bytes used, address, whether it belongs to another object. 16 bytes. */
export const enum VstrOff {
  Alloc = 0,
  Len = 4,
  Buf = 8,
  Fixed = 12,
  Size = 16,
}
/** RingIO: type, address of the buffer, then as u16: size, next to read, next to write. 16 bytes. */
export const enum RingioOff {
  Buf = 4,
  Size = 8,
  Get = 10,
  Put = 12,
  ObjSize = 16,
}
/** BufferedWriter: type, stream, bytes allocated, bytes used, buffer in place. */
export const enum BufwriterOff {
  Stream = 4,
  Alloc = 8,
  Len = 12,
  Buf = 16,
}
export const enum RangeOff {
  Start = 4,
  Stop = 8,
  Step = 12,
  Size = 16,
}
export const enum SliceOff {
  Start = 4,
  Stop = 8,
  Step = 12,
  Size = 16,
}
/** Built-in function of fixed arity: type, native number. 8 bytes. */
export const enum FunFixedOff {
  Fn = 4,
}
/** Built-in function of variable arity: type, signature (min << 17 | max << 1 | takes keywords), native number. 12 bytes. */
export const enum FunVarOff {
  Sig = 4,
  Fn = 8,
}
/** Bytecode function: type, module context, child table, bytecode, then default args and perhaps the kw-defaults dict. */
export const enum FunBcOff {
  Context = 4,
  Children = 8,
  Bytecode = 12,
  ExtraArgs = 16,
}
/** A module context is a module object with two tables behind it. */
export const enum ContextOff {
  Globals = 4,
  /** Address of u16 qstrs. */
  Qstrs = 8,
  /** Address of object words. */
  Objs = 12,
  Size = 16,
}
export const enum ModuleOff {
  Globals = 4,
  Size = 8,
}
/**
 * Raw code in memory: kind | generator flag << 8 | number of children << 16 (word 0), code address, child table address,
 * bytes of code. Counterpart: mp_raw_code_t (32-bit: 16 bytes with the fields that a board needs). With code objects that
 * can be inspected there is one more word, and the block of the code ends in the address of its raw code.
 */
export const enum RawCodeOff {
  Kind = 0,
  Code = 4,
  Children = 8,
  CodeLen = 12,
  Size = 16,
  /** Line of the source where the code is made a function; 0: unknown. */
  Line = 16,
  FullSize = 20,
}
export const enum ClosureOff {
  Fun = 4,
  NClosed = 8,
  Closed = 12,
}
export const enum CellOff {
  Value = 4,
  Size = 8,
}
export const enum BoundMethOff {
  Meth = 4,
  Self = 8,
  Size = 12,
}
/** generator: type, pending exception (None: none, Null: running), code state in place. */
export const enum GenOff {
  PendExc = 4,
  CodeState = 8,
}
/** Instance of a Python class: type, members map, then one word per native base. */
export const enum InstanceOff {
  Members = 4,
  Subobj = 16,
}
/** Exception: type, traceback alloc | len << 16 (in words), traceback data, args tuple. 16 bytes. */
export const enum ExcOff {
  TbAllocLen = 4,
  TbData = 8,
  Args = 12,
  Size = 16,
}
export const enum StaticMethodOff {
  Fun = 4,
  Size = 8,
}
export const enum PropertyOff {
  Getter = 4,
  Setter = 8,
  Deleter = 12,
  Size = 16,
}
export const enum SuperOff {
  Type = 4,
  Obj = 8,
  Size = 12,
}

/**
 * Code state: what a frame is. Counterpart: mp_code_state_t, the same fields in the same order.
 * Locals run down from the top of `state`, the value stack runs up from its bottom; exception entries follow `state`.
 */
export const enum CsOff {
  Fun = 0,
  Ip = 4,
  /** Address of the top value. */
  Sp = 8,
  /** u16: words of `state`. */
  NState = 12,
  /** u16: active exception entries; 0xffff: no frame set up. */
  ExcSp = 14,
  OldGlobals = 16,
  State = 20,
}
/** One entry of a code state's exception stack. */
export const enum ExcEntryOff {
  Handler = 0,
  /** Value stack top to return to; bit 1 set: SETUP_WITH or SETUP_FINALLY. */
  ValSp = 4,
  PrevExc = 8,
  Size = 12,
}

/**
 * ThreadState: all that belongs to one thread of execution. A record of words at the start of RAM.
 */
export const enum TsOff {
  /** Address behind the topmost byte used on the Python stack. */
  Top = 0,
  /** Topmost link record. */
  Rec = 4,
  /** Code state of the running frame (0: none). */
  Fp = 8,
  Globals = 12,
  Locals = 16,
  /** Modelled depth of the C stack, bytes. */
  Depth = 20,
  StackStart = 24,
  StackEnd = 28,
  /** Exception to raise at the next safe point (an object word, or 0). */
  Pending = 32,
  /** Exception that `throw()` injects into the frame about to be resumed, or 0. */
  Inject = 36,
  /** 1: the native about to be entered was waiting; its words follow. */
  Waiting = 40,
  Wait0 = 44,
  Wait1 = 48,
  Wait2 = 52,
  /** Result of the last finished run (value or exception). */
  Result = 56,
  /** {@link Depth} where the thread starts. */
  BaseDepth = 60,
  Size = 64,
}

/** A thread block; see `threads.ts`. */
export const enum ThreadOff {
  /** The next thread's block; 0: this is the last. */
  Next = 0,
  Flags = 4,
  /** What it was started with, for reports. */
  Fun = 8,
  /** Roots that belong to it, while it does not run. */
  Exception = 12,
  StopArg = 16,
  /** How often it has locked the heap. */
  HeapLock = 20,
  /** The ThreadState, while it does not run. */
  Saved = 24,
  Size = 88,
}

/**
 * Link records on the Python stack: 16 bytes, each says what happens to the value (or the exception) that arrives from
 * above. Word 0: kind | distance to the record below in words << 8.
 */
export const enum RecOff {
  Kind = 0,
  W0 = 4,
  W1 = 8,
  W2 = 12,
  Size = 16,
}

/** Static root words of the board, behind the ThreadState. Counterpart: the root pointers of mp_state_vm_t. */
export const enum Root {
  /** Dict of imported modules. */
  LoadedModules = 0,
  MainDict = 1,
  SysPath = 2,
  SysArgv = 3,
  /** Address of the newest RAM qstr pool, 0: none. */
  QstrPool = 4,
  /** String chunk being filled for new qstrs. */
  QstrChunk = 5,
  QstrChunkAlloc = 6,
  QstrChunkUsed = 7,
  /** Exception being handled, for sys.exc_info. */
  CurException = 8,
  /** The preallocated KeyboardInterrupt is raised by setting Pending to it. */
  KbdException = 9,
  EmergencyBuf = 10,
  EmergencyBufSize = 11,
  AtExit = 12,
  Ps1 = 13,
  Ps2 = 14,
  TracebackLimit = 15,
  SchedHead = 16,
  SchedLen = 17,
  /** Scheduler queue: eight pairs (function, argument). */
  SchedQueue = 18,
  /** bit 0: scheduler locked depth… */
  SchedLock = 34,
  ReplLast = 35,
  /** A MemoryError that needs no allocation: an exception object in place (16 bytes). */
  EmergencyExc = 36,
  OptLevel = 40,
  KbdIntrChar = 41,
  MountTable = 42,
  CurDir = 43,
  DupTerm = 44,
  BuiltinsOverride = 45,
  ModulesCount = 46,
  /** The time when the last scheduled callback returned, as a small int: the program goes on a little before the next one; 0: it has. */
  CalledBack = 47,
  /** A slice object (four words). */
  StackSlice = 48,
  /** The module object of `__main__` (two words). */
  MainModule = 52,
  /** State of the random module's generator: four words. */
  Random = 56,
  /** How often the board asked for entropy. */
  EntropyCount = 60,
  /** 1 when there ever was a memoryview that can write. */
  HasViews = 61,
  /** Value of the StopIteration that ended the innermost iterator: what `next()` of an iterator around it raises. */
  StopArg = 62,
  /** What `_thread.stack_size()` was told, as a small int. */
  ThreadStackSize = 63,
  /** Map (three words) from weakly referenced objects, hidden as small ints, to their references. */
  WeakrefMap = 64,
  /** First reference whose callback is still to run, 0: none. */
  WeakrefsWaiting = 67,
  /** 1 while callbacks run, and during a collection that is followed by them: nothing need be scheduled. */
  WeakrefsNow = 68,
  /** The first of the interrupt objects of peripherals, 0: none. */
  Irqs = 69,
  /** First word that packages may register for themselves. */
  FirstFree = 70,
  /** The dict of asyncio's scheduler, for natives of tasks. */
  AsyncioContext = 95,
  /** Objects of four words that are the board's own: the dicts of imported modules and of `__main__`, and `sys.argv`. */
  ModulesDict = 96,
  MainDictObj = 100,
  ArgvList = 104,
  /** The main thread's block, with which the list of threads begins; 0: there has been no other. */
  Threads = 108,
  RunningThread = 109,
  /** The clock's event that ends a thread's turn, as a small int, 0: there is none. */
  ThreadTurn = 110,
  /** What has happened in the running thread's turn: bits, see `threads.ts`. */
  ThreadNotes = 111,
  Count = 112,
}

/** code object: type, the function of its body. */
export const enum CodeOff {
  Fun = 4,
  Size = 8,
}
/** weakref.ref and weakref.finalize; see `weakrefs.ts`. */
export const enum WeakrefOff {
  Next = 4,
  Obj = 8,
  Callback = 12,
  RefSize = 16,
  FinalizeSize = 28,
}
/** code object that can be inspected: type, module context, raw code, locals dict, `co_lnotab` once it was asked for. */
export const enum FullCodeOff {
  Context = 4,
  Raw = 8,
  Locals = 12,
  Lnotab = 16,
  Size = 20,
}
/** Iterator of `co_lines()`: type, native, raw code, bytes of code done, line, address of the next line entry. */
export const enum LinesIterOff {
  Raw = 8,
  Done = 12,
  Line = 16,
  Entry = 20,
  Size = 24,
}
