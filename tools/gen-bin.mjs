// Builds the `tsmp` command into packages/cli/dist: all that it consists of in one file, so that starting it resolves and opens
// nothing else, and V8's compiled code of that file as this Node makes it. Another Node refuses that code and compiles the file.
//   node tools/gen-bin.mjs           (after tools/gen-rom.mjs and tsup)
//   node tools/gen-bin.mjs --warm    the same, in the process that makes the code: runs what the commonest commands need
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}packages/cli/dist/`;
const bundle = `${dist}tsmp.cjs`;
const cache = `${dist}tsmp.cache`;

/** The file that Node starts: small, since modules are compiled anew each time. */
const MAIN = `#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const here = dirname(fileURLToPath(import.meta.url));
const filename = here + '/tsmp.cjs';
// V8's code for the bundle, if this Node is the one that it was made by; otherwise V8 refuses it, and compiles
const cachedData = existsSync(here + '/tsmp.cache') ? readFileSync(here + '/tsmp.cache') : undefined;
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
script.runInThisContext()(createRequire(import.meta.url), here);
`;

/** Resolves the workspaces to their sources, which know nothing that a build would tell them, and the images to their reader. */
const sources = {
  name: 'workspace-sources',
  setup(b) {
    const from = (folder, skip) => (a) => ({
      path: `${root}${folder}/${a.path.slice(skip)}/src/index.ts`,
      sideEffects: false,
    });
    b.onResolve({ filter: /^@tsmp\// }, from('packages', 6));
    b.onResolve({ filter: /^@tsmp-internal\// }, from('internal', 15));
    b.onResolve({ filter: /\/prebuilt-rom\.js$/ }, () => ({ path: `${root}packages/cli/.rom/prebuilt-rom-node.ts` }));
  },
};

if (process.argv[2] === '--warm') warm();
else await make();

async function make() {
  const { version } = JSON.parse(readFileSync(`${root}packages/cli/package.json`, 'utf8'));
  const { metafile } = await build({
    metafile: true,
    legalComments: 'none',
    entryPoints: [`${root}packages/cli/src/main.ts`],
    outfile: bundle,
    bundle: true,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    // an optional dependency, asked for only by \`serve --pty\`
    external: ['@lydell/node-pty'],
    // a script that is no module cannot import() what the bundle leaves outside, but require it
    supported: { 'dynamic-import': false },
    define: { __TSMP_VERSION__: JSON.stringify(version) },
    // a function: what is compiled is what is read, nothing has to be put around it
    banner: { js: '(function(require,__dirname){' },
    footer: { js: '})' },
    plugins: [sources],
    logLevel: 'warning',
  });
  writeFileSync(`${dist}LICENSES.txt`, licenses(Object.keys(metafile.inputs)));
  rmSync(`${dist}rom`, { recursive: true, force: true });
  mkdirSync(`${dist}rom`);
  for (const file of readdirSync(`${root}packages/cli/.rom`))
    if (/\.(bin|json)$/.test(file)) copyFileSync(`${root}packages/cli/.rom/${file}`, `${dist}rom/${file}`);
  writeFileSync(`${dist}main.js`, MAIN);
  chmodSync(`${dist}main.js`, 0o755);
  rmSync(cache, { force: true });
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--warm'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`the command could not be run: status ${status}`);
}

/** The licences of what is bundled and not ours. */
function licenses(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  return [...folders]
    .sort()
    .map((folder) => `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(`${folder}/LICENSE`, 'utf8')}`)
    .join('\n\n');
}

/** Runs a program as the command does, and keeps V8's code of what that took. */
function warm() {
  const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle });
  const program = `${dist}warm.py`;
  writeFileSync(program, 'import time\n\n\ndef f(x):\n    return [str(x), {x: 1.5}]\n\n\nprint("%s" % f(3))\n');
  process.argv = [process.execPath, `${dist}main.js`, 'run', program];
  process.on('exit', () => {
    rmSync(program);
    writeFileSync(cache, script.createCachedData());
  });
  script.runInThisContext()(createRequire(`${dist}main.js`), dirname(bundle));
}
