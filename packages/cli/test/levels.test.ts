/** What programs see of a board's feature level: operators that exist at the highest one only. */
import { expect, it } from 'vitest';
import { cli, Output } from './programs.js';

function run(board: string, source: string): string {
  const out = new Output();
  const b = new cli.Board({ board, stdout: out.write });
  b.start(new TextEncoder().encode(source), 'level.py');
  expect(b.runToEnd().reason).toBe('done');
  return out.text;
}

const SOURCE = `class V:
    def __imul__(self, o): return 'imul'
    def __isub__(self, o): return 'isub'
class L(list):
    def __or__(self, o): return 'or'
def change(v, op):
    ns = {'v': v}
    try:
        exec('v ' + op + ' 2', ns)
        return ns['v']
    except TypeError as e:
        return str(e)
print(change(V(), '*='), '|', change(V(), '-='), '|', change(L(), '|='))
print(range(3) == range(0, 3), range(3) != range(4))
`;

it('in-place operators and equal ranges', () => {
  // what the 32-bit unix port prints, built at the two levels
  expect(run('unix32', SOURCE)).toBe(
    "unsupported types for __mul__: 'V', 'int' | isub | unsupported types for __or__: 'list', 'int'\nFalse True\n",
  );
  expect(run('coverage32', SOURCE)).toBe("imul | isub | unsupported types for __or__: 'list', 'int'\nTrue True\n");
});
