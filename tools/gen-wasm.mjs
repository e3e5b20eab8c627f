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
  'vm/src/obj/list.ts',
  'vm/src/obj/seq.ts',
  'vm/src/obj/set.ts',
  'vm/src/obj/slice.ts',
  'vm/src/obj/str-new.ts',
  'vm/src/obj/tuple.ts',
  'gc/src/heap.ts',
  'gc/src/table.ts',
  'gc/src/map.ts',
];

/** Of these files nothing but what is named: numbers in the rest may be doubles. */
const ONLY = new Map([
  ['vm/src/obj/float.ts', ['binaryFloat', 'newDouble']],
  [
    'vm/src/vm.ts',
    ['Vm.typeOf', 'Vm.alloc', 'Vm.allocObj', 'Vm.realloc', 'Vm.keep', 'Vm.root', 'Vm.setRoot', 'Vm.raiseMemoryError'],
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

mkdirSync(generated, { recursive: true });
const plain = readFileSync(`${src}loop.ts`, 'utf8')
  .replace(/^[ \t]*\/\/ @jit-begin\n[\s\S]*?\/\/ @jit-end\n/gm, '')
  .replace('export function execute(', 'export function executePlain(')
  .replace(/from '\.\//g, "from '../");
write(`${generated}loop-plain.ts`, plain);

const program = new Program(root, `${src}generated/loop-plain.ts`);
const unit = new Unit(program, ARRAYS, may);
const loop = program
  .file(`${generated}loop-plain.ts`)
  .statements.find((s) => ts.isFunctionDeclaration(s) && s.name.text === 'executePlain');
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
  console.log(`module variables: ${[...unit.globals.keys()].join(' ')}`);
}

function write(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
