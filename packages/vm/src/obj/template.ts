/**
 * Template strings: what `t"…"` makes, and the types of `string.templatelib`. Counterpart: py/objtemplate.c.
 *
 *     Template        +0 type   +4 tuple of n + 1 strings   +8 tuple of n interpolations
 *     Interpolation   +0 type   +4 value   +8 expression   +12 conversion   +16 format_spec
 *     iterator        +0 type   +4 –       +8 template     +12 index: even for strings, odd for interpolations
 *
 * Invariant: the strings are strs and the interpolations Interpolations, except where a program called `__template__` itself;
 * so whatever reads them checks.
 */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { TupleOff } from '../layout.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { raiseTypeError } from '../raise.js';
import { defineModule, defineType, funVar } from '../rom/define.js';
import { checkArgCount, printObj } from '../runtime.js';
import { Ty } from '../types.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';
import { ArgKind, type ArgSpec, parseArgs } from './arg-parse.js';
import { array, getArray } from './seq.js';
import { getStr, isStr, strSpan } from './str-new.js';
import { newTupleFrom } from './tuple.js';

const enum TemplateOff {
  Strings = 4,
  Interpolations = 8,
  Size = 12,
}
const enum InterpolationOff {
  Value = 4,
  Expression = 8,
  Conversion = 12,
  FormatSpec = 16,
  Size = 20,
}
const enum IterOff {
  Template = 8,
  Index = 12,
  Size = 16,
}

function newTemplate(vm: Vm, type: Addr, strings: Obj, interpolations: Obj): Obj {
  const o = vm.allocObj(TemplateOff.Size, type);
  vm.i32[(o + TemplateOff.Strings) >> 2] = strings;
  vm.i32[(o + TemplateOff.Interpolations) >> 2] = interpolations;
  return o;
}

/** Fills {@link array} from one of a template's two tuples. */
function parts(vm: Vm, template: Obj, which: TemplateOff): void {
  getArray(vm, vm.i32[(template + which) >> 2] as number);
}

/** The strs among `n` words at `at`, joined. */
function join(vm: Vm, at: Addr, n: number): Obj {
  let total = 0;
  for (let i = 0; i < n; i++) {
    getStr(vm, vm.i32[(at >> 2) + i] as number);
    total += strSpan.len;
  }
  const out = new Vstr(vm, total);
  for (let i = 0; i < n; i++) {
    getStr(vm, vm.i32[(at >> 2) + i] as number);
    out.writeBytes(vm.u8, strSpan.addr, strSpan.addr + strSpan.len);
  }
  return out.toStr();
}

/** Template(*args): neighbouring strs become one, and between two interpolations there is one. */
function templateMakeNew(vm: Vm, type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  checkArgCount(vm, nArgs, nKw, 0, 0xffff, false);
  const i32 = vm.i32;
  const a = args >> 2;
  let n = 0;
  for (let i = 0; i < nArgs; i++) {
    const o = i32[a + i] as number;
    if (vm.typeOf(o) === Ty.Interpolation) n++;
    else if (!isStr(vm, o)) raiseTypeError(vm, 'expected str or Interpolation');
  }
  const strings = newTupleFrom(vm, n + 1, 0);
  const interpolations = newTupleFrom(vm, n, 0);
  let done = 0;
  for (let i = 0, from = 0; i <= nArgs; i++) {
    if (i < nArgs && vm.typeOf(i32[a + i] as number) !== Ty.Interpolation) continue;
    const run = i - from;
    const text = run === 0 ? Word.EmptyStr : run === 1 ? (i32[a + from] as number) : join(vm, (a + from) << 2, run);
    i32[((strings + TupleOff.Items) >> 2) + done] = text;
    if (i < nArgs) i32[((interpolations + TupleOff.Items) >> 2) + done] = i32[a + i] as number;
    done++;
    from = i + 1;
  }
  return newTemplate(vm, type, strings, interpolations);
}

/** Joins two templates; the last string of one and the first of the other become one. */
function add(vm: Vm, a: Obj, b: Obj): Obj {
  const i32 = vm.i32;
  parts(vm, a, TemplateOff.Strings);
  const n1 = array.len;
  const s1 = array.items >> 2;
  parts(vm, b, TemplateOff.Strings);
  const n2 = array.len;
  const s2 = array.items >> 2;
  if (n1 === 0 || n2 === 0) raiseTypeError(vm, 'expected str or Interpolation');
  const strings = newTupleFrom(vm, n1 + n2 - 1, 0);
  parts(vm, a, TemplateOff.Interpolations);
  const m1 = array.len;
  const f1 = array.items >> 2;
  parts(vm, b, TemplateOff.Interpolations);
  const m2 = array.len;
  const f2 = array.items >> 2;
  const interpolations = newTupleFrom(vm, m1 + m2, 0);
  const to = (strings + TupleOff.Items) >> 2;
  i32.copyWithin(to, s1, s1 + n1 - 1);
  // the seam: its two halves side by side in the result, then the joined text in their place
  const first = new Vstr(vm, 1);
  getStr(vm, i32[s1 + n1 - 1] as number);
  first.writeBytes(vm.u8, strSpan.addr, strSpan.addr + strSpan.len);
  getStr(vm, i32[s2] as number);
  first.writeBytes(vm.u8, strSpan.addr, strSpan.addr + strSpan.len);
  i32[to + n1 - 1] = first.toStr();
  i32.copyWithin(to + n1, s2 + 1, s2 + n2);
  if (m1 + m2 > 0) {
    const at = (interpolations + TupleOff.Items) >> 2;
    i32.copyWithin(at, f1, f1 + m1);
    i32.copyWithin(at + m1, f2, f2 + m2);
  }
  return newTemplate(vm, Ty.Template, strings, interpolations);
}

function valuesOf(vm: Vm, template: Obj): Obj {
  parts(vm, template, TemplateOff.Interpolations);
  const { len, items } = array;
  const values = newTupleFrom(vm, len, 0);
  for (let i = 0; i < len; i++) {
    const interpolation = vm.i32[(items >> 2) + i] as number;
    vm.i32[((values + TupleOff.Items) >> 2) + i] = vm.i32[(interpolation + InterpolationOff.Value) >> 2] as number;
  }
  return values;
}

export const templateType = defineType({
  name: 'Template',
  core: 'Template',
  makeNew: templateMakeNew,
  print(vm, out, o) {
    out.write('Template(strings=');
    printObj(vm, out, vm.i32[(o + TemplateOff.Strings) >> 2] as number, PrintKind.Repr);
    out.write(', interpolations=');
    printObj(vm, out, vm.i32[(o + TemplateOff.Interpolations) >> 2] as number, PrintKind.Repr);
    out.write(')');
  },
  binaryOp: (vm, op, a, b) => (op === BinaryOp.Add && vm.typeOf(b) === Ty.Template ? add(vm, a, b) : Word.Null),
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    if (attr === Q.strings) vm.dest0 = vm.i32[(o + TemplateOff.Strings) >> 2] as number;
    else if (attr === Q.interpolations) vm.dest0 = vm.i32[(o + TemplateOff.Interpolations) >> 2] as number;
    else if (attr === Q.values) vm.dest0 = valuesOf(vm, o);
    return 0;
  },
  getiter(vm, o, iterBuf) {
    const it = iterBuf === 0 ? vm.alloc(IterOff.Size) : iterBuf;
    vm.i32[it >> 2] = Ty.TemplateIter;
    vm.i32[(it + IterOff.Template) >> 2] = o;
    vm.i32[(it + IterOff.Index) >> 2] = 0;
    return it;
  },
});

/** Strings (empty ones left out) and interpolations in turn. */
export const templateIterType = defineType({
  name: 'iterator',
  core: 'TemplateIter',
  iternext(vm, it) {
    const i32 = vm.i32;
    const template = i32[(it + IterOff.Template) >> 2] as number;
    const at = (it + IterOff.Index) >> 2;
    for (;;) {
      const index = i32[at] as number;
      parts(vm, template, (index & 1) === 0 ? TemplateOff.Strings : TemplateOff.Interpolations);
      if (index >> 1 >= array.len) return Word.Null;
      const item = i32[(array.items >> 2) + (index >> 1)] as number;
      i32[at] = index + 1;
      if ((index & 1) !== 0) return item;
      getStr(vm, item);
      if (strSpan.len > 0) return item;
    }
  },
});

const INTERPOLATION_ARGS: readonly ArgSpec[] = [
  { name: 'value', kind: ArgKind.Obj, required: true, value: 0 },
  { name: 'expression', kind: ArgKind.Obj, value: Word.EmptyStr },
  { name: 'conversion', kind: ArgKind.Obj, value: Word.None },
  { name: 'format_spec', kind: ArgKind.Obj, value: Word.EmptyStr },
];

export const interpolationType = defineType({
  name: 'Interpolation',
  core: 'Interpolation',
  makeNew(vm, _type, nArgs, nKw, args) {
    const values = parseArgs(vm, INTERPOLATION_ARGS, nArgs, nKw, args);
    const o = vm.allocObj(InterpolationOff.Size, Ty.Interpolation);
    for (let i = 0; i < 4; i++) vm.i32[((o + InterpolationOff.Value) >> 2) + i] = values[i] as number;
    return o;
  },
  print(vm, out, o) {
    out.write('Interpolation(');
    for (let i = 0; i < 4; i++) {
      if (i > 0) out.write(', ');
      printObj(vm, out, vm.i32[((o + InterpolationOff.Value) >> 2) + i] as number, PrintKind.Repr);
    }
    out.write(')');
  },
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    const at =
      attr === Q.value
        ? InterpolationOff.Value
        : attr === Q.expression
          ? InterpolationOff.Expression
          : attr === Q.conversion
            ? InterpolationOff.Conversion
            : attr === Q.format_spec
              ? InterpolationOff.FormatSpec
              : 0;
    if (at !== 0) vm.dest0 = vm.i32[(o + at) >> 2] as number;
    return 0;
  },
});

/**
 * `__template__(strings, …)`, which the compiler calls for a t-string: four words for each interpolation, as arguments or all
 * in one tuple.
 */
const newTemplateFn = funVar(1, undefined, (vm, nArgs, _nKw, args) => {
  const strings = vm.i32[args >> 2] as number;
  getArray(vm, strings);
  const template = newTemplate(vm, Ty.Template, strings, vm.image.emptyTuple);
  let at = (args >> 2) + 1;
  let n = nArgs - 1;
  if (nArgs === 2) {
    getArray(vm, vm.i32[at] as number);
    at = array.items >> 2;
    n = array.len;
  }
  n >>= 2;
  const tuple = newTupleFrom(vm, n, 0);
  vm.i32[(template + TemplateOff.Interpolations) >> 2] = tuple;
  for (let i = 0; i < n; i++) {
    const o = vm.allocObj(InterpolationOff.Size, Ty.Interpolation);
    vm.i32.copyWithin((o + InterpolationOff.Value) >> 2, at + 4 * i, at + 4 * i + 4);
    vm.i32[((tuple + TupleOff.Items) >> 2) + i] = o;
  }
  return template;
});

const templatelibModule = defineModule({
  name: 'string.templatelib',
  globals: { Template: templateType, Interpolation: interpolationType },
});

/** What a board with t-strings has more. */
export const TEMPLATES = {
  types: [templateType, templateIterType, interpolationType],
  modules: [
    templatelibModule,
    defineModule({ name: 'string', extensible: true, globals: { templatelib: templatelibModule } }),
  ],
  builtins: { __template__: newTemplateFn },
};
