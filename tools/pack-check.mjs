// Packs every package as it would be published and checks the tarballs, not the working tree.
//   node tools/pack-check.mjs        (after `npm run build`)
// Each tarball: publint and attw find nothing; no trace of the private workspaces or of a `const enum` is in it. All of them
// installed into an empty folder: each can be imported, and `npx tsmp` does what it is asked.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = fileURLToPath(new URL('..', import.meta.url));
const problems = [];

function run(command, args, cwd, input = '') {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', input });
  if (result.error !== undefined) throw result.error;
  return { ok: result.status === 0, stdout: result.stdout, all: result.stdout + result.stderr };
}

function mustRun(command, args, cwd) {
  const result = run(command, args, cwd);
  if (!result.ok) throw new Error(`${command} ${args.join(' ')} failed:\n${result.all}`);
  return result.stdout;
}

async function checkTarball(name, tarball) {
  const data = readFileSync(tarball);
  const buffer = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  for (const message of messages) problems.push(`${name}: publint: ${formatMessage(message, pkg, { color: false })}`);
  const attw = run(process.execPath, [
    join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
    '--profile',
    'esm-only',
    '--no-color',
    '--no-emoji',
    tarball,
  ]);
  if (!attw.ok) problems.push(`${name}: attw:\n${attw.all}`);
}

/** Looks through the installed files for what must not be published. */
function checkContents(name, folder) {
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!/\.(c?js|d\.ts)$/.test(file)) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    if (text.includes('@tsmp-internal/')) problems.push(`${name}: ${file} refers to a private workspace`);
    if (file.endsWith('.d.ts') && /\bconst enum\b/.test(text)) problems.push(`${name}: ${file} declares a const enum`);
  }
}

const NETWORK = `import network, time
w = network.WLAN(network.STA_IF)
w.active(True)
w.connect('tsmp', 'micropython')
while not w.isconnected():
    time.sleep_ms(50)
print(w.ifconfig()[0])
`;
/** What the installed command must print: its arguments, what it is given on standard input, and a part of the output. */
const COMMANDS = [
  [['--version'], '', readVersion()],
  [['run', 'net.py'], '', '192.168.1.100'],
  [['run', '--engine', 'js', 'net.py'], '', '192.168.1.100'],
  [['compile', 'net.py', '-o', 'net.mpy'], '', ''],
  [['run', 'net.mpy'], '', '192.168.1.100'],
  [['disasm', 'net.mpy'], '', 'LOAD_METHOD'],
  [['repl'], 'print(6 * 7)\n', '42'],
  [['micropython', '-c', 'print(6 * 7)'], '', '42'],
  [['freeze', 'fw', '-o', 'fw.uf2'], '', 'modules frozen'],
  [['run', '--firmware', 'fw.uf2', 'use.py'], '', '192.168.1.100'],
];

function readVersion() {
  return JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')).version;
}

/** Runs the installed command, which is two bundled files with V8's code of them, as its users do. */
function checkCommand(folder) {
  writeFileSync(join(folder, 'net.py'), NETWORK);
  // what is frozen is not beside the program that imports it
  mkdirSync(join(folder, 'fw'));
  writeFileSync(join(folder, 'fw/frozen_net.py'), NETWORK);
  writeFileSync(join(folder, 'fw/manifest.py'), "module('frozen_net.py')\n");
  writeFileSync(join(folder, 'use.py'), 'import frozen_net\n');
  const npx = (args, input = '') => run('npx', ['--no-install', 'tsmp', ...args], folder, input);
  for (const [args, input, expected] of COMMANDS) {
    const { ok, all } = npx(args, input);
    if (!ok || !all.includes(expected)) problems.push(`npx tsmp ${args.join(' ')}:\n${all}`);
  }
  // a Node that the package has no compiled code for makes it
  const dist = join(folder, 'node_modules/@tsmp/cli/dist');
  const caches = () => readdirSync(dist).filter((file) => file.endsWith('.cache'));
  const shipped = caches();
  for (const file of shipped) rmSync(join(dist, file));
  npx(['run', 'net.py']);
  if (shipped.length !== 2 || caches().join() !== shipped.join())
    problems.push(`V8's code: ${shipped} before, ${caches()} when made anew`);
}

/** A board on a pseudoterminal, and a client. */
async function checkServe(folder) {
  const main = join(folder, 'node_modules/@tsmp/cli/dist/main.cjs');
  const server = spawn(process.execPath, [main, 'serve', '--pty'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const path = await new Promise((done, fail) => {
      let text = '';
      const note = (bytes) => {
        text += bytes;
        const found = /^(\/\S+)\n/m.exec(text);
        if (found !== null) done(found[1]);
      };
      server.stdout.on('data', note);
      server.stderr.on('data', note);
      setTimeout(() => fail(new Error(`tsmp serve --pty says nothing of its terminal:\n${text}`)), 30_000).unref();
      server.on('exit', () => fail(new Error(`tsmp serve --pty ended:\n${text}`)));
    });
    const { ok, all } = run(process.execPath, [main, 'exec', '--connect', path, 'print(6 * 7)'], folder);
    if (!ok || !all.includes('42')) problems.push(`tsmp exec on serve --pty:\n${all}`);
  } finally {
    server.kill();
  }
}

const temporary = mkdtempSync(join(tmpdir(), 'pack-check-'));
try {
  const packages = [];
  for (const entry of readdirSync(join(root, 'packages'))) {
    const folder = join(root, 'packages', entry);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const packed = JSON.parse(mustRun('npm', ['pack', '--json', '--pack-destination', temporary], folder));
    const [{ filename, size, files }] = Array.isArray(packed) ? packed : Object.values(packed);
    const tarball = join(temporary, filename);
    packages.push({ manifest, tarball });
    console.log(`${manifest.name}@${manifest.version}  ${files.length} files, ${size} bytes packed`);
    await checkTarball(manifest.name, tarball);
  }
  const consumer = mkdtempSync(join(temporary, 'consumer-'));
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n');
  mustRun('npm', ['install', '--prefer-offline', '--no-save', ...packages.map(({ tarball }) => tarball)], consumer);
  for (const { manifest } of packages) {
    checkContents(manifest.name, join(consumer, 'node_modules', manifest.name));
    const script = `import * as all from '${manifest.name}'; if (Object.keys(all).length === 0) throw new Error('exports nothing');`;
    const imported = run(process.execPath, ['--input-type=module', '-e', script], consumer);
    if (!imported.ok) problems.push(`${manifest.name}: cannot be imported:\n${imported.all}`);
  }
  checkCommand(consumer);
  await checkServe(consumer);
} finally {
  rmSync(temporary, { recursive: true });
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
