/**
 * Against mpy-cross over all of upstream's tests and micropython-lib. Runs where the oracle is: MPY_CROSS is its binary,
 * UPSTREAM and MPY_LIB are the checkouts.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { disassemble, formatFloat, parseFloatText, readMpy, verifyModule, writeMpy } from '../src/index.js';
import { chance } from './model-machine.js';

const { MPY_CROSS = '', UPSTREAM = '', MPY_LIB = '' } = process.env;

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name.startsWith('.') || name === 'lib') return [];
    return statSync(path).isDirectory() ? sources(path) : name.endsWith('.py') ? [path] : [];
  });
}

function compile(source: string, output: string, flags: string[]): Uint8Array | null {
  try {
    execFileSync(MPY_CROSS, [...flags, '-o', output, source], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return new Uint8Array(readFileSync(output));
}

describe.runIf(MPY_CROSS !== '')('what mpy-cross writes', () => {
  it('is read, listed, verified and written back', { timeout: 300_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'mpy-'));
    let count = 0;
    try {
      for (const source of [...sources(join(UPSTREAM, 'tests')), ...sources(MPY_LIB)]) {
        for (const flags of [[], ['-O3', '-march=armv7emsp']]) {
          const bytes = compile(source, join(folder, 'out.mpy'), flags);
          if (bytes === null) continue;
          const { header, module } = readMpy(bytes);
          expect(Buffer.compare(writeMpy(module, header), bytes), source).toBe(0);
          verifyModule(module);
          disassemble(module);
          count++;
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(count).toBeGreaterThan(3000);
  });

  it('has the floats that are written here', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mpy-'));
    const { writeFileSync } = await import('node:fs');
    const next = chance(11);
    const view = new DataView(new ArrayBuffer(8));
    const texts: string[] = [];
    for (let i = 0; i < 3000; i++) {
      for (let b = 0; b < 8; b++) view.setUint8(b, next(256));
      const value = Math.abs(view.getFloat64(0));
      if (Number.isFinite(value)) texts.push(value.toExponential(next(17) + 4));
      texts.push((next(1e9) / 10 ** next(12)).toFixed(12));
    }
    const source = join(folder, 'floats.py');
    writeFileSync(source, texts.map((text) => `x = (${text}, None)\n`).join(''));
    const bytes = compile(source, join(folder, 'out.mpy'), []);
    rmSync(folder, { recursive: true });
    if (bytes === null) throw new Error('mpy-cross failed');
    const written = new Set<string>();
    for (const constant of readMpy(bytes).module.constants) {
      const item = constant.kind === 'tuple' ? constant.items[0] : undefined;
      if (item?.kind === 'float') written.add(item.text ?? formatFloat(item.value));
    }
    for (const text of texts) expect(written.has(formatFloat(parseFloatText(text))), text).toBe(true);
  });
});
