/** The struct module. Counterpart: py/modstruct.c. Formats are read from memory each time, as upstream does. */
import { Code, cursor, getValue, setValue, structAlign, structSize } from '../binary.js';
import { TupleOff } from '../layout.js';
import { raiseWordOverflow } from '../obj/int-big.js';
import { getStr, newBytes, strSpan } from '../obj/str-new.js';
import { raiseValueError } from '../raise.js';
import { defineModule, fun1, funVar } from '../rom/define.js';
import { BUFFER_READ, BUFFER_WRITE, getBuffer, getInt } from '../runtime.js';
import { isDigit } from '../unicode.js';
import { type Addr, newSmallInt, type Obj, SMALL_INT_MAX, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';

/** Walks over a format: `code` and `count` of the current element. */
class Format {
  order: number = Code.Native;
  code = 0;
  count = 0;
  private at: Addr;
  private readonly end: Addr;

  constructor(
    private readonly vm: Vm,
    format: Obj,
  ) {
    getStr(vm, format);
    this.at = strSpan.addr;
    this.end = strSpan.addr + strSpan.len;
    const first = this.at < this.end ? (vm.u8[this.at] as number) : 0;
    switch (first) {
      case 0x21: // '!'
        this.order = Code.Big;
        this.at++;
        break;
      case Code.Standard:
      case Code.Native:
      case Code.Little:
      case Code.Big:
        this.order = first;
        this.at++;
        break;
      default:
    }
  }
  /** Goes to the next element; false at the end (a zero byte ends a format too). */
  next(): boolean {
    const u8 = this.vm.u8;
    let c = this.at < this.end ? (u8[this.at] as number) : 0;
    if (c === 0) return false;
    this.count = 1;
    if (isDigit(c)) {
      let n = 0;
      for (; isDigit(c); c = this.at < this.end ? (u8[this.at] as number) : 0) {
        n = n * 10 + c - 0x30;
        if (n > SMALL_INT_MAX) raiseWordOverflow(this.vm);
        this.at++;
      }
      this.count = n;
    }
    this.code = c;
    this.at++;
    return true;
  }
}

/** Results of {@link measure}. */
const total = { size: 0, items: 0 };

/** Fills {@link total} with the bytes and values of a format; raises ValueError for a bad typecode. */
function measure(vm: Vm, format: Obj): void {
  const f = new Format(vm, format);
  let size = 0;
  let items = 0;
  while (f.next()) {
    if (f.code === Code.x) size += f.count;
    else if (f.code === Code.s) {
      items++;
      size += f.count;
    } else {
      items += f.count;
      const each = structSize(vm, f.order, f.code);
      if (f.count > 0) {
        const mask = structAlign(vm, f.order, each) - 1;
        size = ((size + mask) & ~mask) + each * f.count;
      }
    }
    if (size > SMALL_INT_MAX) raiseWordOverflow(vm);
  }
  total.size = size;
  total.items = items;
}

/** Resolves an offset into a buffer, negative ones from its end; raises ValueError. */
function offsetIn(vm: Vm, offset: Obj): number {
  const n = getInt(vm, offset);
  const at = n < 0 ? vm.buf.len + n : n;
  if (at < 0) raiseTooSmall(vm);
  return at;
}
function raiseTooSmall(vm: Vm): never {
  raiseValueError(vm, 'buffer too small');
}

function unpack(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const a = args >> 2;
  const format = vm.i32[a] as number;
  measure(vm, format);
  const { size, items } = total;
  const out = vm.newTuple(items, 0);
  getBuffer(vm, vm.i32[a + 1] as number, BUFFER_READ);
  const { addr, len } = vm.buf;
  const offset = nArgs > 2 ? offsetIn(vm, vm.i32[a + 2] as number) : 0;
  if (offset + size > len) raiseTooSmall(vm);
  const base = addr + offset;
  let at = base;
  const f = new Format(vm, format);
  for (let i = (out + TupleOff.Items) >> 2, end = i + items; i < end && f.next(); ) {
    if (f.code === Code.x) at += f.count;
    else if (f.code === Code.s) {
      vm.i32[i++] = newBytes(vm, vm.u8, at, at + f.count);
      at += f.count;
    } else {
      for (let n = f.count; n > 0; n--) {
        vm.i32[i++] = getValue(vm, f.order, f.code, base, at);
        at = cursor.at;
      }
      if (f.count > 64) vm.charge(f.count >> 3);
    }
  }
  return out;
}

/** Packs `n` words at `values` to `base`, where there is room for all of the format. */
function packTo(vm: Vm, format: Obj, base: Addr, n: number, values: Addr): void {
  const f = new Format(vm, format);
  let at = base;
  for (let i = values >> 2, end = i + n; i < end && f.next(); ) {
    if (f.code === Code.x) {
      vm.u8.fill(0, at, at + f.count);
      at += f.count;
    } else if (f.code === Code.s) {
      getBuffer(vm, vm.i32[i++] as number, BUFFER_READ);
      const len = Math.min(f.count, vm.buf.len);
      vm.u8.copyWithin(at, vm.buf.addr, vm.buf.addr + len);
      vm.u8.fill(0, at + len, at + f.count);
      at += f.count;
    } else {
      for (let k = f.count; k > 0 && i < end; k--) {
        setValue(vm, f.order, f.code, vm.i32[i++] as number, base, at);
        at = cursor.at;
      }
    }
  }
}

const unpackFunction = funVar(2, 3, unpack);

export const structModule = defineModule({
  name: 'struct',
  extensible: true,
  globals: {
    calcsize: fun1((vm, format) => {
      measure(vm, format);
      return newSmallInt(total.size);
    }),
    pack: funVar(1, undefined, (vm, nArgs, _nKw, args) => {
      const format = vm.i32[args >> 2] as number;
      measure(vm, format);
      const v = Vstr.ofLength(vm, total.size);
      packTo(vm, format, v.buf, nArgs - 1, args + 4);
      return v.toBytes();
    }),
    pack_into: funVar(3, undefined, (vm, nArgs, _nKw, args) => {
      const a = args >> 2;
      const format = vm.i32[a] as number;
      getBuffer(vm, vm.i32[a + 1] as number, BUFFER_WRITE);
      const { addr, len } = vm.buf;
      const offset = offsetIn(vm, vm.i32[a + 2] as number);
      measure(vm, format);
      if (offset + total.size > len) raiseTooSmall(vm);
      packTo(vm, format, addr + offset, nArgs - 3, args + 12);
      return Word.None;
    }),
    unpack: unpackFunction,
    unpack_from: unpackFunction,
  },
});
