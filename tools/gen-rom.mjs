// Builds the ROM image of each board profile and writes them as the module that @tsmp/cli's build bundles.
//   node tools/gen-rom.mjs           writes packages/cli/.rom/prebuilt-rom.ts and the qstr list of each image
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}packages/cli/.rom/`;

/** Resolves the workspaces to their sources, as tsconfig.base.json does. */
const sources = {
  name: 'workspace-sources',
  setup(b) {
    b.onResolve({ filter: /^@tsmp\// }, (a) => ({ path: `${root}packages/${a.path.slice(6)}/src/index.ts` }));
    b.onResolve({ filter: /^@tsmp-internal\// }, (a) => ({ path: `${root}internal/${a.path.slice(15)}/src/index.ts` }));
  },
};

mkdirSync(out, { recursive: true });
const bundle = `${out}builder.mjs`;
await build({
  stdin: {
    contents: "export { romImage } from './packages/cli/src/board.ts'; export { PROFILES } from '@tsmp/vm';",
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  outfile: bundle,
  plugins: [sources],
  logLevel: 'warning',
});
const { PROFILES, romImage } = await import(pathToFileURL(bundle).href);
const images = {};
for (const [name, profile] of Object.entries(PROFILES)) {
  const { bytes, definitions, ...data } = romImage(profile);
  images[name] = { bytes: Buffer.from(bytes).toString('base64'), ...data };
  writeFileSync(`${out}${name}.qstrs.txt`, `${qstrsOf(bytes, data).join('\n')}\n`);
}
writeFileSync(
  `${out}prebuilt-rom.ts`,
  `// Written by tools/gen-rom.mjs.\nexport const PREBUILT = ${JSON.stringify(images)};\n`,
);

/** The interned strings of an image, in order. */
function qstrsOf(bytes, { qstrTable, qstrCount }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const list = [];
  for (let q = 0; q < qstrCount; q++) {
    const at = view.getInt32(qstrTable + 4 * q, true);
    list.push(JSON.stringify(Buffer.from(bytes.subarray(at, at + bytes[qstrTable + 6 * qstrCount + q])).toString()));
  }
  return list;
}
