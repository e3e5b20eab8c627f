import { describe, expect, it } from 'vitest';
import {
  type CompiledModule,
  disassemble,
  type FunctionListing,
  mergeModules,
  readMpy,
  verifyModule,
  writeMpy,
} from '../src/index.js';
import { fn, moduleOf } from './assemble.js';
import * as fixtures from './fixtures.js';

const blocks = readMpy(fixtures.blocks.mpy).module;
const tasks = readMpy(fixtures.tasks.mpy).module;
const values = readMpy(fixtures.values.mpy).module;
const fast = readMpy(fixtures.fast.mpy).module;

/** The instructions of a function and those inside it, without offsets. */
function meaning(listing: FunctionListing): string[] {
  const own = listing.instructions.map((instruction) => {
    const at = listing.instructions.findIndex((other) => other.offset === instruction.target);
    return `${instruction.name} ${at < 0 ? instruction.operand : at} ${instruction.extra ?? ''}`;
  });
  return [listing.signature, ...own, ...listing.children.flatMap(meaning)];
}

describe('mergeModules', () => {
  it('makes a body that runs all of them', () => {
    const merged = mergeModules([moduleOf(fn([0x51, 0x63])), moduleOf(fn([0x11, 1, 0x63]))]);
    expect(merged.qstrs).toEqual(['t.py', 'f', 't.py', 'f']);
    expect([...merged.root.code]).toEqual([0, 2, 0, 0x32, 0, 0x34, 0, 0x59, 0x32, 1, 0x34, 0, 0x59, 0x51, 0x63]);
    expect([...(merged.root.children[1]?.code ?? [])].slice(-3)).toEqual([0x11, 3, 0x63]);
  });

  it('keeps what every function does', () => {
    const parts = [blocks, tasks, values, tasks];
    const merged = mergeModules(parts);
    verifyModule(merged);
    expect(readMpy(writeMpy(merged)).module).toEqual(merged);
    const { children } = disassemble(merged).root;
    parts.forEach((part, i) => {
      expect(meaning(children[i] as FunctionListing)).toEqual(meaning(disassemble(part).root));
    });
  });

  it('lays jumps out again where operands have become longer', () => {
    // One more byte for each name makes the distance too long for one byte.
    const body: number[] = [0x51, 0x43, 0x7e];
    for (let i = 0; i < 20; i++) body.push(0x11, 1, 0x59);
    const names = new Array<string>(200).fill('x');
    const filler: CompiledModule = { qstrs: names, constants: [], root: fn([0x51, 0x63], { names: [1] }) };
    const merged = mergeModules([filler, moduleOf(fn([...body, 0x51, 0x63, 0x51, 0x63]))]);
    verifyModule(merged);
    const { instructions } = disassemble(merged).root.children[1] as FunctionListing;
    expect(instructions[1]?.bytes).toMatch(/^43d2/);
    expect(instructions[1]?.target).toBe(instructions[instructions.length - 2]?.offset);
  });

  it('puts the one with native code first', () => {
    const merged = mergeModules([blocks, fast]);
    expect(merged.qstrs[0]).toBe('fast.py');
    expect(merged.root.children[0]).toBe(fast.root);
    expect(() => mergeModules([fast, fast])).toThrow(/more than one/);
  });

  it('needs a module, and returns a single one as it is', () => {
    expect(mergeModules([blocks])).toBe(blocks);
    expect(() => mergeModules([])).toThrow(/at least one/);
  });
});
