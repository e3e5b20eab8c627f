// Builds the ROM image of each board profile and writes them into packages/cli/.rom: prebuilt-rom.ts, the module that the build of
// @tsmp/cli's library bundles; for its command NAME.bin and NAME.json, and the module that reads them; the qstr list of each image.
//   node tools/gen-rom.mjs
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
    contents: "export { romImage } from './packages/cli/src/board.ts'; export { PROFILES, romOrder } from '@tsmp/vm';",
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
const { PROFILES, romImage, romOrder } = await import(pathToFileURL(bundle).href);
const images = [];
for (const [name, profile] of Object.entries(PROFILES)) {
  const image = romImage(profile);
  const { bytes, definitions: _, ...data } = image;
  const rest = JSON.stringify({ ...data, order: romOrder(image) });
  images.push(
    `  ${JSON.stringify(name)}: () => [${JSON.stringify(Buffer.from(bytes).toString('base64'))}, ${JSON.stringify(rest)}],`,
  );
  writeFileSync(`${out}${name}.bin`, bytes);
  writeFileSync(`${out}${name}.json`, rest);
  writeFileSync(`${out}${name}.qstrs.txt`, `${qstrsOf(bytes, data).join('\n')}\n`);
}
writeFileSync(
  `${out}prebuilt-rom.ts`,
  `// Written by tools/gen-rom.mjs.
import { decodeRom, type RomData } from '@tsmp/vm';

const IMAGES: Record<string, () => [string, string]> = {
${images.join('\n')}
};
export function prebuiltRom(profile: string): RomData | undefined {
  const image = Object.hasOwn(IMAGES, profile) ? IMAGES[profile] : undefined;
  return image === undefined ? undefined : decodeRom(...image());
}
`,
);
writeFileSync(
  `${out}prebuilt-rom-node.ts`,
  `// Written by tools/gen-rom.mjs. The bundle that this becomes part of lies beside the folder \`rom\`.
import { readFileSync } from 'node:fs';
import type { RomData } from '@tsmp/vm';

declare const __dirname: string;
const NAMES: readonly string[] = ${JSON.stringify(Object.keys(PROFILES))};
export function prebuiltRom(profile: string): RomData | undefined {
  if (!NAMES.includes(profile)) return undefined;
  const file = \`\${__dirname}/rom/\${profile}\`;
  return { ...(JSON.parse(readFileSync(\`\${file}.json\`, 'utf8')) as RomData), bytes: new Uint8Array(readFileSync(\`\${file}.bin\`)) };
}
`,
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
