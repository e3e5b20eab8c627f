// Bundles lexer, compiler, vm and gc for the browser and runs programs in headless Chromium: one on an image that the page builds, one
// on the core with an image from the package, whose module is loaded when the program imports it, one on the bundle of @tsmp/core, a board,
// and a world of two boards.
//   node tools/browser-check.mjs        [browser]      (after npm run build; default: chromium on the PATH)
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}.cache/browser/`;
const browser = process.argv[2] ?? 'chromium';

const page = `
import { tokenize } from '@tsmp/lexer';
import { LinearMemory } from '@tsmp/gc';
import { compile } from '@tsmp/compiler';
import * as core from '@tsmp/vm/core';
import { rom } from '@tsmp/vm/rom/unix32';
import { CoreBoard } from '@tsmp/core';
import { rom as coreRom } from '@tsmp/core/rom/unix32';
import { createBoard, createWorld } from '@tsmp/cli';
import { Led } from '@tsmp/machine';
import { boot, buildRom, PROFILES, romDefinitions, run, startSource, Vm } from '@tsmp/vm';

async function main() {
const profile = PROFILES['pico-w'];
const board = (r) => compile(r.source, { fileName: r.fileName, kind: r.kind, floatBits: r.floatBits, allowNative: true, hostBits: 32 });
const image = buildRom(romDefinitions(profile), { floatBits: profile.floatBits, compile: board });
let text = '';
const vm = new Vm(profile, image, { stdout: (b) => (text += new TextDecoder().decode(b)), compile: board });
boot(vm);
const source = 'def fib(n):\\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\\nprint(fib(15), sum(x * x for x in range(10)), 2 ** 70)\\n';
startSource(vm, new TextEncoder().encode(source), 'page.py');
let slices = 0;
let result;
do {
  result = run(vm, { bytes: 1000 });
  slices++;
} while (result.reason === 'budget');
const small = PROFILES.unix32;
let coreText = '';
const coreVm = new core.Vm(small, { ...rom(), definitions: core.coreDefinitions(small) }, {
  stdout: (b) => (coreText += new TextDecoder().decode(b)),
  compile: board,
});
core.boot(coreVm);
core.startSource(coreVm, new TextEncoder().encode('import json\\nprint(json.dumps({"a": [1, 2.5, None]}), 3 ** 50)\\n'), 'core.py');
const modules = { json: () => import('@tsmp/vm/modules/json') };
const loaded = [];
for (;;) {
  const { reason } = core.run(coreVm);
  if (reason !== 'waiting') break;
  loaded.push(coreVm.wantedModule);
  core.linkPart(coreVm, (await modules[coreVm.wantedModule]()).part(small));
}
coreVm.flush();
const bundle = [];
const small2 = new CoreBoard(coreRom, { stdout: (b) => bundle.push(new TextDecoder().decode(b)) });
const files = {
  json: () => import('@tsmp/core/modules/json'),
  time: () => import('@tsmp/core/modules/time'),
  arrays: () => import('@tsmp/core/modules/arrays'),
};
small2.start('import json, time\\nclass A:\\n    def f(self, x=2):\\n        return x ** 70\\ntime.sleep(3)\\nb = bytearray(b"ab")\\nb.append(99)\\nprint(A().f(), json.loads("[1.5]"), b, "%5.1f|{:>4}".format(7) % 2.25)\\n');
const asked = [];
for (;;) {
  const step = small2.run(1000);
  if (step.reason === 'module') {
    asked.push(step.name);
    small2.addModule((await files[step.name]()).part);
  } else if (step.reason === 'waiting') small2.advanceTo(step.until);
  else if (step.reason !== 'budget') {
    bundle.push(step.reason);
    break;
  }
}
const bytes = (t) => new TextEncoder().encode(t);
const collect = (to) => (b) => { to.text += new TextDecoder().decode(b); };

const blinked = { text: '' };
const pico = createBoard({ stdout: collect(blinked) });
const led = pico.machine.attach(new Led('led', { pin: 'LED' }));
pico.start(bytes('from machine import Pin\\nimport time\\nled = Pin("LED", Pin.OUT)\\nfor i in range(6):\\n    led.toggle()\\n    time.sleep(10)\\nf = open("x", "w")\\nf.write("kept")\\nf.close()\\nprint(open("x").read())\\n'), 'main.py');
const ended = pico.runToEnd().reason;

const join = 'import network, socket, time\\nw = network.WLAN()\\nw.active(True)\\nw.connect("tsmp", "micropython")\\nwhile not w.isconnected():\\n    time.sleep_ms(50)\\n';
const programs = [
  join + 's = socket.socket()\\ns.bind(("", 80))\\ns.listen(1)\\nc, a = s.accept()\\nc.write(b"hello " + c.readline())\\nc.close()\\n',
  join + 'time.sleep(2)\\ns = socket.socket()\\ns.connect(("192.168.1.100", 80))\\ns.write(b"page\\\\n")\\nprint(s.read())\\n',
];
const world = createWorld();
const said = programs.map(() => ({ text: '' }));
const boards = programs.map((_, i) => world.addBoard({ stdout: collect(said[i]) }));
programs.forEach((p, i) => world.start(boards[i], bytes(p), 'main.py'));
const worldEnd = world.run();

document.title = 'done';
document.body.textContent = JSON.stringify({
  text, coreText, loaded, bundle: bundle.join(''), asked, reason: result.reason, slices: slices > 10, tokens: [...tokenize(source)].length > 20, memory: new LinearMemory(64).size,
  board: [blinked.text, ended, led.flashes], world: [worldEnd, ...said.map((x) => x.text)],
});
}
main();
`;

mkdirSync(out, { recursive: true });
await build({
  stdin: { contents: page, resolveDir: root, loader: 'js' },
  bundle: true,
  format: 'esm',
  minify: true,
  outfile: `${out}page.js`,
  // the packages as they are published, not their sources
  tsconfigRaw: {},
  logLevel: 'warning',
});
writeFileSync(
  `${out}page.html`,
  '<!doctype html><meta charset="utf-8"><body><script src="page-classic.js"></script></body>',
);
await build({ entryPoints: [`${out}page.js`], format: 'iife', outfile: `${out}page-classic.js`, logLevel: 'warning' });

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--user-data-dir=${out}profile`,
  '--virtual-time-budget=20000',
  '--dump-dom',
];
const { stdout, error } = spawnSync(browser, [...flags, pathToFileURL(`${out}page.html`).href], {
  encoding: 'utf8',
  timeout: 90_000,
});
if (error !== undefined) throw new Error(`can't run ${browser}: ${error.message}`);
const found = /<body>.*?(\{.*\})/s.exec(stdout);
const result =
  found === null
    ? undefined
    : JSON.parse(found[1].replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'));
const expected = {
  text: '610 285 1180591620717411303424\n',
  coreText: '{"a": [1, 2.5, null]} 717897987691852588770249\n',
  loaded: ['json'],
  bundle: "1180591620717411303424 [1.5] bytearray(b'abc')   2.3|   7\ndone",
  asked: ['json', 'time', 'arrays'],
  reason: 'done',
  slices: true,
  tokens: true,
  memory: 64,
  board: ['kept\n', 'done', 3],
  world: ['done', '', "b'hello page\\n'\n"],
};
if (JSON.stringify(result) !== JSON.stringify(expected)) {
  console.error('the page shows', result ?? stdout, 'expected', expected);
  process.exitCode = 1;
} else
  console.log(
    'the packages run in the browser: a VM, a core with a module loaded later, the bundle, a board, a world of two boards',
  );
