/** The programs of snippets.txt, with the options that stand beside their names. */
import { readFileSync } from 'node:fs';

export interface Snippet {
  readonly name: string;
  readonly optLevel: 0 | 1 | 2 | 3;
  readonly source: string;
}

export function readSnippets(): Snippet[] {
  const text = readFileSync(new URL('./snippets.txt', import.meta.url), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const [name, option] = part.slice(0, end).split(' ') as [string, string | undefined];
      const optLevel = Number(option?.slice(2) ?? 0) as Snippet['optLevel'];
      return { name, optLevel, source: part.slice(end + 1) };
    });
}
