// Compiles the interpreter's loop, and what it uses most, from TypeScript to WebAssembly: writes packages/vm/src/generated/wasm-*.ts.
//   node tools/gen-wasm.mjs [--report]      --report: what is compiled, what JavaScript is called for, and why
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import binaryen from 'binaryen';
import ts from 'typescript';
import { natives, wrapped } from './wasm/natives.mjs';
import { Program } from './wasm/program.mjs';
import { Unit } from './wasm/unit.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const src = `${root}packages/vm/src/`;
const generated = `${src}generated/`;

/** Files whose functions are compiled when the loop calls them, as far as they can be. */
const FILES = [
  'vm/src/generated/loop-plain.ts',
  'vm/src/loop-help.ts',
  'vm/src/load-file.ts',
  'vm/src/import-staging.ts',
  'vm/src/mounts.ts',
  'vm/src/import.ts',
  'vm/src/frozen.ts',
  'vm/src/binary.ts',
  'vm/src/call.ts',
  'vm/src/link.ts',
  'vm/src/map.ts',
  'vm/src/move.ts',
  'vm/src/qstr.ts',
  'vm/src/records.ts',
  'vm/src/schedule.ts',
  'vm/src/runtime.ts',
  'vm/src/tail.ts',
  'vm/src/traceback.ts',
  'vm/src/vm.ts',
  'vm/src/vstr.ts',
  'vm/src/words.ts',
  'vm/src/obj/array.ts',
  'vm/src/obj/class-build.ts',
  'vm/src/obj/class-cache.ts',
  'vm/src/obj/closure.ts',
  'vm/src/obj/complex.ts',
  'vm/src/obj/float.ts',
  'vm/src/obj/function.ts',
  'vm/src/obj/gather.ts',
  'vm/src/obj/generator.ts',
  'vm/src/obj/int.ts',
  'vm/src/obj/int-words.ts',
  'vm/src/obj/instance-attr.ts',
  'vm/src/obj/instance-new.ts',
  'vm/src/obj/instance.ts',
  'vm/src/obj/class-lookup.ts',
  'vm/src/obj/list.ts',
  'vm/src/obj/memoryview.ts',
  'vm/src/obj/seq.ts',
  'vm/src/obj/set.ts',
  'vm/src/obj/slice.ts',
  'vm/src/obj/str-codec.ts',
  'vm/src/obj/str-new.ts',
  'vm/src/obj/str-op.ts',
  'vm/src/obj/str-search.ts',
  'vm/src/obj/tuple.ts',
  'vm/src/obj/tuple2.ts',
  'vm/src/obj/type.ts',
  'vm/src/obj/dict.ts',
  'vm/src/obj/dict-view.ts',
  'vm/src/obj/range.ts',
  'vm/src/obj/reversed.ts',
  'vm/src/obj/str-iter.ts',
  'vm/src/obj/enumerate.ts',
  'vm/src/obj/exception.ts',
  'vm/src/obj/zip.ts',
  'vm/src/obj/bound-meth.ts',
  'vm/src/mod/builtins.ts',
  'vm/src/mod/sys-roots.ts',
  'vm/src/special-methods.ts',
  'vm/src/strops.ts',
  'vm/src/unicode.ts',
  'gc/src/heap.ts',
  'gc/src/table.ts',
  'gc/src/mark.ts',
  'gc/src/sweep.ts',
];

/** Natives that are compiled, by name. What they count with must fit 32 bits. */
const NATIVES = [
  /^instance\.\((makeNew|call|unaryOp|binaryOp|attr|subscr|getiter)\)$/,
  /^List\.(\((makeNew|unaryOp|binaryOp|subscr|getiter)\)|append|pop|insert|clear|index|remove|extend)$/,
  /^Tuple\.(\((makeNew|unaryOp|binaryOp|subscr|getiter)\)|count|index)$/,
  /^Dict\.(\((makeNew|unaryOp|binaryOp|subscr|getiter)\)|get|pop|setdefault|clear|items|keys|values|__.*)$/,
  /^DictView\.\((unaryOp|binaryOp|getiter)\)$/,
  /^Set\.(\((makeNew|unaryOp|binaryOp|getiter)\)|add|discard|remove|pop|__contains__)$/,
  /^Range\.\((makeNew|unaryOp|getiter|subscr)\)$/,
  /^(Str|Bytes)\.\((unaryOp|subscr|getiter)\)$/,
  'Bytes.(binaryOp)',
  'Str.(makeNew)',
  /^(List|Tuple|Dict|Set|Range|Str|Bytes)Iter\.\(iternext\)$/,
  /^(Enumerate|Reversed|Zip)\.\(iternext\)$/,
  /^(Enumerate|Reversed|Zip)\.\(makeNew\)$/,
  /^Generator\.(\(iternext\)|send|throw|close)$/,
  'Type.(call)',
  /^Int\.\((makeNew|binaryOp)\)$/,
  /^Array\.\((unaryOp|subscr|buffer)\)$/,
  'Bytearray.(makeNew)',
  /^BaseException\.\((makeNew|attr)\)$/,
  'Module.(attr)',
  'builtins.__import__',
  'Memoryview.(makeNew)',
  /^(Float|Complex)\.\((unaryOp|binaryOp)\)$/,
  /^helpers\._(end|set_lookup|tuple_from|imp_(add|begin|exec|stat|read|path|module|new|quick|ready))$/,
  /^builtins\.(__build_class__|abs|callable|getattr|setattr|delattr|hasattr|hash|isinstance|issubclass|iter|len|next|globals|chr|ord|sum|any|all|max|min)$/,
];

/** Of these files nothing but what is named: numbers in the rest may be doubles. */
const ONLY = new Map([
  ['vm/src/obj/complex.ts', ['newDoubles', 'binaryDoubles', 'absDoubles']],
  ['vm/src/obj/float.ts', ['binaryFloat', 'newDouble', 'unaryFloat']],
  ['vm/src/binary.ts', ['itemSize', 'sizeOf']],
  ['vm/src/import-staging.ts', ['ImportStaging.append', 'ImportStaging.begin', 'ImportStaging.holds']],
  [
    'vm/src/import.ts',
    [
      'pythonFs',
      'restObj',
      'readByMethods',
      'sysPath',
      'beginsInPython',
      'newImportedModule',
      'newModule',
      'tailImportName',
      'isDotted',
      'loadedModule',
      'importFrom',
      'runAsModule',
      'isStaged',
      'isStagedMpy',
      'mayBeBuiltin',
    ],
  ],
  ['vm/src/obj/class-build.ts', ['buildClass', 'tryFinishClass', 'arePlain', 'fillType']],
  ['vm/src/schedule.ts', ['takeWait']],
  ['vm/src/mounts.ts', ['findMount', 'begins']],
  ['vm/src/frozen.ts', ['isFrozenPath']],
  [
    'vm/src/obj/exception.ts',
    [
      'addTracebackEntry',
      'native',
      'isNativeExceptionInstance',
      'isExceptionType',
      'isExceptionInstance',
      'exceptionMatch',
      'isStopIteration',
      'exceptionValue',
      'argsOf',
      'make',
    ],
  ],
  ['vm/src/obj/int.ts', ['intBinary', 'smallIntOfFloat']],
  ['vm/src/obj/str-search.ts', ['indexToAddr', 'chargeSearch']],
  ['vm/src/vstr.ts', ['vstrGrowth']],
  ['vm/src/obj/str-codec.ts', ['strMakeNew', 'copyStr']],
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

/** Functions that replace an array, or count with more than 32 bits. */
const EXCEPT = new Set(['Heap.growLog', 'Heap.growMarkStack', 'repeatList', 'repeatTuple']);

/** Where arrays are: those of the board's memory at 0, others where the board put them. */
const ARRAYS = new Map([
  ['vm.i32', 0],
  ['vm.u8', 0],
  ['vm.u16', 0],
  ['vm.f64', 0],
  ['vm.heap.i32', 0],
  ['vm.heap.f64', 0],
  ['vm.memory.u8', 0],
  ['vm.memory.i32', 0],
  ...[
    'vm.regs',
    'vm.buf.regs',
    'vm.handlers.regs',
    'vm.heap.regs',
    'vm.heap.regs64',
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
    'vm.heap.markStack',
    'vm.qstrs.regs',
    'vm.qstrs.hashes',
    'vm.qstrs.lens',
    'vm.qstrs.addrs',
    'vm.qstrs.index',
    'vm.qstrs.hidden',
    'vm.qstrs.characters',
    'vm.staging.regs',
    'vm.staging.pathBytes',
    'vm.staging.room',
  ].map((p) => [p, `${p}.byteOffset`]),
]);

/** Variables that are mostly indexes of words (halfwords): the loop's registers. */
const INDEXES = new Map([['executePlain', { fp: 2, sp: 2, local0: 2, ot: 2, qt: 1 }]]);

function may(file, name) {
  const f = FILES.find((f) => file.endsWith(f));
  return f !== undefined && !EXCEPT.has(name) && (ONLY.get(f)?.includes(name) ?? true);
}

mkdirSync(generated, { recursive: true });
// what the loop does for translated functions is for JavaScript alone
const plain = readFileSync(`${src}loop.ts`, 'utf8')
  .replace(/^[ \t]*\/\/ @jit-begin\n[\s\S]*?\/\/ @jit-end\n/gm, '')
  .replace('export function execute(', 'export function executePlain(')
  .replace(/from '\.\//g, "from '../");
write(`${generated}loop-plain.ts`, plain);

const program = new Program(root, [`${generated}loop-plain.ts`, `${src}index.ts`]);
const functionIn = (path, name) =>
  program.file(path).statements.find((s) => ts.isFunctionDeclaration(s) && s.name.text === name);
const EXPORTS = new Map([
  ['loadBody', functionIn(`${src}load-file.ts`, 'loadBody')],
  ['execute', functionIn(`${generated}loop-plain.ts`, 'executePlain')],
  ['markRange', functionIn(`${root}packages/gc/src/mark.ts`, 'markWords')],
  ['sweepBlocks', functionIn(`${root}packages/gc/src/sweep.ts`, 'sweepBlocks')],
]);

const unit = new Unit(program, ARRAYS, may, INDEXES);
for (const [name, decl] of natives(program, src)) {
  if (!NATIVES.some((n) => (typeof n === 'string' ? n === name : n.test(name)))) continue;
  const parameters = wrapped.get(decl) ?? decl.parameters.length;
  if (decl.parameters.length !== parameters)
    throw new Error(`${name} is called with ${parameters} parameters: it must have them`);
  unit.native(name, decl);
}
unit.run([...EXPORTS.values()]);
if (unit.missing.length > 0)
  throw new Error(`to be exported, since they stay in JavaScript: ${unit.missing.join(', ')}`);
const { module } = unit;
for (const [name, decl] of EXPORTS) module.addFunctionExport(unit.nameOf(decl), name);
if (!module.validate()) throw new Error('the module is not valid');
binaryen.setOptimizeLevel(3);
binaryen.setShrinkLevel(0);
// the loop is compiled again when it is hot, and is not fast before: what it seldom calls must not make it longer
binaryen.setOneCallerInlineMaxSize(60);
// small functions without calls become part of those that call them
binaryen.setFlexibleInlineMaxSize(60);
module.optimize();
const bytes = module.emitBinary();
write(
  `${generated}wasm-code.ts`,
  `/** Written by tools/gen-wasm.mjs. */
import { decodeBase64 } from '../rom/text.js';
import { compileEarly } from '../wasm-early.js';

/** The compiled module. */
export function wasmModule(): object {
  return compileEarly(
    decodeBase64(
      '${Buffer.from(bytes).toString('base64')}',
    ),
  );
}
`,
);
// for bundles that have it in a file
write(`${generated}vm.wasm`, Buffer.from(bytes));
write(`${generated}wasm-glue.ts`, `// @ts-nocheck\n/** Written by tools/gen-wasm.mjs. */\n${unit.glue(generated)}`);
if (process.argv.includes('--report')) report();

function report() {
  const functions = [...unit.functions.values()];
  const by = (state) => functions.filter((f) => f.state === state).map((f) => f.name);
  console.log(`${bytes.length} bytes`);
  console.log(`compiled: ${by('compiled').sort().join(' ')}`);
  console.log(`natives: ${unit.natives.map(({ name }) => name).join(' ')}`);
  console.log(`JavaScript's:\n  ${[...unit.imports.keys()].sort().join('\n  ')}`);
  console.log(unit.report.join('\n'));
  console.log(`variables of modules: ${[...unit.globals.keys()].join(' ')}`);
  for (const f of functions.filter((f) => f.state === 'imported')) {
    for (const v of unit.sharedVariables(f.decl)) console.log(`${f.name}, in JavaScript, uses ${v}, too`);
  }
}

/** An unchanged file is left alone, since others may be reading it. */
function write(path, text) {
  if (!existsSync(path) || !readFileSync(path).equals(Buffer.from(text))) writeFileSync(path, text);
}
