/**
 * Python exceptions as they cross TypeScript frames. `PyRaise` is deliberately not an `Error`: V8 would capture a stack trace
 * each time, ten times dearer. Helpers here make the exception objects; only the interpreter loop and the few natives
 * that must clean up catch them. Counterpart: mp_raise_* in py/runtime.c.
 */
import { Ty } from './types.js';
import { newException, newExceptionArgs, newExceptionText, newOsError } from './obj/exception.js';
import { newStr } from './obj/str-new.js';
import { utf8 } from './qstr.js';
import type { Obj } from './words.js';
import type { Vm } from './vm.js';

/** A Python exception on its way up. */
export class PyRaise {
  constructor(
    /** The exception instance. */
    readonly exc: Obj,
  ) {}
}

/** A bug of ours: never turned into a Python exception. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** The host used an API wrongly. */
export class VmUsageError extends Error {
  override readonly name = 'VmUsageError';
  constructor(
    /** Stable identifier of the mistake. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Unwinds to `vm.run` when work inside a native exceeds the host-time cap. */
export class Abort {
  constructor(readonly reason: 'hung') {}
}

/** Why a board was reset: `machine.reset()`, the watchdog, the end of `machine.deepsleep()`, `machine.bootloader()`. */
export type ResetKind = 'hard' | 'watchdog' | 'deepsleep' | 'bootloader';

/** Unwinds to `vm.run`: the board is reset. Thrown by natives and by events of the clock. */
export class ResetRequest {
  constructor(readonly kind: ResetKind) {}
}

/** Raises the given exception instance. */
export function raise(exc: Obj): never {
  throw new PyRaise(exc);
}
/** Raises `type()` without arguments. */
export function raiseType(vm: Vm, type: number): never {
  throw new PyRaise(newException(vm, type));
}
/** A message of an exception: its text, or its number in {@link RomData.messages}, which bundles have in its place. */
export type Message = string | number;

/** The text of a message. */
export function messageText(vm: Vm, message: Message): string {
  return typeof message === 'string' ? message : (vm.image.data.messages?.[message] as string);
}

/** Raises `type(text)`. */
export function raiseMsg(vm: Vm, type: number, text: Message): never {
  throw new PyRaise(newExceptionText(vm, type, text));
}
/** Formats taken apart: texts, and fields in between. */
const pieces = new Map<string, readonly string[]>();

/**
 * Raises `type(text)` for a format whose fields (`%s`, `%q`, `%d`, `%c`) stand for `args`. Allocates what MicroPython does, which
 * starts with room for the format as it is packed in its ports and leaves some for later whenever the text outgrows it.
 */
export function raiseFormat(vm: Vm, type: number, message: Message, ...args: readonly (string | number)[]): never {
  const format = messageText(vm, message);
  let split = pieces.get(format);
  if (split === undefined) {
    split = format.split(/(%[sqdc])/).filter((piece) => piece !== '');
    pieces.set(format, split);
  }
  let room = (vm.image.packed.get(format) ?? utf8(format).length) + 1;
  let text = '';
  let used = 0;
  let next = 0;
  for (const piece of split) {
    const part = piece.length === 2 && piece[0] === '%' ? String(args[next++]) : piece;
    const len = utf8(part).length;
    if (used + len >= room) room += len + 16;
    used += len;
    text += part;
  }
  throw new PyRaise(newExceptionText(vm, type, text, room));
}
/** Raises `type(arg)`. */
export function raiseArg(vm: Vm, type: number, arg: Obj): never {
  throw new PyRaise(newExceptionArgs(vm, type, arg));
}
/** Raises TypeError(text). */
export function raiseTypeError(vm: Vm, text: Message): never {
  raiseMsg(vm, Ty.TypeError, text);
}
/** Raises ValueError(text). */
export function raiseValueError(vm: Vm, text: Message): never {
  raiseMsg(vm, Ty.ValueError, text);
}
export function raiseKeyError(vm: Vm, key: Obj): never {
  raiseArg(vm, Ty.KeyError, key);
}
/** Raises OSError(errno). */
export function raiseOSError(vm: Vm, errno: number): never {
  throw new PyRaise(newOsError(vm, errno));
}
/** Raises OSError(errno, filename). */
export function raiseOSErrorWithName(vm: Vm, errno: number, name: string): never {
  throw new PyRaise(newOsError(vm, errno, newStr(vm, name)));
}
/** Raises the preallocated MemoryError that names the size; allocates nothing when the heap is locked. */
export function raiseMemory(vm: Vm, nBytes: number): never {
  vm.raiseMemoryError(nBytes);
}

/** Raises MemoryError for `n` items of `size` bytes, which are more than 32 bits can count. */
export function raiseTooLarge(vm: Vm, n: number, size: number): never {
  vm.raiseMemoryError(n * size);
}
