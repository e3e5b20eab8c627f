import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from '../../tsup.shared.js';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** The library. The command is built by tools/gen-bin.mjs. */
export default build(['src/index.ts'], {
  define: { __TSMP_VERSION__: JSON.stringify(version) },
  esbuildPlugins: [
    {
      // the images that tools/gen-rom.mjs made, in place of the empty module of the sources
      name: 'prebuilt-rom',
      setup(b) {
        b.onResolve({ filter: /\/prebuilt-rom\.js$/ }, () => ({
          path: fileURLToPath(new URL('.rom/prebuilt-rom.ts', import.meta.url)),
        }));
      },
    },
  ],
});
