// Builds the `tsmp` command into packages/cli/dist: all that it consists of in two files, of which it starts with one, so that it
// resolves and opens nothing else, and V8's compiled code of them as this Node makes it. Another Node makes its own
// when it first runs the command.
//   node tools/gen-bin.mjs           (after tools/gen-rom.mjs and tsup)
//   node tools/gen-bin.mjs --warm    the same, in the process that makes the code: runs what the commonest commands need
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import { buildInTwo } from './bin-late.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}packages/cli/dist/`;
/** The files of the bundle: what every command needs, and the rest. */
const FILES = ['tsmp', 'tsmp-late'];

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
    b.onResolve({ filter: /\/wasm-code\.js$/ }, () => ({ path: 'wasm', namespace: 'wasm' }));
    b.onLoad({ filter: /^/, namespace: 'wasm' }, () => ({
      contents: `const { readFileSync } = require('node:fs');
exports.wasmModule = () => wasm ?? new WebAssembly.Module(readFileSync(__dirname + '/rom/vm.wasm'));`,
    }));
    b.onResolve({ filter: /\/prebuilt-rom\.js$/ }, () => ({ path: `${root}packages/cli/.rom/prebuilt-rom-node.ts` }));
  },
};

if (process.argv[2] === '--warm') warm();
else await make();

async function make() {
  const { version } = JSON.parse(readFileSync(`${root}packages/cli/package.json`, 'utf8'));
  const common = {
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    legalComments: 'none',
  };
  const options = {
    ...common,
    absWorkingDir: root,
    entryPoints: [`${root}packages/cli/src/main.ts`],
    // an optional dependency, asked for only by \`serve --pty\`
    external: ['@lydell/node-pty'],
    // a script that is no module cannot import() what the bundle leaves outside, but require it
    supported: { 'dynamic-import': false },
    define: { __TSMP_VERSION__: JSON.stringify(version) },
    plugins: [sources],
    logLevel: 'warning',
  };
  // functions: what is compiled is what is read, nothing has to be put around it
  const wrap = (parameters) => ({ banner: `(function(${parameters}){`, footer: '})' });
  const { main, late, inputs } = await buildInTwo(
    options,
    wrap('require,__dirname,late,wasm'),
    wrap('require,__dirname,module'),
  );
  writeFileSync(`${dist}tsmp.cjs`, main);
  writeFileSync(`${dist}tsmp-late.cjs`, late);
  writeFileSync(`${dist}LICENSES.txt`, licenses(inputs));
  rmSync(`${dist}rom`, { recursive: true, force: true });
  mkdirSync(`${dist}rom`);
  for (const file of readdirSync(`${root}packages/cli/.rom`))
    if (/\.(bin|json)$/.test(file)) copyFileSync(`${root}packages/cli/.rom/${file}`, `${dist}rom/${file}`);
  copyFileSync(`${root}packages/vm/src/generated/vm.wasm`, `${dist}rom/vm.wasm`);
  await build({
    ...common,
    entryPoints: [`${root}packages/cli/src/start.ts`],
    outfile: `${dist}main.cjs`,
    plugins: [sources],
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync(`${dist}main.cjs`, 0o755);
  // its name before it was no ECMAScript module, for those who start it by that
  writeFileSync(`${dist}main.js`, `#!/usr/bin/env node\nimport './main.cjs';\n`);
  chmodSync(`${dist}main.js`, 0o755);
  for (const file of readdirSync(dist)) if (/\.cache\d*$/.test(file)) rmSync(dist + file);
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
    .map(
      (folder) => `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(`${root}${folder}/LICENSE`, 'utf8')}`,
    )
    .join('\n\n');
}

/** Runs a program as the command does, and keeps V8's code of what that took. */
function warm() {
  process.argv = [process.execPath, `${dist}main.cjs`, 'run', `${root}tools/warm.py`];
  const require = createRequire(`${dist}main.cjs`);
  const scripts = FILES.map((name) => {
    const filename = `${dist}${name}.cjs`;
    return new Script(readFileSync(filename, 'latin1'), { filename });
  });
  const [main, lateModules] = scripts.map((script) => script.runInThisContext());
  process.on('exit', () => {
    const given = late.main();
    const module = {};
    lateModules((id) => (id.startsWith('main:') ? given[id.slice(5)] : require(id)), dist, module);
    for (const evaluate of Object.values(module.exports.modules)) evaluate();
    FILES.forEach((name, i) => {
      writeFileSync(`${dist}${name}-${process.versions.v8}-${process.arch}.cache`, scripts[i].createCachedData());
    });
  });
  const late = (path) => {
    throw new Error(`'tsmp run' needs ${path}, which is meant to be late: see tools/bin-late.mjs`);
  };
  main(require, dirname(`${dist}main.cjs`), late, undefined);
}
