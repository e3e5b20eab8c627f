/** Folders of the host as a board sees them: the script's folder as its root, others read-only under their own names. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { HostFiles } from '@tsmp/vm';

/** `root` is the board's current directory; `extra` are folders named by their absolute host paths. */
export function nodeFiles(root: string, extra: readonly string[] = []): HostFiles {
  const folders = [root, ...extra].map((f) => realOrSelf(f));
  const find = (path: string): string | undefined => {
    const given = extra.find((e) => path === e || path.startsWith(`${e}/`));
    const host = given !== undefined ? resolve(path) : resolve(folders[0] as string, `.${sep}${path.replace(/^\/+/, '')}`);
    const real = realOrSelf(host);
    return folders.some((f) => real === f || real.startsWith(f.endsWith(sep) ? f : f + sep)) ? real : undefined;
  };
  return {
    stat(path) {
      const host = find(path);
      if (host === undefined) return 0;
      const s = statSync(host, { throwIfNoEntry: false });
      return s === undefined ? 0 : s.isDirectory() ? 1 : 2;
    },
    read: (path) => readFileSync(find(path) ?? path),
  };
}

function realOrSelf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
