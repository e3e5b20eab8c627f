// Packs every package as it would be published and checks the tarballs, not the working tree.
//   node tools/pack-check.mjs        (after `npm run build`)
// Each tarball: publint and attw find nothing; no trace of the private workspaces or of a `const enum` is in it. All of them
// installed into an empty folder: each can be imported, and `npx tsmp --version` prints the version.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = fileURLToPath(new URL('..', import.meta.url));
const problems = [];

function run(command, args, cwd) {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
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
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    if (text.includes('@tsmp-internal/')) problems.push(`${name}: ${file} refers to a private workspace`);
    if (file.endsWith('.d.ts') && /\bconst enum\b/.test(text)) problems.push(`${name}: ${file} declares a const enum`);
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
  const cli = packages.find(({ manifest }) => manifest.name === '@tsmp/cli');
  const version = run('npx', ['--no-install', 'tsmp', '--version'], consumer);
  console.log(`npx tsmp --version: ${version.stdout.trim()}`);
  if (!version.ok || !version.stdout.includes(cli.manifest.version))
    problems.push(`npx tsmp --version:\n${version.all}`);
} finally {
  rmSync(temporary, { recursive: true });
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
