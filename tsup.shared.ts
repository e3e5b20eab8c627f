/**
 * How a package is built: ES modules with declarations and source maps. The private workspaces are bundled in, so that
 * their `const enum`s become literals and no trace of them is left in what is published; everything else stays an import.
 */
import { defineConfig, type Options } from 'tsup';

/** `tsup.config.ts` of a package with these entry files, and what it needs besides. */
export const build = (entry: string[] = ['src/index.ts'], more: Options = {}) =>
  defineConfig({
    entry,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    // tsup sets the option `baseUrl`, which TypeScript 6 calls deprecated.
    dts: { resolve: [/^@tsmp-internal\//], compilerOptions: { ignoreDeprecations: '6.0' } },
    sourcemap: true,
    treeshake: true,
    esbuildOptions: (options) => {
      options.charset = 'utf8';
    },
    clean: true,
    noExternal: [/^@tsmp-internal\//],
    ...more,
  });
