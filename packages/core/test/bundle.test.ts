/** The bundle as it is published, every name in it shortened: the language corpus and the examples give what MicroPython gives. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  conformancePrograms,
  type CorpusProgram,
  corpusPrograms,
  expectedOutput,
  filesOf,
} from '@tsmp-internal/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CoreBoard, CorePart, CoreRom } from '../src/index.js';

const out = new URL('../../../.cache/core/', import.meta.url);
const built = (file: string) => import(/* @vite-ignore */ new URL(file, out).href);

let Board: typeof CoreBoard;
let sizes: Record<string, number>;

beforeAll(async () => {
  const tool = new URL('../../../tools/gen-core.mjs', import.meta.url).href;
  sizes = await (await import(/* @vite-ignore */ tool)).buildCore(fileURLToPath(out));
  Board = (await built('index.js')).CoreBoard;
}, 120_000);

/** Runs a program to its end in slices; answers what it printed, with the name of each module that was loaded for it. */
async function runOnCore(
  source: Uint8Array | string,
  boardName: string,
  files: CorpusProgram['files'] = new Map(),
  before: readonly string[] = [],
) {
  const { rom } = (await built(`rom/${boardName}.js`)) as { rom: CoreRom };
  let text = '';
  const write = (bytes: Uint8Array) => {
    text += new TextDecoder().decode(bytes, { stream: true });
  };
  const board = new Board(rom, { stdout: write, files: filesOf(files) });
  const add = async (name: string) => board.addModule(((await built(`modules/${name}.js`)) as { part: CorePart }).part);
  for (const name of before) await add(name);
  board.start(source, 'program.py');
  const loaded: string[] = [];
  for (;;) {
    const result = board.run(5000);
    if (result.reason === 'module') {
      loaded.push(result.name);
      await add(result.name);
    } else if (result.reason === 'waiting') board.advanceTo(result.until);
    else if (result.reason !== 'budget') return { text, loaded, result, board };
  }
}

/** What the core has not: hardware, files of boards, and the highest feature level. */
const LACKING =
  /\bopen\b|^\s*(import|from)\b.*\b(machine|network|neopixel|asyncio|os|vfs|hashlib|select|uctypes|cryptolib|framebuf)\b/m;

/** Programs that use something within a nested run, which cannot wait for it. */
const NESTED: Readonly<Record<string, readonly string[]>> = { 'conformance/modules/io_base.py': ['streams'] };

const BOARDS: Readonly<Record<string, string>> = { single: 'unix32f' };
const programs = [...conformancePrograms(), ...corpusPrograms('examples')].filter(
  (p) =>
    !p.name.includes('/everything/') &&
    !p.name.includes('/asyncio/') &&
    !LACKING.test(new TextDecoder().decode(p.source)),
);

describe('the bundle', { timeout: 30_000 }, () => {
  for (const program of programs) {
    it(`runs ${program.name}`, async () => {
      const board = BOARDS[program.name.split('/')[1] as string] ?? 'unix32';
      const { text, result } = await runOnCore(program.source, board, program.files, NESTED[program.name]);
      expect(text).toBe(await expectedOutput(program));
      expect(result.reason).toBe('done');
    });
  }

  it('loads a module when a program imports it', async () => {
    const { text, loaded } = await runOnCore(
      'import json, re\nimport json\nprint(json.dumps([1, {"a": None}]))\n',
      'pico-w',
    );
    expect(text).toBe('[1, {"a": null}]\n');
    expect(loaded).toEqual(['json', 're']);
  });

  it('prints tracebacks and answers the exit status', async () => {
    const raised = await runOnCore('def f():\n    return 1 // 0\nf()\n', 'minimal');
    expect(raised.text).toMatch(
      /^Traceback .*\n {2}File "program.py", line 3, in <module>\n.*ZeroDivisionError: divide by zero\n$/s,
    );
    expect(raised.result).toEqual({ reason: 'raised', status: 1 });
    expect((await runOnCore('import sys\nsys.exit(3)\n', 'unix32')).result).toEqual({ reason: 'raised', status: 3 });
  });

  it('takes input, Ctrl-C and time', async () => {
    const { board } = await runOnCore('', 'unix32');
    board.start('name = input()\nimport time\nprint(name)\ntime.sleep(2)\n');
    expect(board.run()).toMatchObject({ reason: 'module', name: 'streams' });
    board.addModule(((await built('modules/streams.js')) as { part: CorePart }).part);
    expect(board.run()).toMatchObject({ reason: 'waiting', until: Number.POSITIVE_INFINITY });
    board.input(new TextEncoder().encode('x\n'));
    board.advanceTo(board.time + 2);
    expect(board.run()).toMatchObject({ reason: 'module', name: 'time' });
    board.addModule(((await built('modules/time.js')) as { part: CorePart }).part);
    const result = board.run();
    if (result.reason !== 'waiting') throw new Error(result.reason);
    expect(result.until - board.time).toBeGreaterThan(1e9);
    board.interrupt();
    board.advanceTo(board.time + 2);
    expect(board.run()).toMatchObject({ reason: 'raised', status: 1 });
  });

  it('does what README.md says', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const block = (language: string) => readme.split(`\`\`\`${language}\n`)[1]?.split('```')[0] as string;
    const code = block('js')
      .replace(/import (.*) from '@tsmp\/core(.*)';/g, (_, names, path) => `const ${names} = await built('${path}');`)
      .replace(/import\('@tsmp\/core(.*?)'\)/g, "built('$1')");
    const lines: string[] = [];
    const load = (path: string) => built(path === '' ? 'index.js' : `${path.slice(1)}.js`);
    const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
    await AsyncFunction('built', 'console', code)(load, { log: (text: string) => lines.push(text) });
    expect(`${lines.join('\n')}\n`).toBe(block('text'));
  });

  it('has its size', () => {
    expect(sizes['index.js']).toBeGreaterThan(100_000);
    expect(sizes['index.js']).toBeLessThan(400 * 1024);
  });
});
