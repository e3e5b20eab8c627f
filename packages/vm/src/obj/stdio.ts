/** `sys.stdin`, `sys.stdout`, `sys.stderr`: the board's console. Input waits until the host has brought some. */
import { Q } from '../q.js';
import { raiseOSError } from '../raise.js';
import { defineType, fun1, fun2, funVar, type TypeDef } from '../rom/define.js';
import { BUFFER_READ, BUFFER_WRITE, getBuffer, getInt } from '../runtime.js';
import { startWait, takeWait, WaitFor } from '../schedule.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { newBytes, newStrFromBytes } from './str-new.js';

/** Linux's EBADF, EINVAL. */
const EBADF = 9;

function fd(vm: Vm, self: Obj): number {
  return (vm.i32[(self >> 2) + 1] as number) >> 1;
}

function write(vm: Vm, self: Obj, data: Obj): Obj {
  getBuffer(vm, data, BUFFER_READ);
  const { addr, len } = vm.buf;
  if (fd(vm, self) === 0) raiseOSError(vm, EBADF);
  (fd(vm, self) === 2 ? vm.stderr : vm.stdout).writeBytes(vm.u8, addr, addr + len);
  return newSmallInt(len);
}

/** Bytes that are there, up to `n` (−1: until the end), or undefined while waiting. `line`: up to a line's end. */
function take(vm: Vm, n: number, line: boolean): Uint8Array | undefined {
  const q = vm.input;
  takeWait(vm);
  if (line) {
    const at = q.indexOf(0x0a, n);
    if (at >= 0 || q.closed || (n >= 0 && q.length >= n)) return q.read(at >= 0 ? at + 1 : n < 0 ? q.length : Math.min(n, q.length));
    return undefined;
  }
  if (n < 0) return q.closed ? q.read(q.length) : undefined;
  return q.length >= n || q.closed ? q.read(Math.min(n, q.length)) : undefined;
}

function input(vm: Vm, self: Obj, n: number, line: boolean, text: boolean): Obj {
  if (fd(vm, self) !== 0) raiseOSError(vm, EBADF);
  const b = take(vm, n, line);
  if (b === undefined) return startWait(vm, WaitFor.Event, 0, 0);
  return text ? newStrFromBytes(vm, b, 0, b.length) : newBytes(vm, b, 0, b.length);
}

function stdio(name: string, text: boolean): TypeDef {
  const size = (vm: Vm, nArgs: number, args: Addr): number => {
    if (nArgs < 2 || vm.i32[(args >> 2) + 1] === Word.None) return -1;
    return getInt(vm, vm.i32[(args >> 2) + 1] as number);
  };
  return defineType({
    name,
    print(vm, out, o) {
      out.write(`<io.${name} ${fd(vm, o)}>`);
    },
    attr(vm, o, attr) {
      if (vm.dest0 === Word.Null && attr === Q.buffer && text) {
        const b = vm.allocObj(8, vm.addrOf(binaryStdioType));
        vm.i32[(b >> 2) + 1] = vm.i32[(o >> 2) + 1] as number;
        vm.dest0 = b;
      } else if (vm.dest0 === Word.Null) vm.dest1 = Word.Sentinel;
      return 0;
    },
    locals: {
      write: fun2(write),
      read: funVar(1, 2, (vm, n, _kw, args) => input(vm, vm.i32[args >> 2] as number, size(vm, n, args), false, text)),
      readline: funVar(1, 2, (vm, n, _kw, args) => input(vm, vm.i32[args >> 2] as number, size(vm, n, args), true, text)),
      readinto: fun2((vm, self, buf) => {
        if (fd(vm, self) !== 0) raiseOSError(vm, EBADF);
        getBuffer(vm, buf, BUFFER_WRITE);
        const { addr, len } = vm.buf;
        takeWait(vm);
        if (vm.input.length < len && !vm.input.closed) return startWait(vm, WaitFor.Event, 0, 0);
        const b = vm.input.read(Math.min(len, vm.input.length));
        vm.u8.set(b, addr);
        return newSmallInt(b.length);
      }),
      flush: fun1(() => Word.None),
      close: fun1(() => Word.None),
      __enter__: fun1((_vm, self) => self),
      __exit__: funVar(4, 4, () => Word.None),
    },
  });
}

export const stdioType = stdio('TextIOWrapper', true);
export const binaryStdioType: TypeDef = stdio('FileIO', false);
