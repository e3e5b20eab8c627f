import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from '../../tsup.shared.js';

// what entries share goes into files that several of them import, so that a page loads no more than it asks for
const modules = readdirSync(fileURLToPath(new URL('src/modules', import.meta.url)));

export default build(['src/index.ts', 'src/core.ts', ...modules.map((file) => `src/modules/${file}`)]);
