import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from '../../tsup.shared.js';

// what entries share goes into files that several of them import, so that a page loads no more than it asks for
const modules = readdirSync(fileURLToPath(new URL('src/modules', import.meta.url)));
const main = ['src/index.ts', 'src/core.ts'];

export default build([...main, ...modules.map((file) => `src/modules/${file}`)], {
  // the declarations of the modules are all alike: tools/gen-vm-rom.mjs writes them
  dts: {
    entry: main,
    resolve: [/^@tsmp-internal\//],
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
});
