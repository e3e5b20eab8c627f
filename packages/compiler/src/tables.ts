/**
 * The two tables of a module: names and constants, each entry once, in the order of first use. Counterpart:
 * mp_emit_common_use_qstr and mp_emit_common_use_const_obj in py/emitcommon.c.
 */
import type { Constant } from '@tsmp/mpy-format';
import type { CompilerMemory } from './ledger.js';
import type { Names } from './names.js';

/** The names that bytecode refers to. */
export class NameTable {
  /** The texts, in order. */
  readonly texts: string[] = [];
  private readonly names: Names;
  private readonly memory: CompilerMemory | null;
  /** One more than the index of each name; 0 for those not used. */
  private indices = new Int32Array(256);

  /** @param fileName - The source's name, which is always the first entry. */
  constructor(names: Names, fileName: string, memory: CompilerMemory | null) {
    this.names = names;
    this.memory = memory;
    this.use(names.intern(fileName));
  }

  /** The index of a name. */
  use(name: number): number {
    if (name >= this.indices.length) {
      const indices = new Int32Array(name * 2);
      indices.set(this.indices);
      this.indices = indices;
    }
    const index = this.indices[name];
    if (index !== 0) return index - 1;
    this.texts.push(this.names.texts[name]);
    this.memory?.name();
    this.indices[name] = this.texts.length;
    return this.texts.length - 1;
  }
}

/**
 * The constants that bytecode refers to. Two are the same entry only if they have the same type and value, zeros of both
 * signs being different; a NaN is only the same as itself.
 */
export class ConstantTable {
  /** The constants, in order. */
  readonly items: Constant[] = [];
  private readonly indices = new Map<Constant, number>();
  private readonly indexByKey = new Map<string, number>();
  private readonly nans = new Map<Constant, number>();
  /** A number for each tuple by its key, so that the keys of tuples of tuples stay short. */
  private readonly tuples = new Map<string, number>();
  private readonly memory: CompilerMemory | null;

  constructor(memory: CompilerMemory | null) {
    this.memory = memory;
  }

  /** The index of a constant. */
  use(constant: Constant): number {
    const seen = this.indices.get(constant);
    if (seen !== undefined) return seen;
    const key = this.keyOf(constant);
    let index = this.indexByKey.get(key);
    if (index === undefined) {
      index = this.items.length;
      this.items.push(constant);
      this.memory?.constant(this.items.length);
      this.indexByKey.set(key, index);
    }
    this.indices.set(constant, index);
    return index;
  }

  private keyOf(constant: Constant): string {
    switch (constant.kind) {
      case 'str':
        return `s${constant.value}`;
      case 'bytes': {
        let key = 'b';
        for (const byte of constant.value) key += String.fromCharCode(byte);
        return key;
      }
      case 'int':
        return `i${constant.value.toString(16)}`;
      case 'float':
        if (Number.isNaN(constant.value)) return this.nanKey(constant);
        return Object.is(constant.value, -0) ? 'f-0' : `f${constant.value}`;
      case 'complex':
        if (Number.isNaN(constant.real) || Number.isNaN(constant.imag)) return this.nanKey(constant);
        // Unlike floats these are compared by value alone.
        return `c${constant.real + 0},${constant.imag + 0}`;
      case 'tuple': {
        let key = 't';
        for (const item of constant.items) {
          const part = this.keyOf(item);
          key += `${part.length}:${part}`;
        }
        let number = this.tuples.get(key);
        if (number === undefined) {
          number = this.tuples.size;
          this.tuples.set(key, number);
        }
        return `T${number}`;
      }
      default:
        return constant.kind;
    }
  }

  private nanKey(constant: Constant): string {
    let number = this.nans.get(constant);
    if (number === undefined) {
      number = this.nans.size;
      this.nans.set(constant, number);
    }
    return `n${number}`;
  }
}
