/** docs/nested.md says which natives run Python code nested: each of its examples is run and its nested runs are counted. */
import { readFileSync } from 'node:fs';
import { compile } from '@tsmp/compiler';
import { describe, expect, it } from 'vitest';
import {
  boot,
  buildRom,
  type CompileFn,
  type Profile,
  PROFILES,
  romDefinitions,
  run,
  startSource,
  tracebackOf,
  Vm,
} from '../src/index.js';

const page = readFileSync(new URL('../../../docs/nested.md', import.meta.url), 'utf8');
const setup = /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

/** The code in the first column of the table of a section. */
function examples(section: string): string[] {
  const text = page.split('\n## ').find((part) => part.startsWith(`${section}\n`)) ?? '';
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const cell = row.replaceAll('\\|', '\0').split('|')[1] as string;
    return cell
      .trim()
      .split('⏎')
      .map((code) => code.replaceAll('`', ''))
      .join('\n')
      .replaceAll('\0', '|');
  });
}

const profile = PROFILES.coverage32 as Profile;
const boardCompile: CompileFn = ({ source, fileName, kind, smallIntBits, floatBits, isKnownQstr }) =>
  compile(source, { fileName, kind, smallIntBits, floatBits, knownQstrs: { has: isKnownQstr } });
const image = buildRom(romDefinitions(profile), { floatBits: profile.floatBits, compile: boardCompile });

/** How many nested runs a program makes, behind what the page's own names need. */
function nestedRuns(code: string): number {
  const vm = new Vm(profile, image, { stdout: () => undefined, compile: boardCompile });
  boot(vm);
  const finish = (source: string): void => {
    startSource(vm, new TextEncoder().encode(source), 'page.py');
    const r = run(vm);
    if (r.reason === 'raised') throw new Error(JSON.stringify(tracebackOf(vm, r.exception)));
    expect(r.reason).toBe('done');
  };
  finish(setup);
  const before = vm.stats.nestedRuns;
  finish(`${code}\n`);
  return vm.stats.nestedRuns - before;
}

describe('docs/nested.md', () => {
  it.each([...examples('Natives that nest'), ...examples('Natives that nest and need not')])(
    'says that `%s` nests',
    (code) => {
      expect(nestedRuns(code)).toBeGreaterThan(0);
    },
  );
  it.each(examples('What does not nest'))('says that `%s` does not nest', (code) => {
    expect(nestedRuns(code)).toBe(0);
  });
});
