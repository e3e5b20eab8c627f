import { describe, expect, it } from 'vitest';
import { program } from './program.js';

/** Bytes of heap that running `body` takes, when it runs for the second time. */
function used(body: string, board = 'unix32'): number {
  const lines = body.split('\n').map((l) => `  ${l}`);
  const source = `
import gc
gc.disable()
def f(n=0, l=[]):
  before = gc.mem_alloc()
${lines.join('\n')}
  return gc.mem_alloc() - before
f()
print(f())
`;
  return Number(program(source, { board }));
}
const raising = (statement: string): number => used(`try: ${statement}\nexcept Exception: pass`);

describe('heap bytes, as measured on the 32-bit unix port', () => {
  it('takes no memory for fixed messages', () => {
    expect(raising('1 // n')).toBe(64);
  });
  it('takes what MicroPython takes for messages that are filled in', () => {
    expect(raising('n.nope')).toBe(128);
    expect(raising('nope')).toBe(112);
    expect(raising('l[3]')).toBe(112);
    expect(raising("1 + 'a'")).toBe(128);
  });
  it('leaves the compiler’s tables of names and constants behind', () => {
    expect(used("x = eval('1 + 2')")).toBe(112);
    expect(used("exec('pass')")).toBe(112);
    expect(used('exec(\'x=1234567890123\\ny="sdf sdf sdf"\\n\')')).toBe(192);
  });
});
