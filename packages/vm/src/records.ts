/**
 * The Python stack: a region of RAM that holds, one above the other, link records and the code states of running frames.
 *
 *     ┌ record ─────────────────────────────┐┌ body (optional) ────────────┐
 *     │ kind │ distance to the one below<<8 │ W0 │ W1 │ W2 ││ code state, argument copies … │
 *     └─────────────────────────────────────┘└─────────────────────────────┘
 *
 * A record says what becomes of the value, the yield or the exception that comes from above. `ThreadState.Rec` is the topmost
 * record, `Top` the first free byte. Records of kind Frame and GenFrame run bytecode; the interpreter always runs the
 * topmost record's frame. The other kinds are described in `link.ts`.
 */
import { clearWords } from './move.js';
import { RecOff, TsOff } from './layout.js';
import { raiseMsg } from './raise.js';
import { Ty } from './types.js';
import type { Addr } from './words.js';
import type { Vm } from './vm.js';

export const enum Rec {
  /** A frame: W0 code state, W1 code state of the frame below, W2 modelled depth before the call. */
  Frame = 1,
  /** A generator's frame: as Frame; the code state is inside the generator object, 8 bytes from its start. */
  GenFrame = 2,
  /** Start of a nested run: W0 frame below, W1 handle log base before, W2 modelled depth before. */
  Nested = 3,
  /** Start of a run: whatever arrives is the run's result. */
  Base = 4,
  /** A native that waits: W0…W2 its words. Nothing arrives here; it is entered again. */
  Waiting = 5,
  /** Arguments copied behind the record. Passes everything on. */
  Args = 6,
  /** W0: heap block of prepared arguments, freed when anything passes. */
  HeapArgs = 7,
  /** Drops the value: the opcode pushes nothing. */
  Discard = 8,
  /** Answers W0 instead of the value. */
  Replace = 9,
  /** The value becomes a method lookup's result: pushes value and Null. */
  LoadMethod = 10,
  /** A conditional jump on a truth value: W0 the target, W1 bit 0: jumps when true, bit 1: not jumping pops the operand. */
  Jump = 12,
  /** The opcode runs again, its operand replaced by the value. W0: the opcode's address, W1: bytes from the top value down to the operand. */
  Retry = 11,
  /** What `__bool__` or `__len__` answered, as True or False. W0: 1 to invert, W1: the UnaryOp, W2: the object. */
  Truth = 18,
  /** `for`: the iterator's next value; its end leaves the loop. */
  ForIter = 13,
  /** next(): end raises StopIteration; W0: default or Null. */
  Next = 14,
  /** Iteration for a native: the end answers Null. */
  NextOrNull = 15,
  /** send/throw/close on a generator: W0 GenOp, W1 generator. */
  GenResume = 16,
  /** `yield from` over a generator: W0 whether GeneratorExit was thrown in. */
  YieldFrom = 17,
  /** `__init__` returned: W0 instance, W1 native base type or 0, W2 address of arguments; see `obj/instance.ts`. */
  Init = 19,
  /** `__new__` returned: W0 class, W1 nArgs | nKw << 16, W2 args. */
  New = 20,
  /** Binary operator method: W0 op, W1 left, W2 right. NotImplemented goes on to the reverse method. */
  Binary = 21,
  /** Reverse method: W0 op, W1, W2. NotImplemented raises TypeError. */
  BinaryReverse = 22,
  /** `__eq__`/`__ne__` fallback: W0 op, W1, W2. */
  Equality = 23,
  /** getattr with a default: AttributeError answers W0. W1 object, W2 name. */
  GetattrDefault = 24,
  /** hasattr: value → True, AttributeError → False. W1 object, W2 name. */
  HasAttr = 25,
  /** A class body ran: W0 name, W1 bases tuple, W2 locals dict before. */
  ClassBody = 26,
  /** Module code ran: W0 globals before, W1 locals before, W2 module or 0. */
  Module = 27,
  /** exec/eval: W0 globals before, W1 locals before. */
  Exec = 28,
  /** A scheduled callback: the result is dropped, an exception reported. */
  Scheduled = 30,
  /** `__exit__` was called for an exception: a true answer silences it. */
  WithExit = 31,
  /** `__hash__`/int-valued special methods. W0: UnaryOp */
  UnaryResult = 33,
  /** A new class arrives for the `__class__` cell (W0) of its methods. */
  ClassCell = 34,
  /** `__iter__` result for GET_ITER_STACK: W0 address of the iterator slots. */
  IterStack = 37,
  /** A native's own continuation: W0 native number (see `LinkFn`), W1 and W2 its words. */
  Native = 39,
  /** `__enter__` returned: the with block's handler (W0) becomes active. */
  Enter = 40,
  /** What a generator yields is gathered: W0 how (see `obj/gather.ts`), W1 the list or set, W2 the generator. */
  Gather = 41,
}

/** Pushes a link record. */
export function pushRec(vm: Vm, kind: Rec, w0: number, w1: number, w2: number): Addr {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const top = i32[ts + (TsOff.Top >> 2)] as number;
  const below = i32[ts + (TsOff.Rec >> 2)] as number;
  if (top + RecOff.Size > vm.stackEnd) stackOverflow(vm);
  const at = top >> 2;
  i32[at] = kind | ((below === 0 ? 0 : (top - below) >> 2) << 8);
  i32[at + 1] = w0;
  i32[at + 2] = w1;
  i32[at + 3] = w2;
  i32[ts + (TsOff.Rec >> 2)] = top;
  i32[ts + (TsOff.Top >> 2)] = top + RecOff.Size;
  return top;
}

/** Pops the topmost record; the stack's top moves down to it. */
export function popRec(vm: Vm): void {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const rec = i32[ts + (TsOff.Rec >> 2)] as number;
  const dist = ((i32[rec >> 2] as number) >>> 8) << 2;
  i32[ts + (TsOff.Top >> 2)] = rec;
  i32[ts + (TsOff.Rec >> 2)] = dist === 0 ? 0 : rec - dist;
}

/** Pops records until `rec` is the topmost, and drops what lies behind its body. */
export function unwindTo(vm: Vm, rec: Addr): void {
  const ts = vm.ts >> 2;
  for (let r = vm.i32[ts + (TsOff.Rec >> 2)] as number; r !== rec; r = vm.i32[ts + (TsOff.Rec >> 2)] as number)
    popRec(vm);
}

/** Reserves `nBytes` behind the topmost record's body; zero-filled. */
export function growBody(vm: Vm, nBytes: number): Addr {
  const ts = vm.ts >> 2;
  const top = vm.i32[ts + (TsOff.Top >> 2)] as number;
  if (top + nBytes > vm.stackEnd) stackOverflow(vm);
  clearWords(vm.i32, top >> 2, (top + nBytes) >> 2);
  vm.i32[ts + (TsOff.Top >> 2)] = top + nBytes;
  return top;
}

export function stackOverflow(vm: Vm): never {
  raiseMsg(vm, Ty.RuntimeError, 'maximum recursion depth exceeded');
}

/** Adds `bytes` to the modelled depth of the C stack; raises RuntimeError past the profile's limit. */
export function enterDepth(vm: Vm, bytes: number): void {
  const at = (vm.ts + TsOff.Depth) >> 2;
  const depth = (vm.i32[at] as number) + bytes;
  if (depth > vm.profile.stack.limit) stackOverflow(vm);
  vm.i32[at] = depth;
}
export function leaveDepth(vm: Vm, bytes: number): void {
  const at = (vm.ts + TsOff.Depth) >> 2;
  vm.i32[at] = (vm.i32[at] as number) - bytes;
}
