import { describe, expect, it } from 'vitest';
import { type CompiledModule, MpyVerifyError, readMpy, verifyModule } from '../src/index.js';
import { fn, moduleOf, type Parts } from './assemble.js';
import * as fixtures from './fixtures.js';

const NONE = 0x51;
const RETURN = 0x63;
const POP = 0x59;

function verdict(module: CompiledModule): string {
  try {
    verifyModule(module);
    return 'ok';
  } catch (error) {
    if (error instanceof MpyVerifyError) return error.code;
    throw error;
  }
}

/** What the verifier says of a function with these instructions. */
function of(opcodes: readonly number[], parts: Parts = {}): string {
  return verdict(moduleOf(fn(opcodes, parts), [{ kind: 'none' }]));
}

describe('verifyModule', () => {
  it('accepts what mpy-cross writes', () => {
    for (const { mpy } of Object.values(fixtures)) expect(verdict(readMpy(mpy).module)).toBe('ok');
  });

  it('says which function, where and why', () => {
    const child = fn([NONE, POP, POP, NONE, RETURN]);
    const module = moduleOf(fn([0x32, 0, RETURN], { names: [0], children: [child] }));
    expect(() => verifyModule(module)).toThrow('t.py.f+5: 1 stack entries needed, there are 0 (stack-underflow)');
  });

  it('wants a source file name', () => {
    expect(verdict({ qstrs: [], constants: [], root: fn([NONE, RETURN]) })).toBe('names');
  });
});

describe('preludes', () => {
  const body = [NONE, RETURN];

  it('have names that exist', () => {
    expect(of(body, { names: [2] })).toBe('names');
    expect(of(body, { nPosArgs: 1, names: [1, 2] })).toBe('names');
  });

  it('fit the code', () => {
    expect(verdict(moduleOf({ kind: 'bytecode', code: Uint8Array.of(0, 0x7e, 1), children: [] }))).toBe('prelude');
    expect(verdict(moduleOf({ kind: 'bytecode', code: new Uint8Array(0), children: [] }))).toBe('prelude');
    expect(of([])).toBe('instruction');
  });

  it('have room for the arguments', () => {
    expect(of(body, { nState: 3, nPosArgs: 2 })).toBe('ok');
    expect(of(body, { nState: 3, nPosArgs: 3 })).toBe('stack-overflow');
    expect(of(body, { nState: 3, nPosArgs: 2, nKwonlyArgs: 2 })).toBe('prelude');
    expect(of(body, { nState: 2, nPosArgs: 1, scopeFlags: 6 })).toBe('prelude');
    expect(of(body, { nState: 70000 })).toBe('prelude');
    expect(of(body, { nPosArgs: 1, nDefPosArgs: 2 })).toBe('prelude');
  });

  it('have whole line tables', () => {
    expect(of(body, { lines: [0x81, 0x10] })).toBe('ok');
    expect(of(body, { lines: [0x21, 0x81] })).toBe('prelude');
  });

  it('have cells that are locals, each once', () => {
    expect(of(body, { cells: [3] })).toBe('ok');
    expect(of(body, { cells: [8] })).toBe('local');
    expect(of(body, { cells: [3, 3] })).toBe('cell');
    expect(of(body, { nState: 4, cells: [3] })).toBe('stack-overflow');
  });
});

describe('instructions', () => {
  it('exist and are whole', () => {
    expect(of([0x00, NONE, RETURN])).toBe('instruction');
    expect(of([0xff, RETURN])).toBe('instruction');
    expect(of([NONE, RETURN, 0x11])).toBe('instruction');
    expect(of([NONE, RETURN, 0x11, 0x80])).toBe('instruction');
    expect(of([NONE, RETURN, 0x42, 0x80])).toBe('instruction');
    expect(of([NONE, RETURN, 0x20, 0])).toBe('instruction');
    expect(of([0x11, 0x80, 0x80, 0x80, 0x80, 0x80, 1, RETURN])).toBe('instruction');
    expect(of([0x22, ...new Array<number>(10).fill(0x80), 1, RETURN])).toBe('instruction');
    expect(of([0x22, 0x80, 0xff, 0x7f, RETURN])).toBe('ok');
  });

  it('name what exists, also where nothing reaches them', () => {
    expect(of([0x11, 1, RETURN])).toBe('ok');
    expect(of([0x11, 2, RETURN])).toBe('name');
    expect(of([0x23, 0, RETURN])).toBe('ok');
    expect(of([0x23, 1, RETURN])).toBe('constant');
    expect(of([0x32, 0, RETURN])).toBe('child');
    expect(of([0xb7, RETURN])).toBe('stack-overflow');
    expect(of([0xb6, RETURN])).toBe('ok');
    expect(of([0xb8, RETURN])).toBe('local');
    expect(of([0x24, 8, RETURN])).toBe('local');
    expect(of([NONE, RETURN, 0x11, 2, RETURN])).toBe('name');
  });

  it('have counts that make sense', () => {
    expect(of([NONE, NONE, 0x2e, 2, RETURN])).toBe('ok');
    expect(of([NONE, 0x2e, 1, RETURN])).toBe('operand');
    expect(of([0x2a, 0x84, 0x80, 0, RETURN])).toBe('operand');
    expect(of([NONE, 0x34, 0x84, 0x80, 0, RETURN])).toBe('operand');
    expect(of([NONE, NONE, 0x2f, 4, RETURN])).toBe('ok');
    expect(of([NONE, NONE, 0x2f, 7, RETURN])).toBe('operand');
    expect(of([NONE, NONE, 0x2f, 8, RETURN])).toBe('stack-underflow');
  });

  it('end with something that does not go on', () => {
    expect(of([NONE])).toBe('fall-through');
    expect(of([NONE, 0x43, 0x40])).toBe('jump');
  });

  it('yield in generators only', () => {
    expect(of([NONE, 0x67, RETURN], { scopeFlags: 1 })).toBe('ok');
    expect(of([NONE, 0x67, RETURN])).toBe('yield');
    expect(of([NONE, NONE, 0x68, RETURN])).toBe('yield');
  });
});

describe('jumps', () => {
  it('lead to instructions', () => {
    expect(of([NONE, 0x43, 0x40, NONE, RETURN])).toBe('ok');
    expect(of([NONE, 0x43, 0x41, 0x11, 1, RETURN])).toBe('jump');
    expect(of([NONE, 0x43, 0x50, NONE, RETURN])).toBe('jump');
    expect(of([NONE, 0x43, 0x39, NONE, RETURN])).toBe('jump');
    // Backwards to itself, with one and with two bytes.
    expect(of([0x42, 0x3e])).toBe('ok');
    expect(of([0x42, 0xfd, 0x7f])).toBe('ok');
  });

  it('come to places with one depth', () => {
    // if x: push, push, else push
    expect(of([NONE, 0x44, 0x43, NONE, 0x42, 0x41, NONE, RETURN])).toBe('ok');
    expect(of([NONE, 0x44, 0x44, NONE, NONE, 0x42, 0x41, NONE, RETURN])).toBe('stack-merge');
    // a loop that grows
    expect(of([NONE, 0x42, 0x3d])).toBe('stack-merge');
  });
});

describe('the stack', () => {
  it('is not popped when empty', () => {
    expect(of([RETURN])).toBe('stack-underflow');
    expect(of([POP, NONE, RETURN])).toBe('stack-underflow');
    expect(of([NONE, 0x57, POP, POP, NONE, RETURN])).toBe('ok');
    expect(of([0x57, RETURN])).toBe('stack-underflow');
    expect(of([NONE, 0x58, RETURN])).toBe('stack-underflow');
    expect(of([NONE, NONE, 0x5b, RETURN])).toBe('stack-underflow');
    expect(of([NONE, NONE, 0x62, NONE, RETURN])).toBe('stack-underflow');
    expect(of([NONE, NONE, NONE, 0x4b, 0x00, RETURN])).toBe('stack-underflow');
  });

  it('does not grow into the locals', () => {
    expect(of([NONE, NONE, NONE, RETURN], { nState: 3 })).toBe('ok');
    expect(of([NONE, NONE, NONE, NONE, RETURN], { nState: 3 })).toBe('stack-overflow');
    expect(of([NONE, 0xc0, NONE, NONE, RETURN], { nState: 3 })).toBe('ok');
    expect(of([NONE, 0xc0, NONE, NONE, NONE, RETURN], { nState: 3 })).toBe('stack-overflow');
    expect(of([NONE, 0x5f, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN], { nState: 5 })).toBe('ok');
    expect(of([NONE, 0x5f, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN], { nState: 4 })).toBe('stack-overflow');
  });
});

describe('iterators', () => {
  const ITER = 0x5f; // GET_ITER_STACK
  // for x in None: pass
  const loop = [NONE, ITER, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN];
  // NULL, local 0, NULL, NULL: how a comprehension lays out what it was given
  const laid = [0x53, 0xb0, 0x53, 0x53];

  it('are what loops run over', () => {
    expect(of(loop)).toBe('ok');
    expect(of([...laid, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN], { nPosArgs: 1 })).toBe('ok');
    // four entries that are none
    expect(of([NONE, NONE, NONE, NONE, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN])).toBe('iterator');
    expect(of([0x53, NONE, 0x53, 0x53, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN])).toBe('iterator');
    // something on top of it
    expect(of([NONE, ITER, NONE, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN])).toBe('iterator');
  });

  it('are dropped entry by entry, and not otherwise', () => {
    expect(of([NONE, ITER, POP, POP, POP, POP, NONE, RETURN])).toBe('ok');
    expect(of([NONE, ITER, POP, POP, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN])).toBe('stack-underflow');
    expect(of([NONE, NONE, NONE, ITER, POP, POP, 0x4b, 0x03, POP, 0x42, 0x3b, NONE, RETURN])).toBe('iterator');
    expect(of([NONE, ITER, RETURN])).toBe('stack-floor');
    expect(of([NONE, ITER, 0xc0, NONE, RETURN])).toBe('stack-floor');
  });

  it('are not looked at', () => {
    expect(of([NONE, ITER, 0x57, RETURN])).toBe('stack-floor');
    expect(of([NONE, ITER, 0x5a, NONE, RETURN])).toBe('stack-floor');
    expect(of([NONE, ITER, NONE, NONE, 0x62, NONE, RETURN])).toBe('stack-floor');
    expect(of([NONE, ITER, 0x1c, 0, RETURN])).toBe('stack-floor');
  });

  it('may have a collection below them to add to', () => {
    expect(of([0x2b, 0, NONE, ITER, 0x4b, 0x04, 0x2f, 0x14, 0x42, 0x3a, RETURN])).toBe('ok');
    expect(of([0x2b, 0, NONE, ITER, 0x4b, 0x04, 0x2f, 0x10, 0x42, 0x3a, RETURN])).toBe('stack-floor');
    expect(of([0x2b, 0, NONE, ITER, 0x4b, 0x04, 0x2f, 0x04, 0x42, 0x3a, RETURN])).toBe('stack-floor');
  });

  it('are the same on all ways to a place', () => {
    // an iterator on one way, four Nones on the other
    const other = [NONE, NONE, NONE, NONE];
    expect(of([NONE, 0x44, 0x44, NONE, ITER, 0x42, 0x44, ...other, POP, POP, POP, POP, NONE, RETURN])).toBe(
      'block-merge',
    );
  });
});

describe('methods', () => {
  it('are called with the self that they were loaded with', () => {
    expect(of([NONE, 0x14, 0, 0x36, 0, RETURN])).toBe('ok');
    expect(of([NONE, 0x14, 0, NONE, 0x36, 1, RETURN])).toBe('ok');
    // only one of the two entries taken, both moved, copied, or called as a function
    expect(of([NONE, 0x14, 0, POP, RETURN])).toBe('stack-floor');
    expect(of([NONE, 0x14, 0, 0x5a, 0x36, 0, RETURN])).toBe('stack-floor');
    expect(of([NONE, 0x14, 0, 0x58, 0x36, 0, RETURN])).toBe('stack-floor');
    expect(of([NONE, 0x14, 0, 0x34, 1, RETURN])).toBe('stack-floor');
    // an argument too many taken
    expect(of([NONE, NONE, 0x14, 0, 0x36, 1, RETURN])).toBe('stack-floor');
  });
});

describe('cells', () => {
  const inner = fn([0x25, 0, RETURN], { nPosArgs: 1 });
  const closed: Parts = { cells: [0], children: [inner] };

  it('are used as cells, and nothing else is', () => {
    expect(of([NONE, 0x27, 0, 0x25, 0, RETURN], { cells: [0] })).toBe('ok');
    expect(of([0x25, 0, RETURN])).toBe('cell');
    expect(of([0x29, 0, NONE, RETURN])).toBe('cell');
    expect(of([NONE, 0xc0, NONE, RETURN], { cells: [0] })).toBe('cell');
    expect(of([0x28, 0, NONE, RETURN], { cells: [0] })).toBe('cell');
  });

  it('are what closures are made of', () => {
    expect(of([0xb0, 0x20, 0, 1, RETURN], closed)).toBe('ok');
    expect(of([NONE, 0x20, 0, 1, RETURN], closed)).toBe('closure');
    expect(of([0xb1, 0x20, 0, 1, RETURN], closed)).toBe('closure');
    expect(of([0x20, 0, 1, RETURN], closed)).toBe('closure');
    expect(of([0xb0, 0xb0, 0x20, 0, 2, RETURN], closed)).toBe('closure');
    // made once as a closure and once without cells
    expect(of([0xb0, 0x20, 0, 1, POP, 0x32, 0, RETURN], closed)).toBe('closure');
    // as a plain function its argument is no cell
    expect(of([0x32, 0, RETURN], closed)).toBe('cell');
    // a jump past the loading of the cell
    expect(of([NONE, 0x57, 0x43, 0x42, POP, 0xb0, 0x20, 0, 1, RETURN], closed)).toBe('closure');
  });

  it('may be arguments of functions that nothing makes', () => {
    expect(of([NONE, RETURN], closed)).toBe('ok');
  });

  it('come with the defaults a child has', () => {
    const child = fn([NONE, RETURN], { nPosArgs: 1, nDefPosArgs: 1 });
    expect(of([0x32, 0, RETURN], { children: [child] })).toBe('defaults');
    expect(of([NONE, 0x2a, 1, 0x53, 0x33, 0, RETURN], { children: [child] })).toBe('ok');
    const keyword = fn([NONE, RETURN], { nKwonlyArgs: 1, scopeFlags: 8 });
    expect(of([0x32, 0, RETURN], { children: [keyword] })).toBe('defaults');
  });
});

describe('exception blocks', () => {
  const one: Parts = { nExcStack: 1 };
  // try: pass; except: pass
  const tryExcept = [0x48, 0x02, 0x4a, 0x04, POP, 0x4a, 0x01, 0x5d, NONE, RETURN];
  // try: pass; finally: pass
  const tryFinally = [0x49, 0x01, NONE, 0x5d, NONE, RETURN];
  // with None: pass
  const withNone = [NONE, 0x47, 0x02, POP, NONE, 0x5c, 0x5d, NONE, RETURN];

  it('are accepted in their plain forms', () => {
    expect(of(tryExcept, one)).toBe('ok');
    expect(of(tryFinally, one)).toBe('ok');
    expect(of(withNone, one)).toBe('ok');
  });

  it('fit the exception stack', () => {
    expect(of(tryExcept)).toBe('block-depth');
    expect(of([0x49, 0x05, 0x49, 0x01, NONE, 0x5d, NONE, 0x5d, NONE, RETURN], one)).toBe('block-depth');
    expect(of([0x49, 0x05, 0x49, 0x01, NONE, 0x5d, NONE, 0x5d, NONE, RETURN], { nExcStack: 2 })).toBe('ok');
  });

  it('are ended only where they are open', () => {
    expect(of([NONE, 0x5d, NONE, RETURN], one)).toBe('block-order');
    expect(of([0x4a, 0x00, NONE, RETURN], one)).toBe('block-order');
    expect(of([NONE, NONE, NONE, 0x5c, 0x5d, NONE, RETURN], one)).toBe('block-order');
    // POP_EXCEPT_JUMP out of a finally, END_FINALLY in a body
    expect(of([0x49, 0x02, 0x4a, 0x01, 0x5d, NONE, RETURN], one)).toBe('block-order');
    expect(of([0x49, 0x04, NONE, 0x5d, NONE, RETURN, 0x5d, NONE, RETURN], one)).toBe('block-order');
  });

  it('start with a cause that the interpreter made', () => {
    // a small int instead of None in front of the finally part
    expect(of([0x49, 0x01, 0x80, 0x5d, NONE, RETURN], one)).toBe('handler-entry');
    expect(of([0x49, 0x02, NONE, NONE, 0x5d, NONE, RETURN], one)).toBe('handler-entry');
    // falling into an except clause
    expect(of([0x48, 0x01, NONE, POP, 0x4a, 0x00, NONE, RETURN], one)).toBe('block-range');
    // the exception replaced, then END_FINALLY
    expect(of([0x48, 0x02, 0x4a, 0x03, POP, 0x80, 0x5d, NONE, RETURN], one)).toBe('block-order');
  });

  it('keep what they need on the stack', () => {
    // the body pops what was there before
    expect(of([NONE, 0x49, 0x02, POP, NONE, 0x5d, NONE, RETURN], one)).toBe('stack-floor');
    // WITH_CLEANUP with something above the cause
    expect(of([NONE, 0x47, 0x02, POP, NONE, NONE, 0x5c, 0x5d, NONE, RETURN], one)).toBe('block-depth');
    // and something between it and END_FINALLY
    expect(of([NONE, 0x47, 0x02, POP, NONE, 0x5c, POP, NONE, RETURN], one)).toBe('with-cleanup');
    // an except clause left with the exception still there, or with something more
    expect(of([0x48, 0x02, 0x4a, 0x02, 0x4a, 0x00, NONE, RETURN], one)).toBe('block-order');
    expect(of([0x48, 0x02, 0x4a, 0x04, POP, NONE, 0x4a, 0x00, NONE, RETURN], one)).toBe('block-depth');
    // a return that takes the cause of a finally part as its value
    expect(of([0x49, 0x01, NONE, RETURN], one)).toBe('block-order');
  });

  it('have room for the cause as two words', () => {
    expect(of([0x49, 0x01, NONE, 0x57, POP, 0x5d, NONE, RETURN], { nExcStack: 1, nState: 3 })).toBe('ok');
    expect(of([0x49, 0x01, NONE, 0x57, POP, 0x5d, NONE, RETURN], { nExcStack: 1, nState: 2 })).toBe('stack-overflow');
    expect(of(withNone, { nExcStack: 1, nState: 5 })).toBe('ok');
    expect(of(withNone, { nExcStack: 1, nState: 4 })).toBe('stack-overflow');
  });

  it('are not jumped into or out of', () => {
    // out of the body past the handler
    expect(of([0x49, 0x05, 0x42, 0x45, NONE, 0x42, 0x40, 0x5d, NONE, RETURN], one)).toBe('block-range');
    // two ways to one place, one of them with a block open
    expect(of([NONE, 0x43, 0x42, 0x49, 0x01, NONE, 0x5d, NONE, RETURN], one)).toBe('block-merge');
  });

  it('are unwound as many as are open', () => {
    // while True: try: break; finally: pass
    const loop = (extra: number): number[] => [0x49, 0x04, 0x40, 0x43, extra, NONE, 0x5d, 0x42, 0x37, NONE, RETURN];
    expect(of(loop(1), one)).toBe('ok');
    expect(of(loop(0), one)).toBe('operand');
    expect(of(loop(2), one)).toBe('block-order');
    expect(of(loop(0x81), one)).toBe('stack-floor');
    // with something on the stack that the finally part would take for its cause
    expect(of([0x49, 0x05, NONE, 0x40, 0x42, 1, NONE, 0x5d, NONE, RETURN], one)).toBe('block-depth');
  });

  it('are all closed by a return', () => {
    expect(of([0x49, 0x02, NONE, RETURN, 0x5d, NONE, RETURN], one)).toBe('ok');
    expect(of([NONE, 0x47, 0x01, RETURN, 0x5c, 0x5d, NONE, RETURN], one)).toBe('ok');
    expect(of([NONE, 0x47, 0x02, POP, NONE, NONE, RETURN], one)).toBe('block-order');
  });
});

describe('size', () => {
  it('costs linear time', () => {
    const make = (n: number): CompiledModule => {
      const body: number[] = [];
      for (let i = 0; i < n; i++) body.push(0x49, 0x01, NONE, 0x5d, NONE, 0x43, 0x40);
      return moduleOf(fn([...body, NONE, RETURN], { nExcStack: 1 }));
    };
    const best = (module: CompiledModule): number => {
      let least = Infinity;
      for (let i = 0; i < 7; i++) {
        const start = performance.now();
        verifyModule(module);
        least = Math.min(least, performance.now() - start);
      }
      return least;
    };
    const [small, large] = [make(500), make(10_000)];
    best(small);
    // 20 times the code; quadratic would be 400 times the time. Below a few milliseconds the machine's other work decides.
    expect(best(large)).toBeLessThan(Math.max(best(small), 3) * 250);
  });
});
