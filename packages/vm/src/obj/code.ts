/** compile, exec, eval. Counterpart: py/builtinevex.c. */
import { compileOnBoard } from '../compile.js';
import { TsOff } from '../layout.js';
import { raiseTypeError, raiseValueError } from '../raise.js';
import { pushRec, Rec } from '../records.js';
import { getBuffer } from '../runtime.js';
import { pyFun } from '../rom/define.js';
import { tailCall, tailCall3 } from '../tail.js';
import { Ty } from '../types.js';
import { type Addr, newQstrObj, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { functionOfCode, newCodeOfModule } from './code-object.js';
import { isStrOrBytes, raiseBadConversion, strQstr, strText } from './str-new.js';

/** The text that `compile` is given. */
function source(vm: Vm, o: Obj): Uint8Array {
  if (!isStrOrBytes(vm, o)) raiseBadConversion(vm, o);
  return sourceBytes(vm, o);
}

/** What `exec` and `eval` are given: a str, or any bytes. */
function sourceBytes(vm: Vm, o: Obj): Uint8Array {
  getBuffer(vm, o, 1);
  return vm.u8.slice(vm.buf.addr, vm.buf.addr + vm.buf.len);
}

/** `compile(source, filename, mode)`. */
export function compileBuiltin(vm: Vm, _nArgs: number, _nKw: number, args: Addr): Obj {
  const a = args >> 2;
  const mode = strText(vm, vm.i32[a + 2] as number);
  const kind = mode === 'exec' ? 'file' : mode === 'single' || mode === 'eval' ? mode : undefined;
  if (kind === undefined) raiseValueError(vm, 'bad compile mode');
  const globals = vm.i32[(vm.ts + TsOff.Globals) >> 2] as number;
  const fun = compileOnBoard(vm, source(vm, vm.i32[a] as number), strText(vm, vm.i32[a + 1] as number), kind, globals);
  return newCodeOfModule(vm, fun);
}

function evaluate(vm: Vm, nArgs: number, args: Addr, kind: 'file' | 'eval'): Obj {
  const a = args >> 2;
  const g = (vm.ts + TsOff.Globals) >> 2;
  const l = (vm.ts + TsOff.Locals) >> 2;
  let globals = vm.i32[g] as number;
  let locals = vm.i32[l] as number;
  for (let i = 1; i < 3 && i < nArgs; i++) {
    const d = vm.i32[a + i] as number;
    if (d === Word.None) continue;
    if (vm.typeOf(d) !== Ty.Dict && vm.typeOf(d) !== Ty.OrderedDict) raiseTypeError(vm, '');
    locals = d;
    if (i === 1) globals = d;
  }
  const what = vm.i32[a] as number;
  let fun: Obj;
  if (vm.typeOf(what) === Ty.Code) fun = functionOfCode(vm, what, globals);
  else fun = compileOnBoard(vm, sourceBytes(vm, what), '<string>', kind, globals);
  pushRec(vm, Rec.Exec, vm.i32[g] as number, vm.i32[l] as number, 0);
  vm.i32[g] = globals;
  vm.i32[l] = locals;
  return tailCall(vm, fun, 0, 0, 0);
}

const execfilePy = pyFun('_execfile');

/** `execfile(name[, globals[, locals]])`. */
export function execfileBuiltin(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const arg = (i: number): Obj => (i < nArgs ? (vm.i32[(args >> 2) + i] as number) : Word.None);
  let [globals, locals] = [arg(1), arg(2)];
  if (locals === Word.None) locals = globals === Word.None ? (vm.i32[(vm.ts + TsOff.Locals) >> 2] as number) : globals;
  if (globals === Word.None) globals = vm.i32[(vm.ts + TsOff.Globals) >> 2] as number;
  return tailCall3(vm, vm.addrOf(execfilePy), newQstrObj(strQstr(vm, arg(0))), globals, locals);
}

export function evalBuiltin(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  return evaluate(vm, nArgs, args, 'eval');
}
export function execBuiltin(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  pushRec(vm, Rec.Replace, Word.None, 0, 0);
  return evaluate(vm, nArgs, args, 'file');
}
