// Finishes the build of @tsmp/vm. Writes the declarations of its entry points for modules, and the ROM images of its own modules, one for each board profile, as modules of the built package: what a page loads
// beside the core instead of building an image. Each exports `rom`, for `coreDefinitions` or `romDefinitions`.
// Also takes imports without names out of the built files: they are there for an order of evaluation that nothing here needs, and
// bundlers warn of them.
//   node tools/gen-vm-rom.mjs        (after tsup)
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}packages/vm/dist/rom/`;
const bundle = `${root}.cache/vm-rom.mjs`;

await build({
  stdin: {
    contents: `
import { compile, mathConstants } from './packages/compiler/src/index.ts';
import { buildRom, PROFILES, romDefinitions } from './packages/vm/src/index.ts';
export const roms = Object.fromEntries(
  Object.values(PROFILES).map((profile) => {
    const compileFn = (request) => compile(request.source, { ...request, knownQstrs: { has: request.isKnownQstr }, moduleConstants: mathConstants });
    const { definitions, ...data } = buildRom(romDefinitions(profile), { floatBits: profile.floatBits, compile: compileFn });
    return [profile.name, data];
  }),
);`,
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  outfile: bundle,
  alias: Object.fromEntries(
    ['lexer', 'mpy-format', 'gc', 'compiler', 'vm'].map((name) => [
      `@tsmp/${name}`,
      `${root}packages/${name}/src/index.ts`,
    ]),
  ),
  logLevel: 'warning',
});
const { roms } = await import(pathToFileURL(bundle).href);
const dist = `${root}packages/vm/dist/`;
for (const file of readdirSync(dist, { recursive: true })) {
  if (!file.endsWith('.js')) continue;
  const text = readFileSync(dist + file, 'utf8');
  // a blank line in its place keeps the source map right
  writeFileSync(dist + file, text.replaceAll(/^import '[^']*';$/gm, ''));
}
mkdirSync(out, { recursive: true });
for (const [name, { bytes, ...rest }] of Object.entries(roms)) {
  const base64 = Buffer.from(bytes).toString('base64');
  writeFileSync(
    `${out}${name}.js`,
    `import { decodeRom } from '../core.js';\nexport const rom = () => decodeRom(${JSON.stringify(base64)}, ${JSON.stringify(JSON.stringify(rest))});\n`,
  );
}
writeFileSync(
  `${out}rom.d.ts`,
  "import type { RomData } from '../core.js';\n/** The image of the board that the module is named after. */\nexport declare const rom: () => RomData;\n",
);
for (const file of readdirSync(`${dist}modules`)) {
  if (!file.endsWith('.js')) continue;
  writeFileSync(
    `${dist}modules/${file.slice(0, -3)}.d.ts`,
    `import type { Profile, RomPart } from '../core.js';\n/** The part of an image that has \`${file.slice(0, -3)}\`. */\nexport declare const part: (profile: Profile) => RomPart;\n`,
  );
}
