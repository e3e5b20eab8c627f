/**
 * Where `@tsmp/x` leads in tests: to the sources, so that nothing need be built first. The same list for the type checker
 * is `paths` in tsconfig.base.json.
 */
import { fileURLToPath } from 'node:url';

const packages = ['lexer', 'mpy-format', 'gc', 'compiler', 'vm', 'core', 'machine', 'network', 'cli'];
const internal = ['bytecode', 'testkit'];

const source = (folder: string) => fileURLToPath(new URL(`./${folder}/src/index.ts`, import.meta.url));

/** `resolve.alias` of every package's vitest.config.ts. */
export const alias = [
  ...packages.map((name) => ({ find: new RegExp(`^@tsmp/${name}$`), replacement: source(`packages/${name}`) })),
  ...internal.map((name) => ({
    find: new RegExp(`^@tsmp-internal/${name}$`),
    replacement: source(`internal/${name}`),
  })),
];
