/** What programs allocate, against figures of the 32-bit unix port. */
import { type CorpusProgram, corpusPrograms } from '@tsmp-internal/testkit';
import { compile } from '@tsmp/compiler';
import { writeMpy } from '@tsmp/mpy-format';
import { describe, expect, it } from 'vitest';
import { cli, folderOf, Output, runProgram } from './programs.js';

describe('conformance/memory', () => {
  const programs = corpusPrograms('conformance/memory');
  let lines = 0;
  const different: string[] = [];

  for (const program of programs) {
    it(`${program.name} prints a figure for everything it measures`, () => {
      const { stdout, stderr } = runProgram(program, { board: 'unix32' });
      expect(stderr).toBe('');
      const ours = stdout.split('\n');
      const theirs = (program.recorded as string).split('\n');
      expect(ours.length).toBe(theirs.length);
      theirs.forEach((line, i) => {
        if (line === '') return;
        lines++;
        if (ours[i] !== line) different.push(`${program.name}: expected '${line}', got '${ours[i]}'`);
      });
    });
  }

  it('at least 95 % of the figures are those of the unix port', () => {
    if (different.length > 0) console.log(different.join('\n'));
    expect(lines).toBeGreaterThan(80);
    expect(different.length).toBeLessThanOrEqual(lines * 0.05);
  });
});

/**
 * Bytes that importing an example takes on the 32-bit unix port: the smallest heap in which it succeeds less an empty program's, and what
 * is in use after it less what is in an empty program; from source and from `.mpy`.
 */
const IMPORTS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  forth: [20304, 7760, 10288, 7824],
  adventure: [16832, 6336, 7472, 6368],
  calculator: [17168, 4576, 7664, 4560],
  json_parser: [18080, 5136, 8704, 5328],
  scheduler: [12896, 3056, 4128, 3040],
  shapes: [18736, 4592, 6752, 4592],
};

describe('importing', { timeout: 30_000 }, () => {
  const examples = new Map(corpusPrograms('examples').map((p) => [p.fileName.replace('.py', ''), p]));
  const encoder = new TextEncoder();

  /** Bytes in use at the end of a program on a heap of that size; undefined: it did not fit. */
  function used(text: string, files: ReadonlyMap<string, Uint8Array>, heap: number): number | undefined {
    const out = new Output();
    const board = new cli.Board({
      board: 'unix32',
      heap,
      stdout: out.write,
      stderr: () => undefined,
      folder: folderOf(files),
    });
    board.start(encoder.encode(`${text}import gc\ngc.collect()\nprint('used', gc.mem_alloc())\n`), 'main.py');
    board.runToEnd();
    const found = /^used (\d+)$/m.exec(out.text);
    return found === null ? undefined : Number(found[1]);
  }

  /** The smallest heap, to 64 bytes. */
  function smallest(text: string, files: ReadonlyMap<string, Uint8Array>): number {
    let low = 1024;
    let high = 128 * 1024;
    while (high - low > 64) {
      const heap = (low + high) >> 1;
      if (used(text, files, heap) === undefined) low = heap;
      else high = heap;
    }
    return high;
  }

  const none = new Map<string, Uint8Array>();
  const empty = { heap: smallest('', none), used: used('', none, 1 << 20) as number };

  // A few names that only one of the two has in ROM decide about when the pool of names doubles: one figure may be off for that.
  it('takes what it takes on the unix port, within 15 %, but for one figure', () => {
    const off: string[] = [];
    let figures = 0;
    for (const [name, theirs] of Object.entries(IMPORTS)) {
      const program = examples.get(name) as CorpusProgram;
      const text = `import ${name}\n`;
      const source = new Map([[`${name}.py`, program.source]]);
      const binary = new Map([[`${name}.mpy`, writeMpy(compile(program.source, { fileName: `${name}.py` }))]]);
      const ours = [source, binary].flatMap((files) => [
        smallest(text, files) - empty.heap,
        (used(text, files, 1 << 20) as number) - empty.used,
      ]);
      ours.forEach((bytes, i) => {
        figures++;
        if (Math.abs(bytes / (theirs[i] as number) - 1) > 0.15) off.push(`${name}: ${bytes} instead of ${theirs[i]}`);
      });
    }
    expect(figures).toBe(24);
    expect(off.length, off.join(', ')).toBeLessThanOrEqual(1);
  });
});
