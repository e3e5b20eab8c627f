/**
 * Calls with `*args` and `**kwargs`: the arguments are laid out in a heap block first. Counterpart:
 * mp_call_prepare_args_n_kw_var in py/runtime.c.
 */
import { moveWords } from './move.js';
import { DictOff, MapOff } from './layout.js';
import { mapNextFilled, mapUsed } from './map.js';
import { raiseTypeError } from './raise.js';
import { pushRec, Rec } from './records.js';
import { lenMaybe } from './runtime.js';
import { tailCall1 } from './tail.js';
import { isStr, strQstr } from './obj/str-new.js';
import { Ty } from './types.js';
import { type Addr, newQstrObj, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

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
    const type = vm.typeOf(a);
    if (type !== Ty.Tuple && type !== Ty.List) {
      pushRec(vm, Rec.Retry, opIp, top - ((args + i) << 2), 0);
      return tailCall1(vm, vm.addrOf(vm.image.helpers.toList), a);
    }
    extra += lenMaybe(vm, a) - 1;
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
  const out = vm.alloc(4 * (1 + nPos + extra + 2 * (nKw + extraKw)));
  let w = out >> 2;
  if (self !== Word.Null) i32[w++] = self;
  for (let i = 0; i < nPos; i++) {
    const a = i32[args + i] as number;
    if (((stars >> i) & 1) === 0) {
      i32[w++] = a;
      continue;
    }
    const isTuple = vm.typeOf(a) === Ty.Tuple;
    const n = (isTuple ? i32[(a >> 2) + 1] : i32[(a >> 2) + 2]) as number;
    const items = isTuple ? (a >> 2) + 2 : (i32[(a >> 2) + 3] as number) >> 2;
    moveWords(i32, w, items, items + n);
    w += n;
  }
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

function keyword(vm: Vm, key: Obj): Obj {
  if ((key & 7) === 2) return key;
  if (!isStr(vm, key))
    raiseTypeError(
      vm,
      `can't convert '${vm.qstrText(vm.u16[(vm.typeOf(key) + 6) >> 1] as number)}' object to str implicitly`,
    );
  return newQstrObj(strQstr(vm, key));
}
