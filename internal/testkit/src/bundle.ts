/**
 * Bundles sources the way the packages are built, for tests that start a process of their own or that run long: vitest loads
 * file by file, where an imported `const enum` is an object and the interpreter is several times slower.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Bundles `entry` (`<package>/<src or test>/<file>.ts`, below the project's root) for Node into its package's folder `.cache` and answers the file's path. Workspaces
 * are taken from their sources; what comes from npm stays an import.
 */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [
      {
        name: 'workspaces',
        setup(b) {
          b.onResolve({ filter: /^@tsmp(-internal)?\// }, ({ path }) => {
            const folder = path.replace(/^@tsmp\//, 'packages/').replace(/^@tsmp-internal\//, 'internal/');
            return { path: join(ROOT, folder, 'src/index.ts') };
          });
          b.onResolve({ filter: /^[^./]/ }, ({ kind }) => (kind === 'entry-point' ? undefined : { external: true }));
        },
      },
    ],
  });
  // inside the package, where its own dependencies are found
  const file = join(ROOT, dirname(dirname(entry)), '.cache', `${basename(entry, '.ts')}.mjs`);
  mkdirSync(dirname(file), { recursive: true });
  // another worker may be reading the file: it must always be whole
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, result.outputFiles[0]?.contents ?? '');
  renameSync(draft, file);
  return file;
}
