/**
 * Files that were damaged: reading, listing and verifying them ends in a result or a typed error, soon; and what is
 * accepted keeps within its stack.
 */
import { describe, expect, it } from 'vitest';
import {
  type AnyCode,
  disassemble,
  formatListing,
  MpyFormatError,
  MpyVerifyError,
  readMpy,
  verifyModule,
  writeMpy,
} from '../src/index.js';
import { moduleOf } from './assemble.js';
import * as fixtures from './fixtures.js';
import { type Chance, chance, ModelMachine } from './model-machine.js';

const files = Object.values(fixtures).map((fixture) => fixture.mpy);

function damage(bytes: Uint8Array, next: Chance): Uint8Array {
  let out = bytes.slice();
  for (let n = 1 + next(3); n > 0; n--) {
    const at = next(out.length);
    const how = next(6);
    if (how < 4) out[at] = next(256);
    else if (how === 4) out = Uint8Array.from([...out.subarray(0, at), next(256), ...out.subarray(at)]);
    else out = out.slice(0, at + 1);
  }
  return out;
}

/** What all the tools say: 'ok' or a typed error's code. Any other error is thrown. */
function outcome(bytes: Uint8Array): string {
  try {
    const { header, module } = readMpy(bytes);
    writeMpy(module, { ...header, arch: header.arch || 1 });
    try {
      formatListing(disassemble(module));
    } catch (error) {
      if (!(error instanceof MpyFormatError)) throw error;
    }
    verifyModule(module);
    return 'ok';
  } catch (error) {
    if (error instanceof MpyFormatError || error instanceof MpyVerifyError) return error.code;
    throw error;
  }
}

function runAll(code: AnyCode, qstrs: readonly string[], next: Chance): void {
  if (code.kind === 'bytecode') for (let i = 0; i < 20; i++) new ModelMachine(code, qstrs, next).run(120);
  for (const child of code.children) runAll(child, qstrs, next);
}

describe('damaged files', () => {
  it('end in a result or a typed error', () => {
    const next = chance(1);
    const seen = new Set<string>();
    for (let i = 0; i < 600; i++) seen.add(outcome(damage(files[next(files.length)] as Uint8Array, next)));
    expect(seen.has('ok')).toBe(true);
    expect(seen.size).toBeGreaterThan(20);
  });

  it('end so at every length', () => {
    for (const file of files) {
      for (let length = 0; length < file.length; length++) {
        expect(() => readMpy(file.subarray(0, length))).toThrow(MpyFormatError);
      }
    }
  });

  it('keep within their stacks when they are accepted', () => {
    const next = chance(2);
    let accepted = 0;
    for (let i = 0; i < 800; i++) {
      const bytes = damage(files[next(3)] as Uint8Array, next);
      let module: ReturnType<typeof readMpy>['module'];
      try {
        module = readMpy(bytes).module;
        verifyModule(module);
      } catch {
        continue;
      }
      accepted++;
      runAll(module.root, module.qstrs, next);
    }
    expect(accepted).toBeGreaterThan(30);
  });

  it('stay within their stacks when they are not damaged', () => {
    const next = chance(3);
    for (const file of files) {
      const { module } = readMpy(file);
      verifyModule(module);
      for (let i = 0; i < 10; i++) runAll(module.root, module.qstrs, next);
    }
  });
});

describe('lengths', () => {
  const head = [0x4d, 6, 0, 31];

  it('are checked before anything is allocated', () => {
    const huge = [0x8f, 0xff, 0xff, 0xff, 0x7e];
    for (const tail of [
      [...huge, 0],
      [0, ...huge],
      [1, 0, ...huge],
      [0, 1, 5, ...huge],
      [0, 1, 10, ...huge],
      [0, 0, ...huge],
    ]) {
      expect(() => readMpy(Uint8Array.from([...head, ...tail]))).toThrow(/truncated/);
    }
    expect(() => readMpy(Uint8Array.from([...head, 0x9f, 0xff, 0xff, 0xff, 0xff, 0x7f]))).toThrow(/too-large/);
  });

  it('of nested tuples and functions are limited', () => {
    const tuples = Uint8Array.from([...head, 0, 1, ...new Array(1000).fill([10, 1]).flat(), 1]);
    expect(() => readMpy(tuples)).toThrow(/too-deep/);
    const functions = Uint8Array.from([...head, 0, 0, ...new Array(1000).fill([4, 1]).flat(), 0]);
    expect(() => readMpy(functions)).toThrow(/too-deep/);
    let code: AnyCode = { kind: 'bytecode', code: Uint8Array.of(0, 2, 1, 0x51, 0x63), children: [] };
    for (let i = 0; i < 300; i++) code = { ...code, children: [code] };
    expect(() => verifyModule(moduleOf(code))).toThrow(/nesting/);
    expect(() => disassemble(moduleOf(code))).toThrow(/too-deep/);
  });

  it('of ints are limited', () => {
    const digits = new Array<number>(70000).fill(0x39);
    expect(() => readMpy(Uint8Array.from([...head, 0, 1, 7, 0x84, 0xa2, 0x70, ...digits, 0]))).toThrow(/bad-number/);
  });
});
