/** Module objects. Counterpart: py/objmodule.c. */
import { DictOff, MapFlag, ModuleOff, Root } from '../layout.js';
import { dictGetQstr, dictStore, mapRemove, newDict } from '../map.js';
import { sysRoot } from '../mod/sys-roots.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { defineType } from '../rom/define.js';
import { printObj } from '../runtime.js';
import { newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';

function moduleAttr(vm: Vm, o: Obj, attr: Qstr): number {
  // @quick-begin
  if (vm.dest0 === Word.Null) {
    const v = dictGetQstr(vm, vm.i32[(o + ModuleOff.Globals) >> 2] as number, newQstrObj(attr));
    if (v !== Word.Null) {
      vm.dest0 = v;
      return 0;
    }
    const root = o === vm.image.sysModule ? sysRoot(attr) : -1;
    if (root >= 0) {
      vm.dest0 = vm.root(root);
      return 0;
    }
  }
  // @quick-end
  return moduleAttrAny(vm, o, attr);
}

/** The same where the attribute is no global, or is stored or deleted. */
export function moduleAttrAny(vm: Vm, o: Obj, attr: Qstr): number {
  const globals = vm.i32[(o + ModuleOff.Globals) >> 2] as number;
  const key = newQstrObj(attr);
  if (vm.dest0 === Word.Null) {
    let v = dictGetQstr(vm, globals, key);
    if (v === Word.Null && globals === vm.image.builtinsDict && vm.root(Root.BuiltinsOverride) !== 0) {
      v = dictGetQstr(vm, vm.root(Root.BuiltinsOverride), key);
    }
    if (v === Word.Null && attr === Q.__dict__) v = globals;
    if (v !== Word.Null) {
      vm.dest0 = v;
      return 0;
    }
    const delegate = vm.image.moduleAttrs.get(o);
    if (delegate !== undefined) return delegate(vm, o, attr);
    const getattr = dictGetQstr(vm, globals, newQstrObj(Q.__getattr__));
    return getattr === Word.Null ? 0 : vm.attrFromCall(getattr, key);
  }
  let dict = globals;
  if (((vm.i32[(dict + DictOff.Map) >> 2] as number) & MapFlag.Fixed) !== 0) {
    if (dict === vm.image.builtinsDict) {
      if (vm.root(Root.BuiltinsOverride) === 0) vm.setRoot(Root.BuiltinsOverride, newDict(vm, 1));
      dict = vm.root(Root.BuiltinsOverride);
    } else {
      const delegate = vm.image.moduleAttrs.get(o);
      return delegate === undefined ? 0 : delegate(vm, o, attr);
    }
  }
  const value = vm.dest1;
  if (value === Word.Null) {
    vm.dest0 = mapRemove(vm, dict + DictOff.Map, key) === 0 ? Word.Sentinel : Word.Null;
    return 0;
  }
  dictStore(vm, dict, key, value);
  vm.dest0 = Word.Null;
  return 0;
}

export const moduleType = defineType({
  name: 'module',
  core: 'Module',
  attr: moduleAttr,
  print(vm, out, o) {
    const globals = vm.i32[(o + ModuleOff.Globals) >> 2] as number;
    const name = dictGetQstr(vm, globals, newQstrObj(Q.__name__));
    out.write('<module ');
    out.write("'");
    if (name !== Word.Null) printObj(vm, out, name, PrintKind.Str);
    out.write("'");
    const file = dictGetQstr(vm, globals, newQstrObj(Q.__file__));
    if (file !== Word.Null) {
      out.write(" from '");
      printObj(vm, out, file, PrintKind.Str);
      out.write("'");
    }
    out.write('>');
  },
});
