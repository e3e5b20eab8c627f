/**
 * `hashlib`: sha256, sha1 and md5, computed by @noble/hashes. Counterpart: extmod/modhashlib.c.
 *
 *     +0 type   +4 1: final   +8 bytes hashed so far, two words   +16 state words   then a block of 64 bytes, partly filled
 *
 * The whole state of a hash is in the board's memory, so that snapshots hold it: the library's objects live for one call only.
 * The sizes are those of the contexts that upstream allocates.
 */
import { _MD5, _SHA1 } from '@noble/hashes/legacy.js';
import { _SHA256 } from '@noble/hashes/sha2.js';
import {
  type Addr,
  BUFFER_READ,
  checkArgCount,
  defineModule,
  defineType,
  fun1,
  fun2,
  getBuffer,
  NONE,
  type Obj,
  raiseValueError,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';

const BLOCK = 64;
const FINAL = 1;
const LENGTH = 2;
const STATE = 4;

/** What the three hashes of the library have inside, and a subclass may see. */
interface HashState {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
  /** State words, bytes so far and the block that is being filled. */
  store(): { readonly words: number[]; readonly length: number; readonly block: Uint8Array };
  restore(words: number[], length: number, block: Uint8Array): void;
}

class Sha256 extends _SHA256 implements HashState {
  store() {
    return { words: this.get(), length: this.length, block: this.buffer };
  }
  restore(words: number[], length: number, block: Uint8Array): void {
    this.set(...(words as [number, number, number, number, number, number, number, number]));
    this.length = length;
    this.pos = length % BLOCK;
    this.buffer.set(block);
  }
}
class Sha1 extends _SHA1 implements HashState {
  store() {
    return { words: this.get(), length: this.length, block: this.buffer };
  }
  restore(words: number[], length: number, block: Uint8Array): void {
    this.set(...(words as [number, number, number, number, number]));
    this.length = length;
    this.pos = length % BLOCK;
    this.buffer.set(block);
  }
}
class Md5 extends _MD5 implements HashState {
  store() {
    return { words: this.get(), length: this.length, block: this.buffer };
  }
  restore(words: number[], length: number, block: Uint8Array): void {
    this.set(...(words as [number, number, number, number]));
    this.length = length;
    this.pos = length % BLOCK;
    this.buffer.set(block);
  }
}

function load(vm: Vm, self: Obj, make: () => HashState, nWords: number): HashState {
  const w = self >> 2;
  if (vm.i32[w + FINAL] !== 0) raiseValueError(vm, 'hash is final');
  const hash = make();
  const length = ((vm.i32[w + LENGTH] as number) >>> 0) + (vm.i32[w + LENGTH + 1] as number) * 0x100000000;
  const words = Array.from(vm.i32.subarray(w + STATE, w + STATE + nWords));
  const block = (w + STATE + nWords) << 2;
  hash.restore(words, length, vm.u8.subarray(block, block + BLOCK));
  return hash;
}

function save(vm: Vm, self: Obj, hash: HashState, nWords: number): void {
  const { words, length, block } = hash.store();
  const w = self >> 2;
  vm.i32[w + LENGTH] = length | 0;
  vm.i32[w + LENGTH + 1] = Math.floor(length / 0x100000000);
  vm.i32.set(words, w + STATE);
  vm.u8.set(block, (w + STATE + nWords) << 2);
}

/** `size`: bytes of an object. */
function hashType(name: string, make: () => HashState, nWords: number, size: number): TypeDef {
  const update = (vm: Vm, self: Obj, data: Obj): Obj => {
    const hash = load(vm, self, make, nWords);
    getBuffer(vm, data, BUFFER_READ);
    const { addr, len } = vm.buf;
    hash.update(vm.u8.slice(addr, addr + len));
    vm.charge(1 + (len >> 2));
    save(vm, self, hash, nWords);
    return NONE;
  };
  const type: TypeDef = defineType({
    name,
    makeNew(vm, _type, nArgs, nKw, args: Addr) {
      checkArgCount(vm, nArgs, nKw, 0, 1, false);
      const o = vm.allocObj(size, vm.addrOf(type));
      save(vm, o, make(), nWords);
      if (nArgs === 1) update(vm, o, vm.i32[args >> 2] as number);
      return o;
    },
    locals: {
      update: fun2(update),
      digest: fun1((vm, self) => {
        const hash = load(vm, self, make, nWords);
        vm.i32[(self >> 2) + FINAL] = 1;
        vm.charge(BLOCK);
        return vm.newBytes(hash.digest());
      }),
    },
  });
  return type;
}

const sha256Type = hashType('sha256', () => new Sha256(), 8, 116);
const sha1Type = hashType('sha1', () => new Sha1(), 5, 100);
const md5Type = hashType('md5', () => new Md5(), 4, 96);

export const HASH_TYPES: readonly TypeDef[] = [sha256Type, sha1Type, md5Type];
export const hashlibModule = defineModule({
  name: 'hashlib',
  extensible: true,
  globals: { sha256: sha256Type, sha1: sha1Type, md5: md5Type },
});
