/**
 * Descriptors of `uctypes`: what kind of value a field has, where, and how large it all is. Counterpart: extmod/moductypes.c.
 *
 *     scalar    type (4 bits) │ offset (27)               bit field   type (4) │ length (5) │ position (5) │ offset (17)
 *     aggregate (kind (2 bits) │ offset (29), …)           a tuple: (STRUCT | offset, dict), (PTR | offset, type),
 *                                                          (ARRAY | offset, scalar type | n), (ARRAY | offset, n, dict)
 */
import { dictItems, isSmallInt, type Obj, raiseMsg, raiseTypeError, smallIntValue, TYPES, type Vm } from '@tsmp/vm';

/** Byte orders, and the native layout with its alignment. */
export const LITTLE_ENDIAN = 0;
export const BIG_ENDIAN = 1;
export const NATIVE = 2;

/** Types of values. Even numbers are unsigned. */
export const SCALARS = [
  'UINT8',
  'INT8',
  'UINT16',
  'INT16',
  'UINT32',
  'INT32',
  'UINT64',
  'INT64',
  'BFUINT8',
  'BFINT8',
  'BFUINT16',
  'BFINT16',
  'BFUINT32',
  'BFINT32',
  'FLOAT32',
  'FLOAT64',
] as const;
/** Typecodes of the values as `struct` has them; bit fields have none. */
const CODES = 'BbHhIiQq------fd';
const FIRST_BIT_FIELD = 8;
const FLOAT32 = 14;

/** Kinds of aggregates. */
export const STRUCT = 0;
export const PTR = 1;
export const ARRAY = 2;

/** Where the position and the length of a bit field begin in its number. */
export const BF_POS = 17;
export const BF_LEN = 22;

/** Descriptors may contain themselves; a board's stack would end. */
const MAX_DEPTH = 60;

/** The number that stands for a scalar type. */
export function scalarCode(type: number): number {
  return (type << 28) >> 1;
}
/** The number that stands for a kind of aggregate. */
export function aggregateCode(kind: number): number {
  return (kind << 30) >> 1;
}

/** A scalar field. */
export interface ScalarField {
  readonly type: number;
  readonly offset: number;
  /** Of bit fields; else 0. */
  readonly bitOffset: number;
  readonly bitLength: number;
}

export function raiseSyntax(vm: Vm): never {
  raiseTypeError(vm, 'syntax error in uctypes descriptor');
}

/** Whether a type is a bit field. */
export function isBitField(type: number): boolean {
  return type >= FIRST_BIT_FIELD && type < FLOAT32;
}
/** Typecode of a scalar that is no bit field. */
export function codeOf(type: number): number {
  return CODES.charCodeAt(type);
}
/** Bytes of a scalar, or of what a bit field lies in. */
export function scalarSize(type: number): number {
  return type === FLOAT32 ? 4 : 1 << ((type & 7) >> 1);
}

/** What a scalar's number says. */
export function scalarField(n: number): ScalarField {
  const type = (n >> 27) & 15;
  const rest = n & 0x7ffffff;
  if (!isBitField(type)) return { type, offset: rest, bitOffset: 0, bitLength: 0 };
  return { type, offset: rest & 0x1ffff, bitOffset: (rest >> BF_POS) & 31, bitLength: (rest >> BF_LEN) & 31 };
}

/** A tuple's items: how many, and the address of the first. */
export interface Items {
  readonly len: number;
  readonly at: number;
}
export function isTuple(vm: Vm, o: Obj): boolean {
  return (o & 3) === 0 && vm.typeOf(o) === TYPES.tuple;
}
export function isDict(vm: Vm, o: Obj): boolean {
  if ((o & 3) !== 0) return false;
  const type = vm.typeOf(o);
  return type === TYPES.dict || type === TYPES.OrderedDict;
}
/** Items of a tuple of at least two. */
export function aggregateItems(vm: Vm, tuple: Obj): Items {
  const len = vm.i32[(tuple >> 2) + 1] as number;
  if (len < 2) raiseSyntax(vm);
  return { len, at: (tuple >> 2) + 2 };
}
/** Kind and offset of an aggregate. */
export function aggregateField(vm: Vm, items: Items): { readonly kind: number; readonly offset: number } {
  const n = smallIntValue(vm.i32[items.at] as number);
  return { kind: (n >> 29) & 3, offset: n & 0x1fffffff };
}
/** Type and number of an array's items, the type of those that are no scalars being of no account. */
export function arrayField(vm: Vm, items: Items): { readonly type: number; readonly count: number } {
  const n = smallIntValue(vm.i32[items.at + 1] as number);
  return { type: (n >> 27) & 15, count: n & 0x7ffffff };
}

/** Sizes as they are found; `largest` is the largest scalar. */
class Sizes {
  largest = 0;
  private depth = 0;

  constructor(
    private readonly vm: Vm,
    private readonly layout: number,
  ) {}

  private saw(size: number): number {
    if (size > this.largest) this.largest = size;
    return size;
  }

  of(desc: Obj): number {
    const { vm } = this;
    if (++this.depth > MAX_DEPTH) raiseMsg(vm, TYPES.RuntimeError, 'maximum recursion depth exceeded');
    const size = this.measure(desc);
    this.depth--;
    return size;
  }

  private measure(desc: Obj): number {
    const { vm } = this;
    if (!isDict(vm, desc)) {
      if (isTuple(vm, desc)) return this.ofAggregate(desc);
      if (isSmallInt(desc)) raiseTypeError(vm, "can't unambiguously get sizeof scalar");
      raiseSyntax(vm);
    }
    let total = 0;
    for (const [, value] of dictItems(vm, desc)) {
      let end: number;
      if (isSmallInt(value)) {
        const { type, offset } = scalarField(smallIntValue(value));
        end = offset + this.saw(scalarSize(type));
      } else {
        if (!isTuple(vm, value)) raiseSyntax(vm);
        const size = this.ofAggregate(value);
        end = aggregateField(vm, aggregateItems(vm, value)).offset + size;
      }
      if (end > total) total = end;
    }
    if (this.layout !== NATIVE) return total;
    // an empty struct rounds up to a multiple of nothing
    return this.largest === 0 ? 0 : Math.ceil(total / this.largest) * this.largest;
  }

  private ofAggregate(tuple: Obj): number {
    const { vm } = this;
    const items = aggregateItems(vm, tuple);
    switch (aggregateField(vm, items).kind) {
      case STRUCT:
        if (items.len !== 2) raiseSyntax(vm);
        return this.of(vm.i32[items.at + 1] as number);
      case PTR:
        if (items.len !== 2) raiseSyntax(vm);
        return this.saw(4);
      case ARRAY: {
        const { type, count } = arrayField(vm, items);
        if (items.len === 2) return this.saw(scalarSize(type)) * count;
        if (items.len !== 3) raiseSyntax(vm);
        return this.of(vm.i32[items.at + 2] as number) * count;
      }
      default:
        return raiseSyntax(vm);
    }
  }
}

/** Bytes of what a descriptor describes; raises TypeError. */
export function sizeOf(vm: Vm, desc: Obj, layout: number): number {
  return new Sizes(vm, layout).of(desc);
}
