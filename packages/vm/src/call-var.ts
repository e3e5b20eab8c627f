/**
 * Calls with `*args` and `**kwargs`: the arguments are laid out in a heap block first. Counterpart:
 * mp_call_prepare_args_n_kw_var in py/runtime.c.
 */
import { DictOff, MapOff } from './layout.js';
import { mapNextFilled, mapUsed } from './map.js';
import { raiseFormat } from './raise.js';
import { popRec, pushRec, Rec } from './records.js';
import { getIter, isLeafIterable, iterate, lenMaybe, typeNameOf } from './runtime.js';
import { tailCall1 } from './tail.js';
import { stackIterBuf } from './obj/seq.js';
import { isStr, spanOf, strSpan } from './obj/str-new.js';
import { Ty } from './types.js';
import { type Addr, newQstrObj, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/**
 * In place of the type of a list of items that an opcode had made of an operand and runs again on. No type is there, and
 * nothing but the opcode sees it.
 */
export const OWN_LIST = 0x20;

/** Words of arguments so far, and words that their block has. */
let argsLen = 0;
let argsRoom = 0;

/**
 * CALL_FUNCTION_VAR_KW, CALL_METHOD_VAR_KW. `base`: address of the function on the stack; `top`: of the star bitmap. Answers the address
 * of the arguments, their counts in `vm.varArgs` and `vm.varKw`; or Call when an iterable has to be collected first (the
 * opcode then runs again).
 */
export function prepareVarArgs(vm: Vm, counts: number, isMethod: boolean, base: Addr, top: Addr, opIp: Addr): Addr {
  const i32 = vm.i32;
  const nPos = counts & 0xff;
  const nKw = (counts >> 8) & 0xff;
  const stars = (i32[top >> 2] as number) >> 1;
  const self = isMethod ? (i32[(base >> 2) + 1] as number) : Word.Null;
  const args = (base >> 2) + (isMethod ? 2 : 1);
  let extra = 0;
  for (let i = 0; i < nPos; i++) {
    if (((stars >> i) & 1) === 0) continue;
    const a = i32[args + i] as number;
    if (i32[a >> 2] === OWN_LIST) continue;
    if (!isLeafIterable(vm, a)) {
      pushRec(vm, Rec.Retry, opIp, top - ((args + i) << 2), 1);
      return tailCall1(vm, vm.addrOf(vm.image.helpers.toList), a);
    }
    const len = lenMaybe(vm, a);
    if (len >= 0) extra += len - 1;
  }
  const kwargs = args + nPos;
  let extraKw = 0;
  for (let i = 0; i < nKw; i++) {
    if (i32[kwargs + 2 * i] !== Word.Null) continue;
    const d = i32[kwargs + 2 * i + 1] as number;
    if (vm.typeOf(d) !== Ty.Dict) {
      pushRec(vm, Rec.Retry, opIp, top - ((kwargs + 2 * i + 1) << 2), 0);
      return tailCall1(vm, vm.addrOf(vm.image.helpers.toDict), d);
    }
    extraKw += mapUsed(vm, d + DictOff.Map) - 1;
  }
  const kwWords = 2 * (nKw + extraKw);
  argsLen = 0;
  argsRoom = 1 + nPos + extra + kwWords;
  let out = vm.alloc(4 * argsRoom);
  if (self !== Word.Null) i32[(out >> 2) + argsLen++] = self;
  for (let i = 0; i < nPos; i++) {
    const a = i32[args + i] as number;
    if (((stars >> i) & 1) === 0) i32[(out >> 2) + argsLen++] = a;
    else out = spread(vm, a, out, nPos - i);
  }
  if (argsLen + kwWords > argsRoom) out = vm.realloc(out, 4 * (argsLen + kwWords));
  let w = (out >> 2) + argsLen;
  vm.varArgs = w - (out >> 2);
  for (let i = 0; i < nKw; i++) {
    const key = i32[kwargs + 2 * i] as number;
    const value = i32[kwargs + 2 * i + 1] as number;
    if (key !== Word.Null) {
      i32[w++] = key;
      i32[w++] = value;
      continue;
    }
    const map = value + DictOff.Map;
    for (let k = mapNextFilled(vm, map, 0); k >= 0; k = mapNextFilled(vm, map, k + 1)) {
      const slot = ((i32[(map + MapOff.Table) >> 2] as number) >> 2) + 2 * k;
      i32[w++] = keyword(vm, i32[slot] as number);
      i32[w++] = i32[slot + 1] as number;
    }
  }
  vm.varKw = (w - (out >> 2) - vm.varArgs) >> 1;
  return out;
}

/** Copies what is in `a` behind the arguments in `out`; `left`: of the call's positional arguments, those from it on. */
function spread(vm: Vm, a: Obj, out: Addr, left: number): Addr {
  const { i32, heap } = vm;
  const type = i32[a >> 2] as number;
  if (type === Ty.Tuple || type === Ty.List) {
    const n = (type === Ty.Tuple ? i32[(a >> 2) + 1] : i32[(a >> 2) + 2]) as number;
    const items = type === Ty.Tuple ? (a >> 2) + 2 : (i32[(a >> 2) + 3] as number) >> 2;
    i32.copyWithin((out >> 2) + argsLen, items, items + n);
    argsLen += n;
    return out;
  }
  let at = out;
  const add = (x: Obj): void => {
    if (argsLen + left >= argsRoom) {
      at = vm.realloc(at, argsRoom * 8);
      argsRoom *= 2;
    }
    i32[(at >> 2) + argsLen++] = x;
  };
  if (type === OWN_LIST) {
    const items = i32[(a >> 2) + 3] as number;
    const n = i32[(a >> 2) + 2] as number;
    for (let i = 0; i < n; i++) add(i32[(items >> 2) + i] as number);
    // upstream has no such list: the iterator's items go where these went
    heap.free(items);
    heap.free(a);
    return at;
  }
  const iter = getIter(vm, a, stackIterBuf(vm));
  // what is in the block stays: only the block itself is on nothing but the log
  const mark = heap.logTop;
  for (let x = iterate(vm, iter, mark); x !== Word.Null; x = iterate(vm, iter, mark)) {
    add(x);
    heap.logTop = mark;
    vm.keep(at);
  }
  popRec(vm);
  vm.keep(at);
  return at;
}

function keyword(vm: Vm, key: Obj): Obj {
  if ((key & 7) === 2) return key;
  if (!isStr(vm, key) && vm.typeOf(key) !== Ty.Bytes)
    raiseFormat(vm, Ty.TypeError, "can't convert '%q' object to %q implicitly", typeNameOf(vm, key), 'str');
  spanOf(vm, key);
  return newQstrObj(vm.qstrs.internBytes(vm.u8, strSpan.addr, strSpan.addr + strSpan.len));
}
