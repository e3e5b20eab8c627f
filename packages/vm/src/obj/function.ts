/** Function objects: bytecode functions, generator functions, built-in functions. Counterpart: py/objfun.c, py/emitglue.c. */
import { callBuiltin, functionName, tailCall } from '../call.js';
import { ContextOff, FunBcOff, RawCodeOff } from '../layout.js';
import { rawCodeOf } from '../load.js';
import { Q } from '../q.js';
import { defineType, type TypeDef } from '../rom/define.js';
import { raiseFormat, raiseTypeError } from '../raise.js';
import { checkArgCount, typeName } from '../runtime.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newQstrObj, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { addressText } from './address.js';
import { functionOfCode, newCode } from './code-object.js';

/** The function of child `index` of `parent`'s code. `defTuple`, `defDict`: default arguments, 0 or Null when there are none. */
export function newFunction(vm: Vm, parent: Obj, index: number, defTuple: Obj, defDict: Obj): Obj {
  const raw = vm.i32[((vm.i32[(parent + FunBcOff.Children) >> 2] as number) >> 2) + index] as number;
  return functionFromRaw(vm, raw, vm.i32[(parent + FunBcOff.Context) >> 2] as number, defTuple, defDict);
}

/** A function from raw code and the module context it belongs to. */
export function functionFromRaw(vm: Vm, raw: Addr, context: Addr, defTuple: Obj, defDict: Obj): Obj {
  const i32 = vm.i32;
  const nDef = defTuple === Word.Null ? 0 : (i32[(defTuple >> 2) + 1] as number);
  const extra = nDef + (defDict === Word.Null ? 0 : 1);
  const isGen = ((i32[(raw + RawCodeOff.Kind) >> 2] as number) & 0x100) !== 0;
  const o = vm.allocObj(FunBcOff.ExtraArgs + 4 * extra, isGen ? Ty.GeneratorWrap : Ty.Function);
  const i = o >> 2;
  i32[i + (FunBcOff.Context >> 2)] = context;
  i32[i + (FunBcOff.Children >> 2)] = i32[(raw + RawCodeOff.Children) >> 2] as number;
  i32[i + (FunBcOff.Bytecode >> 2)] = i32[(raw + RawCodeOff.Code) >> 2] as number;
  for (let k = 0; k < nDef; k++) i32[i + (FunBcOff.ExtraArgs >> 2) + k] = i32[(defTuple >> 2) + 2 + k] as number;
  if (defDict !== Word.Null) i32[i + (FunBcOff.ExtraArgs >> 2) + nDef] = defDict;
  return o;
}

function bytecodeAttr(vm: Vm, o: Obj, attr: number): number {
  if (vm.dest0 !== Word.Null) return 0;
  if (attr === Q.__name__) vm.dest0 = newQstrObj(functionName(vm, o));
  else if (attr === Q.__globals__) {
    vm.dest0 = vm.i32[((vm.i32[(o + FunBcOff.Context) >> 2] as number) + ContextOff.Globals) >> 2] as number;
  } else if (attr === Q.__code__) {
    const raw = rawCodeOf(vm, o);
    if (raw !== 0) vm.dest0 = newCode(vm, vm.i32[(o + FunBcOff.Context) >> 2] as number, raw);
  } else vm.dest1 = Word.Sentinel;
  return 0;
}

export const functionType = defineType({
  name: 'function',
  core: 'Function',
  flags: TypeFlag.BindsSelf,
  makeNew(vm, type, nArgs, nKw, args) {
    if (vm.profile.level !== 'everything')
      raiseFormat(vm, Ty.TypeError, "can't create '%q' instances", typeName(vm, type));
    checkArgCount(vm, nArgs, nKw, 2, 2, false);
    const code = vm.i32[args >> 2] as number;
    const globals = vm.i32[(args >> 2) + 1] as number;
    if (vm.typeOf(code) !== Ty.Code || vm.typeOf(globals) !== Ty.Dict) raiseTypeError(vm, '');
    return functionOfCode(vm, code, globals);
  },
  call: tailCall,
  attr: bytecodeAttr,
  print(vm, out, o) {
    out.write(`<function ${vm.qstrText(functionName(vm, o))} at 0x${addressText(vm, o)}>`);
  },
});

export const generatorWrapType = defineType({
  name: 'generator',
  core: 'GeneratorWrap',
  flags: TypeFlag.BindsSelf,
  call: tailCall,
  attr: bytecodeAttr,
});

function builtinType(core: string): TypeDef {
  return defineType({
    name: 'function',
    core,
    flags: TypeFlag.BindsSelf | TypeFlag.BuiltinFun,
    call: (vm, fun, nArgs, nKw, args) => callBuiltin(vm, vm.typeOf(fun), fun, nArgs, nKw, args),
  });
}
export const builtinFunTypes: readonly TypeDef[] = ['Fun0', 'Fun1', 'Fun2', 'Fun3', 'Funvar'].map(builtinType);
