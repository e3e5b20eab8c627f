/** The binascii module. Counterpart: extmod/modbinascii.c. */
import { ArgKind, parseArgs } from '../obj/arg-parse.js';
import { newIntFromUint32 } from '../obj/int.js';
import { crc32 } from '../checksum.js';
import { getIntTruncated } from '../obj/number.js';
import { bytesFromHex, hexOf } from '../obj/str-codec.js';
import { raiseValueError } from '../raise.js';
import { defineModule, fun1, funKw, funVar } from '../rom/define.js';
import { BUFFER_READ, getBuffer } from '../runtime.js';
import { Ty } from '../types.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';

const PAD = 0x3d;

/** Value of a base64 character, −1 for all others. */
function sextet(c: number): number {
  if (c >= 0x41 && c <= 0x5a) return c - 0x41;
  if (c >= 0x61 && c <= 0x7a) return c - 0x61 + 26;
  if (c >= 0x30 && c <= 0x39) return c - 0x30 + 52;
  return c === 0x2b ? 62 : c === 0x2f ? 63 : -1;
}
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function fromBase64(vm: Vm, data: Obj): Obj {
  getBuffer(vm, data, BUFFER_READ);
  const { addr, len } = vm.buf;
  const v = new Vstr(vm, Math.floor((len * 3) / 4) + 1);
  const u8 = vm.u8;
  let shift = 0;
  let bits = 0;
  let padded = false;
  for (let i = addr; i < addr + len; i++) {
    const c = u8[i] as number;
    if (c === PAD) {
      if (bits === 2 || (bits === 4 && padded)) {
        bits = 0;
        break;
      }
      padded = true;
    }
    const s = sextet(c);
    if (s < 0) continue;
    padded = false;
    shift = (shift << 6) | s;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      u8[v.buf + v.len++] = shift >> bits;
    }
  }
  vm.charge(1 + (len >> 2));
  if (bits !== 0) raiseValueError(vm, 'incorrect padding');
  return v.toBytes();
}

const NEWLINE = [{ name: 'newline', kind: ArgKind.Bool, value: 1 }] as const;

function toBase64(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  const newline = parseArgs(vm, NEWLINE, nArgs - 1, nKw, args + 4)[0] as number;
  getBuffer(vm, vm.i32[args >> 2] as number, BUFFER_READ);
  const { addr, len } = vm.buf;
  const v = Vstr.ofLength(vm, Math.ceil(len / 3) * 4 + newline);
  const u8 = vm.u8;
  let out = v.buf;
  for (let i = 0; i < len; i += 3) {
    const left = len - i;
    const b0 = u8[addr + i] as number;
    const b1 = left > 1 ? (u8[addr + i + 1] as number) : 0;
    const b2 = left > 2 ? (u8[addr + i + 2] as number) : 0;
    u8[out++] = ALPHABET.charCodeAt(b0 >> 2);
    u8[out++] = ALPHABET.charCodeAt(((b0 & 3) << 4) | (b1 >> 4));
    u8[out++] = left > 1 ? ALPHABET.charCodeAt(((b1 & 15) << 2) | (b2 >> 6)) : PAD;
    u8[out++] = left > 2 ? ALPHABET.charCodeAt(b2 & 63) : PAD;
  }
  if (newline !== 0) u8[out] = 0x0a;
  vm.charge(1 + (len >> 2));
  return v.toBytes();
}

export const binasciiModule = defineModule({
  name: 'binascii',
  extensible: true,
  globals: {
    hexlify: funVar(1, 2, (vm, nArgs, _nKw, args) =>
      hexOf(vm, vm.i32[args >> 2] as number, nArgs > 1 ? (vm.i32[(args >> 2) + 1] as number) : Word.Null, Ty.Bytes),
    ),
    unhexlify: fun1((vm, data) => bytesFromHex(vm, Ty.Bytes, data)),
    a2b_base64: fun1(fromBase64),
    b2a_base64: funKw(1, toBase64),
    crc32: funVar(1, 2, (vm, nArgs, _nKw, args) => {
      const a = args >> 2;
      const start = nArgs > 1 ? getIntTruncated(vm, vm.i32[a + 1] as number) : 0;
      getBuffer(vm, vm.i32[a] as number, BUFFER_READ);
      const { addr, len } = vm.buf;
      vm.charge(1 + (len >> 2));
      return newIntFromUint32(vm, crc32(vm.u8, addr, addr + len, start));
    }),
  },
});
