// The compiler behind tools/gen-wasm.mjs: the same functions as JavaScript and as WebAssembly.
import { fileURLToPath } from 'node:url';
import binaryen from 'binaryen';
import { build } from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { Program } from '../wasm/program.mjs';
import { Unit } from '../wasm/unit.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = fileURLToPath(new URL('wasm/functions.ts', import.meta.url));

async function load(contents, resolveDir) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

const arrays = new Map(['i32', 'u8', 'u16', 'f64'].map((name) => [`vm.${name}`, 0]));
const program = new Program(root, [source]);
const indexes = new Map([['indexes', { at: 2, half: 1, end: 2 }]]);
const unit = new Unit(program, arrays, (file) => file === source, indexes);
const decls = program
  .file(source)
  .statements.filter(
    (s) => ts.isFunctionDeclaration(s) && (ts.getCombinedModifierFlags(s) & ts.ModifierFlags.Export) !== 0,
  );
unit.run(decls);
for (const d of decls) unit.module.addFunctionExport(d.name.text, d.name.text);
unit.module.validate();
binaryen.setOptimizeLevel(3);
unit.module.optimize();
const code = new WebAssembly.Module(unit.module.emitBinary());
const js = await load(
  `export * from './functions.js';\n${unit.glue(fileURLToPath(new URL('wasm', import.meta.url)))}`,
  fileURLToPath(new URL('wasm', import.meta.url)),
);

function boards() {
  const plain = new js.Vm(new ArrayBuffer(65536));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const fast = new js.Vm(memory.buffer);
  fast.fastFns = new Int32Array(memory.buffer, 4096, 4);
  const { exports } = new WebAssembly.Instance(code, { vm: { memory }, ...js.importsOf(fast) });
  return { plain, fast, exports };
}

const NUMBERS = [0, 1, 2, 3, 5, 7, 8, 100, 200, 5000, -1, -2, -7, 65535, 65536, 0x3fffffff, 0x7fffffff, -0x80000000];

describe('functions as WebAssembly', () => {
  it.each(decls.map((d) => d.name.text).filter((name) => name !== 'fails'))('%s', (name) => {
    const { plain, fast, exports } = boards();
    for (const a of NUMBERS) {
      for (const b of NUMBERS) {
        const expected = js[name](plain, a, b);
        expect(`${a} ${b} ${exports[name](a, b) | 0}`).toBe(`${a} ${b} ${expected | 0}`);
      }
    }
    expect([...fast.i32.subarray(0, 256)]).toEqual([...plain.i32.subarray(0, 256)]);
    expect(fast.log).toEqual(plain.log);
  });

  it('let exceptions of JavaScript through', () => {
    const { fast, exports } = boards();
    expect(() => exports.fails(2, 1)).toThrow(new RangeError('2 is more'));
    expect(exports.fails(1, 1)).toBe(0);
    expect(fast.log).toEqual(['fine']);
  });

  it('stay in JavaScript, expression by expression, where they need more than numbers', () => {
    const compiled = [...unit.functions.values()].filter((f) => f.state === 'compiled').map((f) => f.name);
    const names = decls.map((d) => d.name.text).filter((name) => name !== 'notOwn');
    expect(compiled).toEqual(expect.arrayContaining([...names, 'next', 'Vm.double']));
    expect([...unit.imports.keys()].some((name) => name.includes('vm.log.push'))).toBe(true);
    expect(unit.missing).toEqual([]);
  });

  it('stay there as a whole where JavaScript would read a variable that is not its own', () => {
    expect(unit.functions.get('notOwn').state).toBe('imported');
  });
});
