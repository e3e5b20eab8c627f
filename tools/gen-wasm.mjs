// Compiles the interpreter's loop, and what it uses most, from TypeScript to WebAssembly: writes packages/vm/src/generated/wasm-*.ts.
//   node tools/gen-wasm.mjs [--report]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import binaryen from 'binaryen';
import ts from 'typescript';
import { Program } from './wasm/program.mjs';
import { Unit } from './wasm/unit.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const src = `${root}packages/vm/src/`;
const generated = `${src}generated/`;

/** Files whose functions are compiled when the loop calls them, as far as they can be. */
const FILES = [
  'vm/src/generated/loop-plain.ts',
  'vm/src/loop-help.ts',
  'vm/src/call.ts',
  'vm/src/link.ts',
  'vm/src/map.ts',
  'vm/src/move.ts',
  'vm/src/records.ts',
  'vm/src/runtime.ts',
  'vm/src/tail.ts',
  'vm/src/vm.ts',
  'vm/src/words.ts',
  'vm/src/obj/class-cache.ts',
  'vm/src/obj/closure.ts',
  'vm/src/obj/float.ts',
  'vm/src/obj/function.ts',
  'vm/src/obj/generator.ts',
  'vm/src/obj/instance-attr.ts',
  'vm/src/obj/instance-new.ts',
  'vm/src/obj/instance.ts',
  'vm/src/obj/class-lookup.ts',
  'vm/src/obj/list.ts',
  'vm/src/obj/seq.ts',
  'vm/src/obj/set.ts',
  'vm/src/obj/slice.ts',
  'vm/src/obj/str-new.ts',
  'vm/src/obj/tuple.ts',
  'vm/src/obj/tuple2.ts',
  'vm/src/obj/dict.ts',
  'vm/src/obj/dict-view.ts',
  'vm/src/obj/range.ts',
  'vm/src/obj/str-iter.ts',
  'vm/src/obj/enumerate.ts',
  'vm/src/obj/zip.ts',
  'vm/src/obj/bound-meth.ts',
  'vm/src/mod/builtins.ts',
  'vm/src/special-methods.ts',
  'vm/src/unicode.ts',
  'gc/src/heap.ts',
  'gc/src/table.ts',
  'gc/src/map.ts',
];

/** Where natives are defined that are worth it. */
const NATIVE_FILES = [
  'obj/type.ts',
  'obj/list.ts',
  'obj/tuple.ts',
  'obj/dict.ts',
  'obj/dict-view.ts',
  'obj/set.ts',
  'obj/range.ts',
  'obj/generator.ts',
  'obj/str-iter.ts',
  'obj/enumerate.ts',
  'obj/zip.ts',
  'obj/closure.ts',
  'obj/seq.ts',
  'obj/str.ts',
  'obj/bytes.ts',
  'mod/builtins.ts',
];

/** Of these files nothing but what is named: numbers in the rest may be doubles. */
const ONLY = new Map([
  ['vm/src/obj/float.ts', ['binaryFloat', 'newDouble']],
  [
    'vm/src/vm.ts',
    [
      'Vm.typeOf',
      'Vm.alloc',
      'Vm.allocObj',
      'Vm.realloc',
      'Vm.keep',
      'Vm.root',
      'Vm.setRoot',
      'Vm.raiseMemoryError',
      'Vm.unarySlot',
    ],
  ],
]);

/** Functions that replace an array. */
const EXCEPT = new Set(['Heap.growLog']);

/** Where arrays are: those of the board's memory at 0, the registers at a fixed place, others where the board put them. */
const ARRAYS = new Map([
  ['vm.i32', 0],
  ['vm.u8', 0],
  ['vm.u16', 0],
  ['vm.f64', 0],
  ['vm.heap.i32', 0],
  ['vm.heap.f64', 0],
  ['vm.memory.u8', 0],
  ['vm.memory.i32', 0],
  ['vm.regs', 144],
  ['vm.heap.regs', 16],
  ['vm.heap.regs64', 136],
  ...[
    'vm.mapHints',
    'vm.romCache.keys',
    'vm.romCache.slots',
    'vm.classCache.types',
    'vm.classCache.attrs',
    'vm.classCache.versions',
    'vm.classCache.members',
    'vm.classCache.versionWord',
    'vm.tableIndexes.word',
    'vm.heap.log',
    'vm.heap.runHints',
    'vm.qstrs.hashes',
  ].map((p) => [p, `${p}.byteOffset`]),
]);

function may(file, name) {
  const f = FILES.find((f) => file.endsWith(f));
  return f !== undefined && !EXCEPT.has(name) && (ONLY.get(f)?.includes(name) ?? true);
}

/** Natives that are compiled, by name. What they count with must fit 32 bits. */
const NATIVES = [
  /^instance\.\((makeNew|call|unaryOp|binaryOp|attr|subscr|getiter)\)$/,
  /^List\.(\((unaryOp|subscr|getiter)\)|append|pop|insert|clear|count|index|remove|extend)$/,
  /^Tuple\.(\((unaryOp|subscr|getiter)\)|count|index)$/,
  /^Dict\.(\((unaryOp|binaryOp|subscr|getiter)\)|get|pop|setdefault|__.*)$/,
  /^DictView\.\((unaryOp|binaryOp|getiter)\)$/,
  /^Set\.(\((unaryOp|getiter)\)|add|discard|remove|pop|__contains__)$/,
  /^Range\.\((makeNew|unaryOp|getiter|subscr)\)$/,
  /^(Str|Bytes)\.\((unaryOp|subscr|getiter)\)$/,
  /^(List|Tuple|Dict|Set|Range|Str|Bytes)Iter\.\(iternext\)$/,
  /^(Enumerate|Zip)\.\(iternext\)$/,
  /^Generator\.(\(iternext\)|send|throw|close)$/,
  'Closure.(call)',
  /^builtins\.(abs|callable|chr|getattr|setattr|delattr|hasattr|hash|isinstance|issubclass|iter|len|next|ord|globals)$/,
];

/** The natives in the definitions of types and modules, named as `rom/collect.ts` does. */
function* natives(program) {
  for (const path of NATIVE_FILES) {
    const found = [];
    const visit = (n) => {
      if (
        ts.isCallExpression(n) &&
        /^define(Type|Module)$/.test(n.expression.getText()) &&
        ts.isObjectLiteralExpression(n.arguments[0])
      )
        found.push(n.arguments[0]);
      ts.forEachChild(n, visit);
    };
    visit(program.file(`${src}${path}`) ?? fail(path));
    for (const literal of found) {
      const members = new Map(membersOf(program, literal));
      const label = (members.get('core') ?? members.get('name'))?.text;
      for (const [name, e] of members) {
        if (name !== 'locals' && name !== 'globals') {
          const decl = functionOf(program, e);
          if (decl !== undefined) yield [`${label}.(${name})`, decl];
          continue;
        }
        for (const [key, value] of membersOf(program, e)) {
          const decl = functionOf(program, value);
          if (decl !== undefined) yield [`${label}.${key}`, decl];
        }
      }
    }
  }
  for (const [key, value] of membersOf(
    program,
    constantOf(program.file(`${src}mod/builtins.ts`), 'builtinFunctions'),
  )) {
    const decl = functionOf(program, value);
    if (decl !== undefined) yield [`builtins.${key}`, decl];
  }
}

function constantOf(file, name) {
  for (const s of file.statements)
    if (ts.isVariableStatement(s))
      for (const d of s.declarationList.declarations) if (d.name.getText() === name) return d.initializer;
  return fail(name);
}

/** Names and values of an object literal, with those that it spreads; also of the name of one, and of a function that answers one. */
function* membersOf(program, expression) {
  let e = expression;
  while (ts.isParenthesizedExpression(e) || ts.isAsExpression(e) || ts.isSatisfiesExpression(e)) e = e.expression;
  if (ts.isArrowFunction(e)) yield* membersOf(program, e.body);
  else if (ts.isIdentifier(e)) {
    const d = program.symbol(e)?.valueDeclaration;
    if (d !== undefined && ts.isVariableDeclaration(d) && d.initializer !== undefined)
      yield* membersOf(program, d.initializer);
  } else if (ts.isObjectLiteralExpression(e)) {
    for (const p of e.properties) {
      if (ts.isSpreadAssignment(p)) yield* membersOf(program, p.expression);
      else if (ts.isPropertyAssignment(p)) yield [p.name.getText(), p.initializer];
      else if (ts.isMethodDeclaration(p)) yield [p.name.getText(), p];
      else if (ts.isShorthandPropertyAssignment(p)) {
        const d = program.checker.getShorthandAssignmentValueSymbol(p);
        const decl =
          ((d?.flags ?? 0) & ts.SymbolFlags.Alias) !== 0
            ? program.checker.getAliasedSymbol(d).valueDeclaration
            : d?.valueDeclaration;
        if (decl !== undefined) yield [p.name.getText(), ts.isVariableDeclaration(decl) ? decl.initializer : decl];
      }
    }
  }
}

function fail(path) {
  throw new Error(`there is no ${path}`);
}

/** The function that an expression is, or that `fun1(…)` and its like wrap. */
function functionOf(program, e) {
  if (e === undefined) return undefined;
  if (ts.isArrowFunction(e) || ts.isFunctionExpression(e) || ts.isMethodDeclaration(e) || ts.isFunctionDeclaration(e))
    return e;
  if (ts.isIdentifier(e)) {
    const d = program.symbol(e)?.valueDeclaration;
    if (d === undefined) return undefined;
    return ts.isVariableDeclaration(d) ? functionOf(program, d.initializer) : functionOf(program, d);
  }
  if (ts.isCallExpression(e) && /^fun(0|1|2|3|Var|Kw)$/.test(e.expression.getText()))
    return functionOf(program, e.arguments[e.arguments.length - 1]);
  return undefined;
}

mkdirSync(generated, { recursive: true });
const plain = readFileSync(`${src}loop.ts`, 'utf8')
  .replace(/^[ \t]*\/\/ @jit-begin\n[\s\S]*?\/\/ @jit-end\n/gm, '')
  .replace('export function execute(', 'export function executePlain(')
  .replace(/from '\.\//g, "from '../");
write(`${generated}loop-plain.ts`, plain);

const program = new Program(root, [`${src}generated/loop-plain.ts`, `${src}index.ts`]);
const unit = new Unit(program, ARRAYS, may);
const loop = program
  .file(`${generated}loop-plain.ts`)
  .statements.find((s) => ts.isFunctionDeclaration(s) && s.name.text === 'executePlain');
for (const [name, decl] of natives(program))
  if (NATIVES.some((n) => (typeof n === 'string' ? n === name : n.test(name)))) unit.native(name, decl);
unit.run(loop);
if (unit.missing.length > 0)
  console.error(`to be exported, since they stay in JavaScript:\n  ${unit.missing.join('\n  ')}`);
const { module } = unit;
module.addFunctionExport('executePlain', 'execute');
if (!module.validate()) throw new Error('the module is not valid');
binaryen.setOptimizeLevel(3);
binaryen.setShrinkLevel(0);
module.optimize();
const bytes = module.emitBinary();
write(
  `${generated}wasm-code.ts`,
  `/** Written by tools/gen-wasm.mjs. */\nexport const CODE = '${Buffer.from(bytes).toString('base64')}';\n`,
);
write(`${generated}wasm-glue.ts`, `// @ts-nocheck\n/** Written by tools/gen-wasm.mjs. */\n${unit.glue(generated)}`);
if (process.argv.includes('--report')) {
  const by = (state) =>
    [...unit.functions.values()]
      .filter((f) => f.state === state)
      .map((f) => f.name)
      .sort();
  console.log(`${bytes.length} bytes`);
  console.log(`compiled: ${by('compiled').join(' ')}`);
  console.log(`imported: ${by('imported').join(' ')}`);
  console.log([...unit.imports.keys()].join('\n'));
  console.log(unit.report.join('\n'));
  for (const f of unit.functions.values())
    if (f.state === 'imported') for (const v of unit.sharedVariables(f.decl)) console.log(`${f.name} uses ${v}`);
  console.log(`all natives: ${[...natives(program)].map(([name]) => name).join(' ')}`);
  console.log(`natives: ${unit.natives.map(({ name }) => name).join(' ')}`);
  console.log(`module variables: ${[...unit.globals.keys()].join(' ')}`);
}

function write(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
