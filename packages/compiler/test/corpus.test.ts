/** The conformance programs through the compiler and the tools for `.mpy` files. That the bytes are mpy-cross's is measured outside. */
import { disassemble, readMpy, verifyModule, writeMpy } from '@tsmp/mpy-format';
import { conformancePrograms } from '@tsmp-internal/testkit';
import { describe, expect, it } from 'vitest';
import { compile } from '../src/index.js';

describe('the files of the conformance programs', { timeout: 60_000 }, () => {
  it('are read, verified, listed and written back, at every level', () => {
    let count = 0;
    for (const program of conformancePrograms()) {
      for (const optLevel of [0, 3] as const) {
        const bytes = writeMpy(compile(program.source, { fileName: program.fileName, optLevel }));
        const { header, module, length } = readMpy(bytes);
        expect(length, program.name).toBe(bytes.length);
        verifyModule(module);
        disassemble(module);
        expect(Buffer.compare(writeMpy(module, header), bytes), program.name).toBe(0);
        count++;
      }
    }
    expect(count).toBeGreaterThan(500);
  });
});
