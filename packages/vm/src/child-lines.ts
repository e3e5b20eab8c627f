/** Where the functions in a piece of code are made: for code objects, which only boards of the highest feature level have. */
import { decodePrelude, instructions, lineOfOffset } from '@tsmp/mpy-format';

/** The lines on which the `n` children of a function are made functions. */
export function childLines(code: Uint8Array, n: number): number[] {
  const prelude = decodePrelude(code);
  const lines = new Array<number>(n).fill(0);
  for (const i of instructions(code, prelude.opcodesStart)) {
    if (i.info.operand === 'child') lines[i.arg] = lineOfOffset(code, prelude, i.offset);
  }
  return lines;
}
