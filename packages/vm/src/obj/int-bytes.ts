/**
 * Ints to and from bytes. Counterpart: py/objint.c (int_from_bytes, int_to_bytes), py/objint_impl.h, mp_obj_int_to_bytes.
 *
 * `from_bytes` knows no signed numbers, as in MicroPython; any byte order but "little" means big-endian.
 */
import { IntOff, StrOff } from '../layout.js';
import { Mpz } from '../num/mpz.js';
import { mpzSetBytes, mpzToBytes } from '../num/mpz-convert.js';
import { Q } from '../q.js';
import { hashBytes } from '../qstr.js';
import { raiseFormat, raiseMsg, raiseType } from '../raise.js';
import { BUFFER_READ, getBuffer, getInt } from '../runtime.js';
import { Ty } from '../types.js';
import { type Addr, newQstrObj, type Obj, SMALL_INT_MAX } from '../words.js';
import type { Vm } from '../vm.js';
import { ArgKind, parseArgs } from './arg-parse.js';
import { newBigInt, newInt, viewBig } from './int-big.js';

/** `int.from_bytes(bytes, byteorder='big', signed)`: the first argument is the class. */
export function intFromBytes(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const at = args >> 2;
  getBuffer(vm, vm.i32[at + 1] as number, BUFFER_READ);
  const bigEndian = nArgs < 3 || vm.i32[at + 2] !== newQstrObj(Q.little);
  const addr = vm.buf.addr;
  const len = vm.buf.len;
  let value = 0;
  for (let i = 0; i < len; i++) {
    // leading zeros are free; once a byte more could overflow a small int, all of it becomes a big int
    if (value > SMALL_INT_MAX >> 8) return newBigInt(vm, mpzSetBytes(new Mpz(), vm.u8, addr, len, bigEndian));
    value = (value << 8) | (vm.u8[bigEndian ? addr + i : addr + len - 1 - i] as number);
  }
  return newInt(vm, value >>> 0);
}

function raiseBufferOverflow(vm: Vm, len: number): never {
  raiseFormat(vm, Ty.OverflowError, 'value would overflow a %d byte buffer', len);
}
function raiseNegative(vm: Vm): never {
  raiseMsg(vm, Ty.OverflowError, "can't convert negative int to unsigned");
}

/**
 * Writes an int (or what converts to a word) to `len` bytes at `addr`. With `check`, raises OverflowError when it does not fit;
 * otherwise it is cut off.
 */
export function intToBytes(
  vm: Vm,
  o: Obj,
  len: number,
  addr: Addr,
  bigEndian: boolean,
  signed: boolean,
  check: boolean,
): void {
  if ((o & 3) === 0 && vm.i32[o >> 2] === Ty.Int) {
    if (check && !signed && ((vm.i32[(o + IntOff.Flags) >> 2] as number) & 1) !== 0) raiseNegative(vm);
    if (!mpzToBytes(viewBig(vm, new Mpz(), o), vm.u8, addr, len, bigEndian, signed) && check)
      raiseBufferOverflow(vm, len);
    return;
  }
  const v = getInt(vm, o);
  if (check && v !== 0) {
    if (!signed && v < 0) raiseNegative(vm);
    if (len < 4) {
      const edge = len === 0 ? 0 : 2 ** (signed ? len * 8 - 1 : len * 8);
      if (v >= edge || v < -edge) raiseBufferOverflow(vm, len);
    }
  }
  for (let i = 0; i < len; i++) {
    vm.u8[bigEndian ? addr + len - 1 - i : addr + i] = i < 4 ? v >> (8 * i) : v >> 31;
  }
}

const TO_BYTES = [
  { name: 'length', kind: ArgKind.Int, value: 1 },
  { name: 'byteorder', kind: ArgKind.Obj, value: newQstrObj(Q.big) },
  { name: 'signed', kind: ArgKind.Bool, kwOnly: true, value: 0 },
] as const;

/** `int.to_bytes(length=1, byteorder='big', *, signed=False)`. */
export function intToBytesMethod(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  const [length, byteOrder, signed] = parseArgs(vm, TO_BYTES, nArgs - 1, nKw, args + 4) as [number, Obj, number];
  if (length < 0) raiseType(vm, Ty.ValueError);
  const data = vm.alloc(length + 1);
  const bigEndian = byteOrder !== newQstrObj(Q.little);
  intToBytes(vm, vm.i32[args >> 2] as number, length, data, bigEndian, signed !== 0, true);
  vm.u8[data + length] = 0;
  const o = vm.allocObj(StrOff.Size, Ty.Bytes);
  vm.i32[(o + StrOff.Hash) >> 2] = hashBytes(vm.u8, data, data + length);
  vm.i32[(o + StrOff.Len) >> 2] = length;
  vm.i32[(o + StrOff.Data) >> 2] = data;
  return o;
}
