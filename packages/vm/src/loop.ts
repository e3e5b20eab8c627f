/**
 * The interpreter loop: one function, one literal switch over bytecode, int32 locals. Counterpart: py/vm.c. The file is long because
 * the function is: its arms share registers, which only locals of one function can be.
 *
 * `tools/gen-loop.mjs` makes `generated/loop-stepped.ts` from this file: the same function with a bytecode counter at the marked line, used
 * for slices counted in bytecodes. Nothing else differs, so both run programs identically.
 *
 * Registers, all word indices but `ip`, `start` and `qt`:
 *   fp      code state of the running frame        local0  local 0 (locals run down from it)
 *   sp      top value (the stack runs up)          ip      next byte of code
 *   qt, ot  the module's qstr (u16) and object tables
 *   rec     the frame's record (byte address)      start   first byte not yet charged to the clock
 *
 * Discipline: operands stay on the stack until the result exists, because they are the roots; natives are called with `sp`
 * unchanged. An arm ends in one of four ways:
 *   `continue run`   done
 *   `break`          `r` is a result, `n` words of operands to pop: common code below the switch pushes it, or leaves for a pushed
 *                    frame (Call) or a wait (Wait)
 *   `break arms`     a jump was taken: `ip` is the target, `t0` the byte behind the jump
 *   `throw`          a Python exception
 * Temporaries are declared once for all arms: block-scoped ones make the unoptimised frame twenty times larger, and nested
 * runs then overflow JavaScript's stack.
 *
 * Over a thousand lines are allowed here: splitting the switch costs more speed than it buys clarity.
 */
import { BinaryOp, Op, UnaryOp } from '@tsmp-internal/bytecode';
import { Attend, attend } from './attend.js';
import { callBuiltin, callBytecode, decodeUint, leaveFrame, tailCall, uintEnd } from './call.js';
import { prepareVarArgs } from './call-var.js';
import { importFrom, importStar, tailImportName } from './import.js';
import { CsOff, DictOff, Root, TsOff } from './layout.js';
import { Arrived, catchInFrame, deliver, Mode, popWaiting, pushExcBlock, suspendGenerator } from './link.js';
import { LoopExit } from './loop-exit.js';
// @jit-begin
import { Entry } from './jit/entry.js';
import { invoke } from './jit/unit.js';
// @jit-end
import {
  callExit,
  deleteGlobal,
  deleteName,
  loadBuildClass,
  enterWith,
  iteratorIn,
  lastRaised,
  loadGlobal,
  loadName,
  loadSuperMethod,
  nextLeaf,
  nextOf,
  raisedBy,
  recover,
  returnValue,
  runEnd,
  takePending,
  storeComp,
  storeMap,
  truthOf,
  unboundLocal,
  unpack,
  unwind,
  unwindJump,
  unwindReturn,
  unwindTarget,
  yieldFrom,
  yieldToLoop,
} from './loop-help.js';
import { dictStore, mapFind, newDict } from './map.js';
import { binaryFloat } from './obj/float.js';
import { newClosure } from './obj/closure.js';
import { newFunction } from './obj/function.js';
import { yieldToGather } from './obj/gather.js';
import { makeRaisable, resumeGenerator } from './obj/generator.js';
import { loadInstanceAttr, loadInstanceMethod, storeInstanceAttr } from './obj/instance-attr.js';
import { newInt, smallIntBinary } from './obj/int.js';
import { newListFrom } from './obj/list.js';
import { newSetFrom } from './obj/set.js';
import { newSlice } from './obj/slice.js';
import { newTupleFrom } from './obj/tuple.js';
import { raise, raiseMsg } from './raise.js';
import { pushRec, Rec, unwindTo } from './records.js';
import { typeFlags } from './runtime.js';
import {
  raiseNoAttribute,
  tailBinaryOp,
  tailBool,
  tailGetIter,
  tailLoadAttr,
  tailLoadMethodMaybe,
  tailStoreAttr,
  tailSubscr,
  tailUnaryOp,
} from './tail.js';
import { Ty, TypeFlag } from './types.js';
import { smallProduct } from './wide.js';
import { Word } from './words.js';
import type { Vm } from './vm.js';

/**
 * Runs the topmost frame and what it calls, until the run's bottom record gets a result, the slice ends, or a native waits.
 */
export function execute(vm: Vm): LoopExit {
  const i32 = vm.i32;
  const u8 = vm.u8;
  const u16 = vm.u16;
  const f64 = vm.f64;
  const heap = vm.heap;
  const doubles = vm.doubles;
  const ts = vm.ts >> 2;
  const nesting = vm.nested;
  const logBase = heap.logBase;
  let fp = 0;
  let sp = 0;
  let ip = 0;
  let local0 = 0;
  let qt = 0;
  let ot = 0;
  let rec = 0;
  let start = 0;
  let opIp = 0;
  let budget = vm.budget | 0;
  let unsynced = vm.unsynced;
  let r = 0;
  let n = 0;
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  // @jit-begin
  const jit = vm.jit;
  /** The running frame's function is translated, but not from where it is. */
  let elsewhere = false;
  let translated = false;
  /** What asked for attention has had it, and the frame is loaded anew only to see whether it is translated now. */
  let attended = false;
  // @jit-end
  vm.unsynced = 0;
  popWaiting(vm);
  for (;;) {
    // (re)load the topmost frame
    rec = i32[ts + (TsOff.Rec >> 2)] as number;
    fp = (i32[ts + (TsOff.Fp >> 2)] as number) >> 2;
    ip = i32[fp + (CsOff.Ip >> 2)] as number;
    sp = (i32[fp + (CsOff.Sp >> 2)] as number) >> 2;
    local0 = fp + (CsOff.State >> 2) - 1 + ((i32[fp + (CsOff.NState >> 2)] as number) & 0xffff);
    t0 = (i32[((i32[fp] as number) >> 2) + 1] as number) >> 2;
    qt = (i32[t0 + 2] as number) >> 1;
    ot = (i32[t0 + 3] as number) >> 2;
    start = unsynced > 0 ? ip - unsynced : ip;
    // attention is for jumps, calls and returns, not for where a slice that counts bytecodes happened to end
    t3 = unsynced;
    unsynced = 0;
    try {
      opIp = ip;
      t0 = i32[ts + (TsOff.Inject >> 2)] as number;
      if (t0 !== 0) {
        if (u8[ip] !== Op.YieldFrom) {
          i32[ts + (TsOff.Inject >> 2)] = 0;
          ip++;
          raise(makeRaisable(vm, t0));
        }
      } else if (
        (budget <= 0 || vm.attention) &&
        start === ip &&
        t3 === 0 &&
        // @jit-begin
        !attended &&
        // @jit-end
        i32[ts + (TsOff.Waiting >> 2)] === 0
      ) {
        t0 = attend(vm);
        budget = vm.budget;
        if (t0 === Attend.Stop) return LoopExit.Budget;
        if (t0 === Attend.Frame) continue;
        if (t0 === Attend.Raise) {
          ip++;
          raise(takePending(vm));
        }
      }
      // @jit-begin
      if (jit !== null) {
        elsewhere = false;
        attended = false;
        if (start === ip && t0 === 0 && i32[ts + (TsOff.Waiting >> 2)] === 0) {
          t0 = jit.tryEnter(fp);
          if (t0 >= 0) {
            translated = true;
            t0 = invoke(jit.fn, t0);
            translated = false;
            budget = vm.budget;
            if (t0 !== 0) return t0;
            unsynced = vm.unsynced;
            vm.unsynced = 0;
            continue;
          }
          elsewhere = t0 === Entry.NotHere;
        }
      }
      // @jit-end
      run: for (;;) {
        opIp = ip;
        /* @step */
        arms: {
          switch (u8[ip++]) {
            case Op.LoadConstFalse:
              i32[++sp] = Word.False;
              continue run;
            case Op.LoadConstNone:
              i32[++sp] = Word.None;
              continue run;
            case Op.LoadConstTrue:
              i32[++sp] = Word.True;
              continue run;
            case Op.LoadConstSmallInt:
              // 7-bit groups, the first sign-extended from bit 6
              t0 = u8[ip] as number;
              t1 = (t0 & 0x40) !== 0 ? -1 : 0;
              do {
                t0 = u8[ip++] as number;
                t1 = (t1 << 7) | (t0 & 0x7f);
              } while (t0 > 127);
              i32[++sp] = (t1 << 1) | 1;
              continue run;
            case Op.LoadConstString:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              i32[++sp] = ((u16[qt + t0] as number) << 3) | 2;
              continue run;
            case Op.LoadConstObj:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              i32[++sp] = i32[ot + t0] as number;
              continue run;
            case Op.LoadNull:
              i32[++sp] = Word.Null;
              continue run;
            case Op.LoadFastN:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t0 = i32[local0 - t0] as number;
              if (t0 === 0) unboundLocal(vm);
              i32[++sp] = t0;
              continue run;
            case Op.LoadDeref:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t0 = i32[((i32[local0 - t0] as number) >> 2) + 1] as number;
              if (t0 === 0) unboundLocal(vm);
              i32[++sp] = t0;
              continue run;
            case Op.LoadName:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              i32[sp + 1] = loadName(vm, ((u16[qt + t0] as number) << 3) | 2);
              sp++;
              continue run;
            case Op.LoadGlobal:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              i32[sp + 1] = loadGlobal(vm, ((u16[qt + t0] as number) << 3) | 2);
              sp++;
              continue run;
            case Op.LoadAttr:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t0 = u16[qt + t0] as number;
              r = loadInstanceAttr(vm, i32[sp] as number, t0);
              if (r !== 0) {
                i32[sp] = r;
                continue run;
              }
              n = 1;
              r = tailLoadAttr(vm, i32[sp] as number, t0);
              break;
            case Op.LoadMethod:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t0 = u16[qt + t0] as number;
              t1 = i32[sp] as number;
              if (loadInstanceMethod(vm, t1, t0)) {
                i32[sp] = vm.dest0;
                i32[++sp] = vm.dest1;
                continue run;
              }
              // a property or __getattr__ answers through the record
              pushRec(vm, Rec.LoadMethod, 0, 0, 0);
              r = tailLoadMethodMaybe(vm, t1, t0);
              if (r === Word.Call) {
                n = 1;
                break;
              }
              unwindTo(vm, rec);
              if (vm.dest0 === 0) raiseNoAttribute(vm, t1, t0);
              i32[sp] = vm.dest0;
              i32[++sp] = vm.dest1;
              continue run;
            case Op.LoadSuperMethod:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              loadSuperMethod(vm, u16[qt + t0] as number, i32[sp - 1] as number, i32[sp] as number);
              sp -= 2;
              i32[sp] = vm.dest0;
              i32[++sp] = vm.dest1;
              continue run;
            case Op.LoadBuildClass:
              i32[++sp] = loadBuildClass(vm);
              continue run;
            case Op.LoadSubscr:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t1 & 1) !== 0 && (t0 & 3) === 0) {
                t2 = i32[t0 >> 2] as number;
                if (t2 === Ty.List) {
                  t1 >>= 1;
                  t3 = i32[(t0 >> 2) + 2] as number;
                  if (t1 < 0) t1 += t3;
                  if (t1 >= 0 && t1 < t3) {
                    i32[--sp] = i32[((i32[(t0 >> 2) + 3] as number) >> 2) + t1] as number;
                    continue run;
                  }
                } else if (t2 === Ty.Bytearray || t2 === Ty.Bytes) {
                  // length and data are at the same places in both
                  t1 >>= 1;
                  t3 = i32[(t0 >> 2) + 2] as number;
                  if (t1 < 0) t1 += t3;
                  if (t1 >= 0 && t1 < t3) {
                    i32[--sp] = ((u8[(i32[(t0 >> 2) + 3] as number) + t1] as number) << 1) | 1;
                    continue run;
                  }
                } else if (t2 === Ty.Tuple) {
                  t1 >>= 1;
                  t3 = i32[(t0 >> 2) + 1] as number;
                  if (t1 < 0) t1 += t3;
                  if (t1 >= 0 && t1 < t3) {
                    i32[--sp] = i32[(t0 >> 2) + 2 + t1] as number;
                    continue run;
                  }
                }
              }
              if ((t0 & 3) === 0 && i32[t0 >> 2] === Ty.Dict) {
                r = mapFind(vm, t0 + DictOff.Map, i32[sp] as number);
                if (r !== 0) {
                  i32[--sp] = i32[(r >> 2) + 1] as number;
                  continue run;
                }
              }
              n = 2;
              // subscripts of native objects may be the bus, which reads the clock
              vm.budget = budget = (budget - (ip - start)) | 0;
              start = ip;
              r = tailSubscr(vm, t0, i32[sp] as number, Word.Sentinel);
              break;
            case Op.StoreFastN:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              i32[local0 - t0] = i32[sp--] as number;
              continue run;
            case Op.StoreDeref:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              i32[((i32[local0 - t0] as number) >> 2) + 1] = i32[sp--] as number;
              continue run;
            case Op.StoreName:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              dictStore(
                vm,
                i32[ts + (TsOff.Locals >> 2)] as number,
                ((u16[qt + t0] as number) << 3) | 2,
                i32[sp] as number,
              );
              sp--;
              continue run;
            case Op.StoreGlobal:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              dictStore(
                vm,
                i32[ts + (TsOff.Globals >> 2)] as number,
                ((u16[qt + t0] as number) << 3) | 2,
                i32[sp] as number,
              );
              sp--;
              continue run;
            case Op.StoreAttr:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              if (storeInstanceAttr(vm, i32[sp] as number, u16[qt + t0] as number, i32[sp - 1] as number)) {
                sp -= 2;
                continue run;
              }
              pushRec(vm, Rec.Discard, 0, 0, 0);
              r = tailStoreAttr(vm, i32[sp] as number, u16[qt + t0] as number, i32[sp - 1] as number);
              n = 2;
              if (r === Word.Call) break;
              unwindTo(vm, rec);
              sp -= 2;
              continue run;
            case Op.StoreSubscr:
              t0 = i32[sp - 1] as number;
              t1 = i32[sp] as number;
              if ((t1 & 1) !== 0 && (t0 & 3) === 0 && i32[t0 >> 2] === Ty.List && i32[sp - 2] !== 0) {
                t1 >>= 1;
                t3 = i32[(t0 >> 2) + 2] as number;
                if (t1 < 0) t1 += t3;
                if (t1 >= 0 && t1 < t3) {
                  i32[((i32[(t0 >> 2) + 3] as number) >> 2) + t1] = i32[sp - 2] as number;
                  sp -= 3;
                  continue run;
                }
              }
              if (
                (t1 & 1) !== 0 &&
                (t0 & 3) === 0 &&
                i32[t0 >> 2] === Ty.Bytearray &&
                ((i32[sp - 2] as number) & 1) !== 0
              ) {
                t1 = (i32[sp] as number) >> 1;
                t3 = i32[(t0 >> 2) + 2] as number;
                if (t1 < 0) t1 += t3;
                if (t1 >= 0 && t1 < t3) {
                  u8[(i32[(t0 >> 2) + 3] as number) + t1] = (i32[sp - 2] as number) >> 1;
                  sp -= 3;
                  continue run;
                }
              }
              if ((t0 & 3) === 0 && i32[t0 >> 2] === Ty.Dict && i32[sp - 2] !== 0) {
                dictStore(vm, t0, i32[sp] as number, i32[sp - 2] as number);
                sp -= 3;
                continue run;
              }
              pushRec(vm, Rec.Discard, 0, 0, 0);
              vm.budget = budget = (budget - (ip - start)) | 0;
              start = ip;
              r = tailSubscr(vm, t0, i32[sp] as number, i32[sp - 2] as number);
              n = 3;
              // `del x[i]` compiles to storing Null
              if (r === Word.Call) break;
              unwindTo(vm, rec);
              sp -= 3;
              continue run;
            case Op.DeleteFast:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              if (i32[local0 - t0] === 0) unboundLocal(vm);
              i32[local0 - t0] = 0;
              continue run;
            case Op.DeleteDeref:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t1 = ((i32[local0 - t0] as number) >> 2) + 1;
              if (i32[t1] === 0) unboundLocal(vm);
              i32[t1] = 0;
              continue run;
            case Op.DeleteName:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              deleteName(vm, ((u16[qt + t0] as number) << 3) | 2);
              continue run;
            case Op.DeleteGlobal:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              deleteGlobal(vm, ((u16[qt + t0] as number) << 3) | 2);
              continue run;
            case Op.DupTop:
              t0 = i32[sp] as number;
              i32[++sp] = t0;
              continue run;
            case Op.DupTopTwo:
              i32[sp + 1] = i32[sp - 1] as number;
              i32[sp + 2] = i32[sp] as number;
              sp += 2;
              continue run;
            case Op.PopTop:
              sp--;
              continue run;
            case Op.RotTwo:
              t0 = i32[sp] as number;
              i32[sp] = i32[sp - 1] as number;
              i32[sp - 1] = t0;
              continue run;
            case Op.RotThree:
              t0 = i32[sp] as number;
              i32[sp] = i32[sp - 1] as number;
              i32[sp - 1] = i32[sp - 2] as number;
              i32[sp - 2] = t0;
              continue run;
            case Op.Jump:
              t0 = u8[ip++] as number;
              t1 = t0 > 127 ? ((t0 & 0x7f) | ((u8[ip++] as number) << 7)) - 0x4000 : t0 - 0x40;
              t0 = ip;
              ip += t1;
              break arms;
            case Op.PopJumpIfTrue:
            case Op.PopJumpIfFalse:
              t0 = u8[ip++] as number;
              t1 = t0 > 127 ? ((t0 & 0x7f) | ((u8[ip++] as number) << 7)) - 0x4000 : t0 - 0x40;
              t2 = i32[sp] as number;
              t3 = t2 === Word.True ? 1 : t2 === Word.False || t2 === Word.None ? 0 : truthOf(vm, t2);
              if (t3 < 0) {
                pushRec(vm, Rec.Jump, ip + t1, u8[opIp] === Op.PopJumpIfTrue ? 1 : 0, 0);
                r = tailBool(vm, t2);
                n = 1;
                break;
              }
              sp--;
              if ((t3 !== 0) === (u8[opIp] === Op.PopJumpIfTrue)) {
                t0 = ip;
                ip += t1;
                break arms;
              }
              continue run;
            case Op.JumpIfTrueOrPop:
            case Op.JumpIfFalseOrPop:
              t0 = u8[ip++] as number;
              t1 = t0 > 127 ? (t0 & 0x7f) | ((u8[ip++] as number) << 7) : t0;
              t2 = i32[sp] as number;
              t3 = t2 === Word.True ? 1 : t2 === Word.False || t2 === Word.None ? 0 : truthOf(vm, t2);
              if (t3 < 0) {
                pushRec(vm, Rec.Jump, ip + t1, u8[opIp] === Op.JumpIfTrueOrPop ? 3 : 2, 0);
                r = tailBool(vm, t2);
                n = 0;
                break;
              }
              if ((t3 !== 0) === (u8[opIp] === Op.JumpIfTrueOrPop)) {
                t0 = ip;
                ip += t1;
                break arms;
              }
              sp--;
              continue run;
            case Op.SetupWith:
              t0 = u8[ip++] as number;
              t1 = t0 > 127 ? (t0 & 0x7f) | ((u8[ip++] as number) << 7) : t0;
              i32[fp + (CsOff.Sp >> 2)] = sp << 2;
              i32[fp + (CsOff.Ip >> 2)] = ip;
              n = 0;
              r = enterWith(vm, fp << 2, ip + t1);
              // stack now: …, __exit__, context manager, unless the opcode waits
              sp = (i32[fp + (CsOff.Sp >> 2)] as number) >> 2;
              break;
            case Op.WithCleanup:
              t0 = i32[sp] as number;
              if (t0 === Word.None) {
                t1 = i32[sp - 2] as number;
                t2 = i32[sp - 1] as number;
                t3 = Word.None;
                n = 2;
                pushRec(vm, Rec.Discard, 0, 0, 0);
                r = callExit(vm, t1, t2, Word.None, Word.None);
                if (r !== Word.Wait) i32[sp - 2] = Word.None;
              } else if ((t0 & 1) !== 0) {
                pushRec(vm, Rec.Discard, 0, 0, 0);
                r = callExit(vm, i32[sp - 3] as number, i32[sp - 2] as number, Word.None, Word.None);
                if (r !== Word.Wait) {
                  i32[sp - 3] = i32[sp - 1] as number;
                  i32[sp - 2] = t0;
                }
                n = 2;
              } else {
                pushRec(vm, Rec.WithExit, 0, 0, 0);
                r = callExit(vm, i32[sp - 2] as number, i32[sp - 1] as number, i32[t0 >> 2] as number, t0);
                if (r !== Word.Wait) i32[sp - 2] = t0;
                n = 2;
              }
              break;
            case Op.UnwindJump:
              t0 = u8[ip++] as number;
              t1 = t0 > 127 ? ((t0 & 0x7f) | ((u8[ip++] as number) << 7)) - 0x4000 : t0 - 0x40;
              i32[++sp] = unwindTarget(ip + t1);
              t2 = u8[ip] as number;
              t0 = ip + 1;
              i32[fp + (CsOff.Sp >> 2)] = sp << 2;
              ip = unwindJump(vm, fp << 2, ip, t2);
              sp = (i32[fp + (CsOff.Sp >> 2)] as number) >> 2;
              break arms;
            case Op.SetupExcept:
            case Op.SetupFinally:
              t0 = u8[ip++] as number;
              t1 = t0 > 127 ? (t0 & 0x7f) | ((u8[ip++] as number) << 7) : t0;
              pushExcBlock(vm, fp << 2, ip + t1, sp << 2, u8[opIp] === Op.SetupFinally);
              continue run;
            case Op.EndFinally:
              i32[fp + (CsOff.NState >> 2)] = (i32[fp + (CsOff.NState >> 2)] as number) - 0x10000;
              vm.setRoot(Root.CurException, 0);
              t0 = i32[sp] as number;
              if (t0 === Word.None) {
                sp--;
                continue run;
              }
              if ((t0 & 1) === 0) raise(makeRaisable(vm, t0));
              sp--;
              if (t0 < 0) {
                // the finally of a return is done: the return goes on
                i32[fp + (CsOff.Sp >> 2)] = sp << 2;
                t1 = unwindReturn(vm, fp << 2, ip);
                sp = (i32[fp + (CsOff.Sp >> 2)] as number) >> 2;
                if (t1 !== 0) {
                  ip = t1;
                  continue run;
                }
                t2 = 1;
                r = i32[sp] as number;
                vm.budget = budget = (budget - (ip - start)) | 0;
                start = ip;
                if (returnValue(vm, r)) break run;
                return runEnd(vm);
              }
              i32[fp + (CsOff.Sp >> 2)] = sp << 2;
              t0 = ip;
              ip = unwindJump(vm, fp << 2, ip, (i32[sp + 1] as number) >> 1);
              sp = (i32[fp + (CsOff.Sp >> 2)] as number) >> 2;
              break arms;
            case Op.GetIter:
              n = 1;
              r = tailGetIter(vm, i32[sp] as number, 0);
              break;
            case Op.GetIterStack:
              t0 = i32[sp] as number;
              t1 = sp << 2;
              // the iterator's four words lie over the operand: a getiter reads it before it fills them
              pushRec(vm, Rec.IterStack, t1, 0, 0);
              r = tailGetIter(vm, t0, t1);
              if (r === Word.Call || r === Word.Wait) {
                n = -3;
                break;
              }
              unwindTo(vm, rec);
              if (r !== t1) {
                i32[sp] = 0;
                i32[sp + 1] = r;
              }
              sp += 3;
              continue run;
            case Op.ForIter:
              t0 = u8[ip++] as number;
              t1 = t0 > 127 ? (t0 & 0x7f) | ((u8[ip++] as number) << 7) : t0;
              t0 = i32[sp - 3] as number;
              if (t0 === Ty.RangeIter) {
                // words: type, current, stop, step; untagged
                t2 = i32[sp - 2] as number;
                t3 = i32[sp] as number;
                if (t3 > 0 ? t2 < (i32[sp - 1] as number) : t2 > (i32[sp - 1] as number)) {
                  i32[sp - 2] = (t2 + t3) | 0;
                  r = (t2 << 1) >> 1 === t2 ? (t2 << 1) | 1 : newInt(vm, t2);
                  i32[++sp] = r;
                  continue run;
                }
                sp -= 4;
                t0 = ip;
                ip += t1;
                break arms;
              }
              t2 = t0 === 0 ? iteratorIn(vm, i32[sp - 2] as number) : (sp - 3) << 2;
              t3 = i32[t2 >> 2] as number;
              if (t3 === Ty.ListIter) {
                // words: type, list, index
                t0 = (i32[(t2 >> 2) + 1] as number) >> 2;
                t3 = i32[(t2 >> 2) + 2] as number;
                if (t3 < (i32[t0 + 2] as number)) {
                  i32[(t2 >> 2) + 2] = t3 + 1;
                  i32[++sp] = i32[((i32[t0 + 3] as number) >> 2) + t3] as number;
                  continue run;
                }
                sp -= 4;
                t0 = ip;
                ip += t1;
                break arms;
              }
              if (t3 === Ty.Generator) {
                pushRec(vm, Rec.ForIter, ip + t1, 0, 0);
                r = resumeGenerator(vm, t2, Word.None, 0);
                n = 0;
                break;
              }
              if ((typeFlags(vm, t3) & TypeFlag.LeafIter) !== 0) {
                r = nextLeaf(vm, t3, t2);
                if (r === 0) {
                  sp -= 4;
                  t0 = ip;
                  ip += t1;
                  break arms;
                }
                i32[++sp] = r;
                continue run;
              }
              pushRec(vm, Rec.ForIter, ip + t1, 0, 0);
              r = nextOf(vm, t3, t2);
              n = 0;
              break;
            case Op.PopExceptJump:
              i32[fp + (CsOff.NState >> 2)] = (i32[fp + (CsOff.NState >> 2)] as number) - 0x10000;
              vm.setRoot(Root.CurException, 0);
              t0 = u8[ip++] as number;
              t1 = t0 > 127 ? (t0 & 0x7f) | ((u8[ip++] as number) << 7) : t0;
              t0 = ip;
              ip += t1;
              break arms;
            case Op.BuildTuple:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              r = newTupleFrom(vm, t0, (sp - t0 + 1) << 2);
              sp -= t0 - 1;
              i32[sp] = r;
              continue run;
            case Op.BuildList:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              r = newListFrom(vm, t0, (sp - t0 + 1) << 2);
              sp -= t0 - 1;
              i32[sp] = r;
              continue run;
            case Op.BuildMap:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              r = newDict(vm, t0);
              i32[++sp] = r;
              continue run;
            case Op.StoreMap:
              storeMap(vm, i32[sp - 2] as number, i32[sp] as number, i32[sp - 1] as number);
              sp -= 2;
              continue run;
            case Op.BuildSet:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              r = newSetFrom(vm, t0, (sp - t0 + 1) << 2);
              sp -= t0 - 1;
              i32[sp] = r;
              continue run;
            case Op.BuildSlice:
              t0 = u8[ip++] as number;
              t1 = t0 === 3 ? (i32[sp--] as number) : Word.None;
              if (u8[ip] === Op.LoadSubscr || u8[ip] === Op.StoreSubscr) {
                t2 = i32[sp - 2] as number;
                if (vm.stackSlice !== 0 && (typeFlags(vm, vm.typeOf(t2)) & TypeFlag.StackSlice) !== 0) {
                  t3 = vm.stackSlice;
                  i32[(t3 >> 2) + 1] = i32[sp - 1] as number;
                  i32[(t3 >> 2) + 2] = i32[sp] as number;
                  i32[(t3 >> 2) + 3] = t1;
                  i32[--sp] = t3;
                  continue run;
                }
              }
              if (t0 === 3) sp++;
              r = newSlice(vm, i32[sp - t0 + 1] as number, i32[sp - t0 + 2] as number, t1);
              sp -= t0 - 1;
              i32[sp] = r;
              continue run;
            case Op.StoreComp:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t1 = i32[sp - (t0 >> 2)] as number;
              storeComp(vm, t1, t0 & 3, i32[sp] as number, i32[sp - 1] as number);
              sp -= (t0 & 3) === 1 ? 2 : 1;
              continue run;
            case Op.UnpackSequence:
            case Op.UnpackEx:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              n = 0;
              r = unpack(vm, sp << 2, t0, u8[opIp] === Op.UnpackEx, opIp);
              if (r === Word.None) {
                sp += u8[opIp] === Op.UnpackEx ? (t0 & 0xff) + ((t0 >> 8) & 0xff) : t0 - 1;
                continue run;
              }
              break;
            case Op.MakeFunction:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              r = newFunction(vm, i32[fp] as number, t0, 0, 0);
              i32[++sp] = r;
              continue run;
            case Op.MakeFunctionDefargs:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              r = newFunction(vm, i32[fp] as number, t0, i32[sp - 1] as number, i32[sp] as number);
              i32[--sp] = r;
              continue run;
            case Op.MakeClosure:
            case Op.MakeClosureDefargs:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t1 = u8[ip++] as number;
              if (u8[opIp] === Op.MakeClosure) {
                r = newFunction(vm, i32[fp] as number, t0, 0, 0);
                t2 = 0;
              } else {
                r = newFunction(vm, i32[fp] as number, t0, i32[sp - t1 - 1] as number, i32[sp - t1] as number);
                t2 = 2;
              }
              r = newClosure(vm, r, t1, (sp - t1 + 1) << 2);
              sp -= t1 + t2 - 1;
              i32[sp] = r;
              continue run;
            case Op.CallFunction:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t1 = t0 & 0xff;
              t0 = (t0 >> 8) & 0xff;
              n = t1 + 2 * t0 + 1;
              t2 = i32[sp - n + 1] as number;
              vm.budget = budget = (budget - (ip - start)) | 0;
              start = ip;
              heap.logTop = logBase;
              t3 = (t2 & 3) === 0 ? (i32[t2 >> 2] as number) : 0;
              if (t3 === Ty.Function) {
                i32[fp + (CsOff.Ip >> 2)] = ip;
                i32[fp + (CsOff.Sp >> 2)] = (sp - n) << 2;
                callBytecode(vm, t2, t1, t0, (sp - n + 2) << 2, 0, 0);
                break run;
              }
              if (t3 >= Ty.Fun0 && t3 <= Ty.Funvar) r = callBuiltin(vm, t3, t2, t1, t0, (sp - n + 2) << 2);
              else r = tailCall(vm, t2, t1, t0, (sp - n + 2) << 2);
              break;
            case Op.CallMethod:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t1 = t0 & 0xff;
              t0 = (t0 >> 8) & 0xff;
              n = t1 + 2 * t0 + 2;
              t2 = i32[sp - n + 1] as number;
              t3 = (sp - n + 3) << 2;
              if (i32[sp - n + 2] !== 0) {
                t1++;
                t3 -= 4;
              }
              vm.budget = budget = (budget - (ip - start)) | 0;
              start = ip;
              heap.logTop = logBase;
              r = (t2 & 3) === 0 ? (i32[t2 >> 2] as number) : 0;
              if (r === Ty.Function) {
                i32[fp + (CsOff.Ip >> 2)] = ip;
                i32[fp + (CsOff.Sp >> 2)] = (sp - n) << 2;
                callBytecode(vm, t2, t1, t0, t3, 0, 0);
                break run;
              }
              if (r >= Ty.Fun0 && r <= Ty.Funvar) r = callBuiltin(vm, r, t2, t1, t0, t3);
              else r = tailCall(vm, t2, t1, t0, t3);
              break;
            case Op.CallFunctionVarKw:
            case Op.CallMethodVarKw:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              t1 = u8[opIp] === Op.CallMethodVarKw ? 1 : 0;
              n = (t0 & 0xff) + 2 * ((t0 >> 8) & 0xff) + 2 + t1;
              vm.budget = budget = (budget - (ip - start)) | 0;
              start = ip;
              heap.logTop = logBase;
              r = prepareVarArgs(vm, t0, t1 !== 0, (sp - n + 1) << 2, sp << 2, opIp);
              if (r === Word.Call) n = 0;
              else {
                pushRec(vm, Rec.HeapArgs, r, 0, 0);
                r = tailCall(vm, i32[sp - n + 1] as number, vm.varArgs, vm.varKw, r);
              }
              break;
            case Op.ReturnValue:
              if ((i32[fp + (CsOff.NState >> 2)] as number) >>> 16 !== 0) {
                i32[fp + (CsOff.Sp >> 2)] = sp << 2;
                t1 = unwindReturn(vm, fp << 2, ip);
                sp = (i32[fp + (CsOff.Sp >> 2)] as number) >> 2;
                if (t1 !== 0) {
                  ip = t1;
                  continue run;
                }
              }
              r = i32[sp] as number;
              vm.budget = budget = (budget - (ip - start)) | 0;
              heap.logTop = logBase;
              t0 = (i32[rec >> 2] as number) >>> 8;
              if (
                ((i32[rec >> 2] as number) & 0xff) === Rec.Frame &&
                ((i32[(rec >> 2) - t0] as number) & 0xff) <= Rec.GenFrame
              ) {
                leaveFrame(vm);
                t0 = ((i32[ts + (TsOff.Fp >> 2)] as number) + CsOff.Sp) >> 2;
                t1 = (i32[t0] as number) + 4;
                i32[t1 >> 2] = r;
                i32[t0] = t1;
                break run;
              }
              start = ip;
              if (returnValue(vm, r)) break run;
              return runEnd(vm);
            case Op.RaiseLast:
            case Op.RaiseObj:
            case Op.RaiseFrom:
              r =
                u8[opIp] === Op.RaiseLast ? lastRaised(vm, fp << 2) : raisedBy(vm, sp << 2, u8[opIp] === Op.RaiseFrom);
              i32[fp + (CsOff.Ip >> 2)] = ip;
              budget = (budget - (ip - start)) | 0;
              vm.budget = budget;
              if (catchInFrame(vm, fp << 2, r)) break run;
              if (unwind(vm, r)) break run;
              return runEnd(vm);
            case Op.YieldValue:
              r = i32[sp] as number;
              i32[fp + (CsOff.Ip >> 2)] = ip;
              i32[fp + (CsOff.Sp >> 2)] = sp << 2;
              vm.budget = budget = (budget - (ip - start)) | 0;
              start = ip;
              heap.logTop = logBase;
              if (yieldToLoop(vm, fp << 2, r)) break run;
              // @quick-begin
              if (yieldToGather(vm, r)) {
                i32[sp] = Word.None;
                continue run;
              }
              // @quick-end
              suspendGenerator(vm, fp << 2);
              if (deliver(vm, Mode.Yield, r) === Arrived.Frame) break run;
              return runEnd(vm);
            case Op.YieldFrom:
              t0 = i32[sp] as number;
              t1 = i32[sp - 1] as number;
              i32[fp + (CsOff.Ip >> 2)] = ip;
              i32[fp + (CsOff.Sp >> 2)] = (sp - 1) << 2;
              t2 = i32[ts + (TsOff.Inject >> 2)] as number;
              i32[ts + (TsOff.Inject >> 2)] = 0;
              vm.budget = budget = (budget - (ip - start)) | 0;
              start = ip;
              heap.logTop = logBase;
              if (yieldFrom(vm, t1, t0, t2)) {
                budget = vm.budget;
                break run;
              }
              return runEnd(vm);
            case Op.ImportName:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              n = 2;
              vm.budget = budget = (budget - (ip - start)) | 0;
              start = ip;
              heap.logTop = logBase;
              r = tailImportName(vm, u16[qt + t0] as number, i32[sp] as number, i32[sp - 1] as number);
              break;
            case Op.ImportFrom:
              if ((t0 = u8[ip++] as number) > 127) {
                t0 = decodeUint(u8, ip - 1);
                ip = uintEnd;
              }
              n = 0;
              r = importFrom(vm, i32[sp] as number, u16[qt + t0] as number);
              break;
            case Op.ImportStar:
              importStar(vm, i32[sp] as number);
              sp--;
              continue run;
            case 0x70:
            case 0x71:
            case 0x72:
            case 0x73:
            case 0x74:
            case 0x75:
            case 0x76:
            case 0x77:
            case 0x78:
            case 0x79:
            case 0x7a:
            case 0x7b:
            case 0x7c:
            case 0x7d:
            case 0x7e:
            case 0x7f:
            case 0x80:
            case 0x81:
            case 0x82:
            case 0x83:
            case 0x84:
            case 0x85:
            case 0x86:
            case 0x87:
            case 0x88:
            case 0x89:
            case 0x8a:
            case 0x8b:
            case 0x8c:
            case 0x8d:
            case 0x8e:
            case 0x8f:
            case 0x90:
            case 0x91:
            case 0x92:
            case 0x93:
            case 0x94:
            case 0x95:
            case 0x96:
            case 0x97:
            case 0x98:
            case 0x99:
            case 0x9a:
            case 0x9b:
            case 0x9c:
            case 0x9d:
            case 0x9e:
            case 0x9f:
            case 0xa0:
            case 0xa1:
            case 0xa2:
            case 0xa3:
            case 0xa4:
            case 0xa5:
            case 0xa6:
            case 0xa7:
            case 0xa8:
            case 0xa9:
            case 0xaa:
            case 0xab:
            case 0xac:
            case 0xad:
            case 0xae:
            case 0xaf:
              i32[++sp] = (((u8[opIp] as number) - 0x80) << 1) | 1;
              continue run;
            case 0xb0:
            case 0xb1:
            case 0xb2:
            case 0xb3:
            case 0xb4:
            case 0xb5:
            case 0xb6:
            case 0xb7:
            case 0xb8:
            case 0xb9:
            case 0xba:
            case 0xbb:
            case 0xbc:
            case 0xbd:
            case 0xbe:
            case 0xbf:
              t0 = i32[local0 - ((u8[opIp] as number) - 0xb0)] as number;
              if (t0 === 0) unboundLocal(vm);
              i32[++sp] = t0;
              continue run;
            case 0xc0:
            case 0xc1:
            case 0xc2:
            case 0xc3:
            case 0xc4:
            case 0xc5:
            case 0xc6:
            case 0xc7:
            case 0xc8:
            case 0xc9:
            case 0xca:
            case 0xcb:
            case 0xcc:
            case 0xcd:
            case 0xce:
            case 0xcf:
              i32[local0 - ((u8[opIp] as number) - 0xc0)] = i32[sp--] as number;
              continue run;
            case 0xd0: // + - ~
            case 0xd1:
            case 0xd2:
              n = 1;
              r = tailUnaryOp(vm, (u8[opIp] as number) - Op.UnaryOpMulti, i32[sp] as number);
              break;
            case 0xd3: // not
              t0 = i32[sp] as number;
              if (t0 === Word.True || t0 === Word.False) {
                i32[sp] = t0 === Word.True ? Word.False : Word.True;
                continue run;
              }
              n = 1;
              r = tailUnaryOp(vm, UnaryOp.Not, t0);
              break;
            case Op.BinaryOpMulti + BinaryOp.Less:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = t0 < t1 ? Word.True : Word.False;
                continue run;
              }
              if (doubles) {
                r = binaryFloat(vm, f64, BinaryOp.Less, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              n = 2;
              r = tailBinaryOp(vm, BinaryOp.Less, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.More:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = t0 > t1 ? Word.True : Word.False;
                continue run;
              }
              if (doubles) {
                r = binaryFloat(vm, f64, BinaryOp.More, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              n = 2;
              r = tailBinaryOp(vm, BinaryOp.More, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.Equal:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = t0 === t1 ? Word.True : Word.False;
                continue run;
              }
              n = 2;
              r = tailBinaryOp(vm, BinaryOp.Equal, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.LessEqual:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = t0 <= t1 ? Word.True : Word.False;
                continue run;
              }
              if (doubles) {
                r = binaryFloat(vm, f64, BinaryOp.LessEqual, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              n = 2;
              r = tailBinaryOp(vm, BinaryOp.LessEqual, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.MoreEqual:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = t0 >= t1 ? Word.True : Word.False;
                continue run;
              }
              if (doubles) {
                r = binaryFloat(vm, f64, BinaryOp.MoreEqual, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              n = 2;
              r = tailBinaryOp(vm, BinaryOp.MoreEqual, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.NotEqual:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = t0 !== t1 ? Word.True : Word.False;
                continue run;
              }
              n = 2;
              r = tailBinaryOp(vm, BinaryOp.NotEqual, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.Is:
              t0 = i32[sp] as number;
              sp--;
              i32[sp] = i32[sp] === t0 ? Word.True : Word.False;
              continue run;
            case Op.BinaryOpMulti + BinaryOp.Add:
            case Op.BinaryOpMulti + BinaryOp.InplaceAdd:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                r = (t0 - 1 + t1) | 0;
                if (((t0 ^ r) & (t1 ^ r)) >= 0) {
                  i32[--sp] = r;
                  continue run;
                }
              } else if (doubles) {
                r = binaryFloat(vm, f64, BinaryOp.Add, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.Subtract:
            case Op.BinaryOpMulti + BinaryOp.InplaceSubtract:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                r = (t0 - t1 + 1) | 0;
                if (((t0 ^ t1) & (t0 ^ r)) >= 0) {
                  i32[--sp] = r;
                  continue run;
                }
              } else if (doubles) {
                r = binaryFloat(vm, f64, BinaryOp.Subtract, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.Multiply:
            case Op.BinaryOpMulti + BinaryOp.InplaceMultiply:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                r = smallProduct(t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              } else if (doubles) {
                r = binaryFloat(vm, f64, BinaryOp.Multiply, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.And:
            case Op.BinaryOpMulti + BinaryOp.InplaceAnd:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = t0 & t1;
                continue run;
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.Or:
            case Op.BinaryOpMulti + BinaryOp.InplaceOr:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = t0 | t1;
                continue run;
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.Modulo:
            case Op.BinaryOpMulti + BinaryOp.InplaceModulo:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0 && t1 !== 1) {
                // the sign is the divisor's
                t1 >>= 1;
                r = ((t0 >> 1) % t1) | 0;
                if (r !== 0 && (r ^ t1) < 0) r = (r + t1) | 0;
                i32[--sp] = (r << 1) | 1;
                continue run;
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.FloorDivide:
            case Op.BinaryOpMulti + BinaryOp.InplaceFloorDivide:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              // a positive divisor leaves no result that is too big
              if ((t0 & t1 & 1) !== 0 && t1 > 1) {
                t0 >>= 1;
                t1 >>= 1;
                r = (t0 / t1) | 0;
                if (t0 < 0 && Math.imul(r, t1) !== t0) r--;
                i32[--sp] = (r << 1) | 1;
                continue run;
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.Xor:
            case Op.BinaryOpMulti + BinaryOp.InplaceXor:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0) {
                i32[--sp] = (t0 ^ t1) | 1;
                continue run;
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case Op.BinaryOpMulti + BinaryOp.Rshift:
            case Op.BinaryOpMulti + BinaryOp.InplaceRshift:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0 && t1 > 0) {
                t1 >>= 1;
                i32[--sp] = (t0 >> (t1 > 31 ? 31 : t1)) | 1;
                continue run;
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            // @quick-begin
            case Op.BinaryOpMulti + BinaryOp.Lshift:
            case Op.BinaryOpMulti + BinaryOp.InplaceLshift:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if ((t0 & t1 & 1) !== 0 && t1 > 0 && t1 < 62) {
                t1 >>= 1;
                t0 -= 1;
                r = t0 << t1;
                // nothing was lost
                if (r >> t1 === t0) {
                  i32[--sp] = r | 1;
                  continue run;
                }
                t0 = i32[sp - 1] as number;
                t1 = i32[sp] as number;
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            // @quick-end
            case Op.BinaryOpMulti + BinaryOp.TrueDivide:
            case Op.BinaryOpMulti + BinaryOp.InplaceTrueDivide:
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              if (doubles) {
                r = binaryFloat(vm, f64, BinaryOp.TrueDivide, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              n = 2;
              r = tailBinaryOp(vm, (u8[opIp] as number) - Op.BinaryOpMulti, t0, t1);
              break;
            case 0xdd:
            case 0xdf:
            case 0xe8:
            case 0xec:
            case 0xf5:
            case 0xf9:
              n = 2;
              t1 = i32[sp] as number;
              t0 = i32[sp - 1] as number;
              t2 = (u8[opIp] as number) - Op.BinaryOpMulti;
              if ((t0 & t1 & 1) !== 0 && t2 > BinaryOp.ExceptionMatch) {
                r = smallIntBinary(vm, t2, t0, t1);
                if (r !== 0) {
                  i32[--sp] = r;
                  continue run;
                }
              }
              r = tailBinaryOp(vm, t2, t0, t1);
              break;
            default:
              raiseMsg(vm, Ty.NotImplementedError, 'opcode');
          }
          // ---- a result
          if (((r & 3) !== 0 || r > 15 || r <= 0) && i32[ts + (TsOff.Rec >> 2)] === rec) {
            sp -= n;
            i32[++sp] = r;
            continue run;
          }
          if (r === Word.Wait) {
            // the opcode runs again when the wait is over; the native left its words in the ThreadState
            unwindTo(vm, rec);
            i32[fp + (CsOff.Ip >> 2)] = opIp;
            i32[fp + (CsOff.Sp >> 2)] = sp << 2;
            vm.budget = (budget - (opIp - start)) | 0;
            pushRec(
              vm,
              Rec.Waiting,
              i32[ts + (TsOff.Wait0 >> 2)] as number,
              i32[ts + (TsOff.Wait1 >> 2)] as number,
              i32[ts + (TsOff.Wait2 >> 2)] as number,
            );
            return LoopExit.Waiting;
          }
          i32[fp + (CsOff.Ip >> 2)] = ip;
          i32[fp + (CsOff.Sp >> 2)] = (sp - n) << 2;
          vm.budget = budget = (budget - (ip - start)) | 0;
          start = ip;
          if (r === Word.Call) break run;
          if (
            deliver(vm, r === Word.Sentinel ? Mode.GenEnd : Mode.Return, r === Word.Sentinel ? Word.None : r) ===
            Arrived.Frame
          )
            break run;
          return runEnd(vm);
        }
        // ---- a jump was taken
        vm.budget = budget = (budget - (t0 - start)) | 0;
        start = ip;
        heap.logTop = logBase;
        // @jit-begin
        if (elsewhere && ip < t0) {
          i32[fp + (CsOff.Ip >> 2)] = ip;
          i32[fp + (CsOff.Sp >> 2)] = sp << 2;
          break run;
        }
        // @jit-end
        if (budget <= 0 || vm.attention) {
          i32[fp + (CsOff.Ip >> 2)] = ip;
          i32[fp + (CsOff.Sp >> 2)] = sp << 2;
          t0 = attend(vm);
          budget = vm.budget;
          if (t0 === Attend.Stop) return LoopExit.Budget;
          if (t0 === Attend.Frame) break run;
          if (t0 === Attend.Raise) {
            ip++;
            raise(takePending(vm));
          }
          // @jit-begin
          if (jit !== null) {
            attended = true;
            break run;
          }
          // @jit-end
        }
      }
    } catch (e) {
      // @jit-begin
      if (translated) throw e; // no Python exception, and what there is to put in order is
      // @jit-end
      budget = (budget - (ip - start)) | 0;
      vm.budget = budget;
      vm.nested = nesting;
      heap.logBase = logBase;
      i32[fp + (CsOff.Ip >> 2)] = ip;
      i32[fp + (CsOff.Sp >> 2)] = (sp - n) << 2;
      if (!recover(vm, e, fp, rec)) return runEnd(vm);
    }
  }
}
