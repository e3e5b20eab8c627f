/**
 * `cryptolib`: AES in the modes ECB, CBC and, at the highest feature level, CTR; the block cipher is @noble/ciphers'. Counterpart:
 * extmod/modcryptolib.c.
 *
 *     +0 type   +4 mode   +8 direction   +12 bytes of the key   +16 key   +48 vector or counter   [+64 used of +68 key stream]
 *
 * Everything is in the board's memory, so that snapshots hold it: the expanded key lives for one call. The sizes are those of the
 * contexts that upstream allocates with mbedTLS.
 */
import { unsafe } from '@noble/ciphers/aes.js';
import {
  type Addr,
  BUFFER_READ,
  BUFFER_WRITE,
  checkArgCount,
  defineModule,
  defineType,
  funVar,
  getBuffer,
  getInt,
  type ModuleDef,
  NONE,
  type Obj,
  type Profile,
  raiseValueError,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';

const BLOCK = 16;

// modes, numbered as PEP 272 does
const ECB = 1;
const CBC = 2;
const CTR = 6;

/** What an object was first used for: its only use from then on. */
const ENCRYPTS = 1;
const DECRYPTS = 2;

const MODE = 4;
const DIRECTION = 8;
const KEY_LENGTH = 12;
const KEY = 16;
const VECTOR = 48;
const USED = 64;
const KEY_STREAM = 68;
const SIZE = 304;
const CTR_SIZE = 324;

type BlockFn = typeof unsafe.encrypt;

/** Puts `fn` of the block that is at word `i` of `from` there in `to`. */
function cipherBlock(fn: BlockFn, key: Uint32Array, from: Uint32Array, to: Uint32Array, i: number): void {
  const [a, b, c, d] = from.subarray(i, i + 4) as unknown as [number, number, number, number];
  const { s0, s1, s2, s3 } = fn(key, a, b, c, d);
  to[i] = s0;
  to[i + 1] = s1;
  to[i + 2] = s2;
  to[i + 3] = s3;
}

/** Enciphers or deciphers whole blocks in place; `vector`: CBC's, which moves on. */
function blocks(words: Uint32Array, rawKey: Uint8Array, encrypts: boolean, vector: Uint32Array | null): void {
  const key = encrypts ? unsafe.expandKeyLE(rawKey) : unsafe.expandKeyDecLE(rawKey);
  const fn = encrypts ? unsafe.encrypt : unsafe.decrypt;
  const before = new Uint32Array(4);
  for (let i = 0; i < words.length; i += 4) {
    if (vector === null) {
      cipherBlock(fn, key, words, words, i);
      continue;
    }
    const block = words.subarray(i, i + 4);
    before.set(block);
    if (encrypts) for (let k = 0; k < 4; k++) block[k] = (block[k] as number) ^ (vector[k] as number);
    cipherBlock(fn, key, words, words, i);
    if (!encrypts) for (let k = 0; k < 4; k++) block[k] = (block[k] as number) ^ (vector[k] as number);
    vector.set(encrypts ? block : before);
  }
}

/** CTR: the data with the key stream over it, from where the last call stopped. */
function counterMode(vm: Vm, self: Obj, data: Uint8Array, rawKey: Uint8Array): void {
  const key = unsafe.expandKeyLE(rawKey);
  const counter = vm.u8.subarray(self + VECTOR, self + VECTOR + BLOCK);
  const stream = vm.u8.subarray(self + KEY_STREAM, self + KEY_STREAM + BLOCK);
  let used = vm.i32[(self + USED) >> 2] as number;
  for (let i = 0; i < data.length; i++) {
    if (used === 0) {
      stream.set(counter);
      const words = new Uint32Array(stream.slice().buffer);
      cipherBlock(unsafe.encrypt, key, words, words, 0);
      stream.set(new Uint8Array(words.buffer));
      for (let k = BLOCK - 1; k >= 0; k--) {
        counter[k] = (counter[k] as number) + 1;
        if (counter[k] !== 0) break;
      }
    }
    data[i] = (data[i] as number) ^ (stream[used] as number);
    used = (used + 1) & (BLOCK - 1);
  }
  vm.i32[(self + USED) >> 2] = used;
}

function cipher(vm: Vm, nArgs: number, args: Addr, encrypts: boolean): Obj {
  const a = args >> 2;
  const self = vm.i32[a] as number;
  const mode = vm.i32[(self + MODE) >> 2] as number;
  getBuffer(vm, vm.i32[a + 1] as number, BUFFER_READ);
  const { addr, len } = vm.buf;
  if (mode !== CTR && len % BLOCK !== 0) raiseValueError(vm, 'blksize % 16');
  let out: Addr = 0;
  if (nArgs > 2) {
    getBuffer(vm, vm.i32[a + 2] as number, BUFFER_WRITE);
    if (vm.buf.len < len) raiseValueError(vm, 'output too small');
    out = vm.buf.addr;
  }
  const direction = encrypts ? ENCRYPTS : DECRYPTS;
  const used = vm.i32[(self + DIRECTION) >> 2] as number;
  if (used !== 0 && used !== direction) raiseValueError(vm, "can't encrypt & decrypt");
  // without a buffer there is the result's memory to be had first
  const result = out === 0 ? vm.newBytes(new Uint8Array(len)) : (vm.i32[a + 2] as number);
  vm.i32[(self + DIRECTION) >> 2] = direction;
  const data = vm.u8.slice(addr, addr + len);
  const key = vm.u8.slice(self + KEY, self + KEY + (vm.i32[(self + KEY_LENGTH) >> 2] as number));
  if (mode === CTR) counterMode(vm, self, data, key);
  else {
    const vector = new Uint32Array(vm.u8.slice(self + VECTOR, self + VECTOR + BLOCK).buffer);
    blocks(new Uint32Array(data.buffer), key, encrypts, mode === CBC ? vector : null);
    vm.u8.set(new Uint8Array(vector.buffer), self + VECTOR);
  }
  vm.charge(1 + 2 * len);
  if (out === 0) {
    getBuffer(vm, result, BUFFER_READ);
    out = vm.buf.addr;
  }
  vm.u8.set(data, out);
  return result;
}

function aesType(hasCtr: boolean): TypeDef {
  return defineType({
    name: 'aes',
    makeNew(vm, type, nArgs, nKw, args) {
      checkArgCount(vm, nArgs, nKw, 2, 3, false);
      const a = args >> 2;
      const mode = getInt(vm, vm.i32[a + 1] as number);
      if (mode !== ECB && mode !== CBC && !(hasCtr && mode === CTR)) raiseValueError(vm, 'mode');
      const size = mode === CTR ? CTR_SIZE : SIZE;
      const o = vm.allocObj(size, type);
      vm.u8.fill(0, o + MODE, o + size);
      vm.i32[(o + MODE) >> 2] = mode;
      getBuffer(vm, vm.i32[a] as number, BUFFER_READ);
      const { addr, len } = vm.buf;
      const key = { addr, len };
      if (key.len !== 16 && key.len !== 32) raiseValueError(vm, 'key');
      vm.i32[(o + KEY_LENGTH) >> 2] = key.len;
      vm.u8.copyWithin(o + KEY, key.addr, key.addr + key.len);
      const vector = nArgs > 2 ? (vm.i32[a + 2] as number) : NONE;
      if (vector !== NONE) {
        getBuffer(vm, vector, BUFFER_READ);
        if (vm.buf.len !== BLOCK) raiseValueError(vm, 'IV');
        vm.u8.copyWithin(o + VECTOR, vm.buf.addr, vm.buf.addr + BLOCK);
      } else if (mode !== ECB) raiseValueError(vm, 'IV');
      return o;
    },
    locals: {
      encrypt: funVar(2, 3, (vm, nArgs, _nKw, args) => cipher(vm, nArgs, args, true)),
      decrypt: funVar(2, 3, (vm, nArgs, _nKw, args) => cipher(vm, nArgs, args, false)),
    },
  });
}

export function cryptolibModule(profile: Profile): ModuleDef {
  return defineModule({
    name: 'cryptolib',
    extensible: true,
    globals: { aes: aesType(profile.level === 'everything') },
  });
}
