/**
 * namedtuple() and its instances, which are tuples whose type knows the names. Counterpart: py/objnamedtuple.c.
 *
 * A type made here is a copy of `namedtupleBaseType` with its own name, and its field names (u16 qstrs) behind the slots. It
 * has the bytes that it has on MicroPython, 56 + 4 per field, so there is no room for a count: the names end with
 * the block or at a zero, and instances know how many there are.
 */
import { moveWords } from '../move.js';
import { TupleOff } from '../layout.js';
import { dictStore } from '../map.js';
import { Q } from '../q.js';
import { raiseFormat, raiseMsg } from '../raise.js';
import { defineType, fun1, fun2 } from '../rom/define.js';
import { callMethod, typeName } from '../runtime.js';
import { Ty, TypeFlag, TypeOff } from '../types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { printFields } from './attrtuple.js';
import { newOrderedDict } from './dict.js';
import { array, getArray, wordBytes } from './seq.js';
import { isStr, strQstr } from './str-new.js';
import { tupleBinaryOp, tupleGetiter, tupleSubscr, tupleType, tupleUnaryOp } from './tuple.js';

/** Field `i` of a namedtuple type. */
function fieldName(vm: Vm, type: Addr, i: number): Qstr {
  return vm.u16[((type + TypeOff.Size) >> 1) + i] as number;
}
function fieldCount(vm: Vm, type: Addr): number {
  const max = (vm.heap.nbytes(type) - TypeOff.Size) >> 1;
  let n = 0;
  while (n < max && fieldName(vm, type, n) !== 0) n++;
  return n;
}
/** Index of the field `name` among the first `n`, or −1. */
function findField(vm: Vm, type: Addr, n: number, name: Qstr): number {
  for (let i = 0; i < n; i++) if (fieldName(vm, type, i) === name) return i;
  return -1;
}

const asdict = fun1((vm, self) => {
  const n = vm.i32[(self + TupleOff.Len) >> 2] as number;
  const type = vm.typeOf(self);
  const d = newOrderedDict(vm, n);
  for (let i = 0; i < n; i++) {
    dictStore(vm, d, newQstrObj(fieldName(vm, type, i)), vm.i32[((self + TupleOff.Items) >> 2) + i] as number);
  }
  return d;
});

/** What the types of namedtuples are copied from. */
export const namedtupleBaseType = defineType({
  name: 'namedtuple',
  core: 'NamedtupleBase',
  flags: TypeFlag.EqChecksOtherType | TypeFlag.LeafIter,
  parent: tupleType,
  makeNew(vm, type, nArgs, nKw, args) {
    const n = fieldCount(vm, type);
    if (nArgs + nKw !== n) {
      raiseFormat(
        vm,
        Ty.TypeError,
        '%q() takes %d positional arguments but %d were given',
        typeName(vm, type),
        n,
        nArgs + nKw,
      );
    }
    const t = vm.allocObj(TupleOff.Items + 4 * n, type);
    const items = (t + TupleOff.Items) >> 2;
    vm.i32[(t + TupleOff.Len) >> 2] = n;
    moveWords(vm.i32, items, args >> 2, (args >> 2) + nArgs);
    for (let k = 0, p = (args >> 2) + nArgs; k < nKw; k++, p += 2) {
      const name = strQstr(vm, vm.i32[p] as number);
      const i = findField(vm, type, n, name);
      if (i < 0) raiseFormat(vm, Ty.TypeError, "unexpected keyword argument '%q'", vm.qstrText(name));
      if (vm.i32[items + i] !== Word.Null) {
        raiseFormat(vm, Ty.TypeError, "function got multiple values for argument '%q'", vm.qstrText(name));
      }
      vm.i32[items + i] = vm.i32[p + 1] as number;
    }
    return t;
  },
  print(vm, out, o) {
    const type = vm.typeOf(o);
    out.write(typeName(vm, type));
    printFields(vm, out, o, (i) => fieldName(vm, type, i));
  },
  unaryOp: tupleUnaryOp,
  binaryOp: tupleBinaryOp,
  attr(vm, self, attr) {
    if (vm.dest0 !== Word.Null) raiseMsg(vm, Ty.AttributeError, "can't set attribute");
    if (attr === Q._asdict && vm.profile.level === 'everything') {
      vm.dest1 = Word.Sentinel;
      return 0;
    }
    const i = findField(vm, vm.typeOf(self), vm.i32[(self + TupleOff.Len) >> 2] as number, attr);
    if (i >= 0) vm.dest0 = vm.i32[((self + TupleOff.Items) >> 2) + i] as number;
    return 0;
  },
  subscr: tupleSubscr,
  getiter: tupleGetiter,
  locals: { _asdict: asdict },
});

/** A namedtuple type with the `n` fields whose names are the strings at `names`. */
export function newNamedtupleType(vm: Vm, name: Qstr, n: number, names: Addr): Obj {
  const type = vm.alloc(56 + wordBytes(vm, n));
  vm.u8.copyWithin(type, Ty.NamedtupleBase, Ty.NamedtupleBase + TypeOff.Size);
  vm.u16[(type + TypeOff.Name) >> 1] = name;
  for (let i = 0; i < n; i++) {
    vm.u16[((type + TypeOff.Size) >> 1) + i] = strQstr(vm, vm.i32[(names >> 2) + i] as number);
  }
  return type;
}

/** `namedtuple(name, fields)`: fields is a tuple or list of names, or a string of them. */
export const namedtupleFunction = fun2((vm, nameIn, fieldsIn) => {
  const name = strQstr(vm, nameIn);
  const fields = isStr(vm, fieldsIn) ? callMethod(vm, fieldsIn, Q.split) : fieldsIn;
  getArray(vm, fields);
  return newNamedtupleType(vm, name, array.len, array.items);
});
