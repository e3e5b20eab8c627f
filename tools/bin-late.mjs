// What `tsmp run` of most programs does without goes to a file of its own, which is loaded when something in it is used: the more
// functions a file has, the longer V8 takes to start it, even with its compiled code at hand. For tools/gen-bin.mjs.
//
// In place of a late module stands one whose exports are getters that load the file. What late modules import of the others is
// handed to them by the main file, so each module is there once.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const MAIN = 'packages/cli/src/main.ts';
/** Modules that may be late. None of them must be needed while the main ones are evaluated. */
const LATE = new RegExp(
  `^(${[
    'packages/vm/src/jit/(analyse|jit|support|translate)\\.',
    'packages/vm/src/generated/loop-stepped\\.',
    'packages/vm/src/rom/(builder|text)\\.',
    'packages/vm/src/snapshot\\.',
    'packages/compiler/src/(show-tree|parser/grammar-text)\\.',
    'packages/mpy-format/src/(constant-text|describe|disassemble|freeze|image-writer|inspect|instructions|merge|opcode-meanings|showbc|write)\\.',
    'packages/network/src/(air|arp-cache|dhcp-\\w+|dhcp|dns-\\w+|dns|icmp|interface|ip-layer|pcap|ping|prng|reassembly|ring|stack|tcp-\\w+|tcp|timers|udp-socket|udp|wire|wlan-ap|wlan-station)\\.',
    'packages/network/src/board/(board-net|router|surroundings|sockets)\\.',
    'packages/machine/src/(repl/(?!functions)|heap/(?!heapview)|devices/)',
    'packages/machine/src/fs/lfs2/',
    'packages/machine/src/(svg|png|course|device-spec|transactions|firmware/uf2)\\.',
    'packages/cli/src/(client|freeze|link)/',
    'packages/cli/src/(live|world|snapshot-file)\\.',
    'node_modules/@noble/ciphers/aes\\.',
  ].join('|')})`,
);
/** Modules of Node's that take milliseconds to load. */
const LATE_BUILTINS = /^node:(child_process|net)$/;

/** Has a build resolve every import as it would, and then perhaps otherwise: `redirect` is given the path from the root. */
function resolving(name, redirect) {
  return {
    name,
    setup(b) {
      b.onResolve({ filter: /^/ }, async ({ path, pluginData, kind, ...rest }) => {
        if (pluginData === name || path.startsWith('node:')) return undefined;
        const found = await b.resolve(path, { ...rest, kind, pluginData: name });
        if (found.errors.length > 0 || found.external || found.namespace !== 'file') return found;
        return redirect(relative(root, found.path), kind, found) ?? found;
      });
    },
  };
}

/** The names that a module exports. */
async function exportsOf(file) {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: false,
    format: 'esm',
    outdir: root,
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  return Object.values(metafile.outputs)[0].exports;
}

/** A module with getters for what `of`, an expression, has under these names. */
function getters(of, names) {
  return {
    contents: `module.exports = { ${names.map((name) => `get ${name}() { return ${of}.${name}; }`).join(', ')} };`,
  };
}

/** Puts getters in place of late modules; notes which there are. */
function standIns(seen) {
  return [
    resolving('late', (path, kind, found) => {
      // the package says that its modules have no effects, but this one is there for them
      if (path === MAIN) return { ...found, sideEffects: true };
      if (kind === 'entry-point' || !LATE.test(path)) return undefined;
      seen.add(path);
      return { path, namespace: 'late' };
    }),
    {
      name: 'stand-ins',
      setup(b) {
        b.onLoad({ filter: /^/, namespace: 'late' }, async ({ path }) =>
          getters(`late(${JSON.stringify(path)})`, await exportsOf(root + path)),
        );
        b.onResolve({ filter: LATE_BUILTINS }, ({ path, namespace }) =>
          namespace === 'builtin' ? undefined : { path, namespace: 'builtin' },
        );
        b.onLoad({ filter: /^/, namespace: 'builtin' }, async ({ path }) =>
          getters(
            `require('${path}')`,
            Object.keys(await import(path)).filter((name) => name !== 'default'),
          ),
        );
      },
    },
  ];
}

/**
 * The late modules as a function of `require`, `__dirname` and `module`, which exports `modules`: for each path what evaluates the module and
 * answers its exports. `main:` and a path requires a main module.
 */
async function lateBundle(options, late, main) {
  const { outputFiles } = await build({
    ...options,
    entryPoints: undefined,
    stdin: {
      // each is evaluated when it is asked for
      contents: `export const modules = {
${late.map((path) => `${JSON.stringify(path)}: () => require('./${path}'),`).join('\n')}
};`,
      resolveDir: root,
    },
    outfile: 'late.js',
    format: 'esm',
    write: false,
    plugins: [
      resolving('main', (path) => (main.has(path) ? { path: `main:${path}`, external: true } : undefined)),
      ...options.plugins,
    ],
  });
  return outputFiles.find(({ path }) => path.endsWith('late.js')).text;
}

/** What late modules import of main ones: names by path. */
function needs(text) {
  const found = new Map();
  if (/import\s*\*\s*as\s+[\w$]+\s*from\s*"main:/.test(text)) throw new Error('late modules import all of a main one');
  for (const [, list, path] of text.matchAll(/import\s*\{([^}]*)\}\s*from\s*"main:([^"]+)"/g)) {
    const names = found.get(path) ?? new Set();
    for (const entry of list.split(',')) names.add(entry.trim().split(/\s+/)[0]);
    found.set(path, names);
  }
  return found;
}

/** Provides `bridge:`, a module that sets `late.main`, a function that answers what {@link needs} found. */
function bridge(needed) {
  const imports = [];
  const objects = [];
  for (const [path, names] of needed) {
    const changing = new Set(
      [...readFileSync(root + path, 'utf8').matchAll(/^export let (\w+)/gm)].map(([, name]) => name),
    );
    const local = [...names].map((name, i) => [name, `m${objects.length}_${i}`]);
    imports.push(`import { ${local.map(([name, as]) => `${name} as ${as}`).join(', ')} } from './${path}';`);
    const values = local.map(([name, as]) =>
      changing.has(name) ? `get ${name}() { return ${as}; }` : `${name}: ${as}`,
    );
    objects.push(`${JSON.stringify(path)}: { ${values.join(', ')} }`);
  }
  const contents = `${imports.join('\n')}\nlate.main = () => ({ ${objects.join(',\n')} });`;
  return {
    name: 'bridge',
    setup(b) {
      b.onResolve({ filter: /^bridge:$/ }, ({ path }) => ({ path, namespace: 'bridge' }));
      b.onLoad({ filter: /^/, namespace: 'bridge' }, () => ({ contents, resolveDir: root }));
    },
  };
}

/**
 * Builds the command as two files' texts, each a function with its banner and footer around it. `options` are those of one bundle, with
 * its entry point. The main one is given `require`, `__dirname` and `late`, which answers the exports of a late module, and calls `late.main` for what those import.
 */
export async function buildInTwo(options, banner, lateBanner) {
  const seen = new Set();
  const plugins = [...standIns(seen), ...options.plugins];
  const { metafile } = await build({ ...options, plugins, write: false, metafile: true });
  const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined);
  const main = new Set(
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 && !path.endsWith('/src/index.ts') ? [path] : [],
    ),
  );
  const late = await lateBundle(options, [...seen].sort(), main);
  const { code } = await transform(late, { format: 'cjs', minify: true, platform: 'node', ...lateBanner });
  const { outputFiles } = await build({
    ...options,
    banner: { js: banner.banner },
    footer: { js: banner.footer },
    write: false,
    entryPoints: undefined,
    // before the main module, which does all that the command does
    stdin: { contents: `import 'bridge:';\nimport './${MAIN}';`, resolveDir: root },
    plugins: [bridge(needs(late)), ...plugins],
  });
  const inputs = Object.keys(metafile.inputs).filter((path) => !path.startsWith('late:'));
  return { main: outputFiles[0].text, late: code, inputs: [...inputs, ...seen] };
}
