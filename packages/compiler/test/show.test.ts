import { formatBytecode } from '@tsmp/mpy-format';
import { describe, expect, it } from 'vitest';
import { compile, compileInStages, formatParseTree, parse } from '../src/index.js';

/** All opcodes with operands of each kind, and functions that are not compiled in the order in which they are made. */
const SOURCE = `def f(a, *b, k=lambda: 1):
    def g():
        return a
    x = -a + 1000 if not a else b'bytes'
    for i in a:
        try:
            if i: continue
        finally:
            del x
    return g(1, k=2), a.m(*b), k
class C: pass
`;

describe('compileInStages', () => {
  it('compiles as compile does, and lists the functions as MicroPython does', () => {
    const seen: unknown[] = [];
    const { tree, module, functions } = compileInStages(SOURCE, { fileName: 'm.py' }, (t) => seen.push(t));
    expect(module).toEqual(compile(SOURCE, { fileName: 'm.py' }));
    expect(seen).toEqual([tree]);
    const blocks = [...formatBytecode(module, functions).matchAll(/code block '(.*)' /g)].map((m) => m[1]);
    // the lambda is made before f, but found after it
    expect(blocks).toEqual(['<module>', 'f', '<lambda>', 'C', 'g']);
  });

  it('gives the tree also of what cannot be compiled', () => {
    const seen: unknown[] = [];
    expect(() => compileInStages('return\n', {}, (t) => seen.push(t))).toThrow("'return' outside function");
    expect(seen.length).toBe(1);
  });
});

describe('formatBytecode', () => {
  it('prints a function as MicroPython does', () => {
    const { module, functions } = compileInStages('def f(a):\n    return lambda: a + 2.5\n', { fileName: 'm.py' });
    const text = formatBytecode(module, functions);
    expect(text.slice(text.indexOf("File m.py, code block '<lambda>'"))).toBe(
      `File m.py, code block '<lambda>' (descriptor: #2, bytecode @#2 11 bytes)
Raw bytecode (code_info_size=5, bytecode_size=6):
 11 06 03 05 20 25 00 23 00 f2 63
arg names: *
(N_STATE 3)
(N_EXC_STACK 0)
  bc=0 line=1
  bc=0 line=2
00 LOAD_DEREF 0
02 LOAD_CONST_OBJ #0=2.5
04 BINARY_OP 27 __add__
05 RETURN_VALUE
`,
    );
    expect(text).toContain('(INIT_CELL 0)\n');
    expect(text).toContain('00 LOAD_FAST 0\n01 MAKE_CLOSURE #2 1\n');
  });

  it('prints every kind of operand', () => {
    const { module, functions } = compileInStages(SOURCE, { fileName: 'm.py' });
    const text = formatBytecode(module, functions);
    for (const line of [
      'UNARY_OP 1 __neg__',
      'LOAD_CONST_SMALL_INT 1000',
      "LOAD_CONST_OBJ #0=b'bytes'",
      'CALL_FUNCTION n=1 nkw=1',
      'CALL_METHOD_VAR_KW n=1 nkw=0',
      "LOAD_CONST_STRING 'C'",
      'MAKE_FUNCTION_DEFARGS #1',
    ]) {
      expect(text).toMatch(new RegExp(`^\\d\\d+ ${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm'));
    }
    expect(text).toMatch(/UNWIND_JUMP \d+ \d+\n/);
  });
});

describe('formatParseTree', () => {
  it('prints nodes with the numbers that MicroPython gives their rules', () => {
    expect(formatParseTree(parse('for i in ():\n    pass\nx = (1.5, "s")\ndef f(): return "text"\n'))).toBe(
      `[   1] file_input_2(1) (n=3)
[   1]   for_stmt(22) (n=4)
           id(i)
[   1]     atom_paren(45) (n=1)
             NULL
[   2]     pass_stmt(8) (n=0)
           NULL
[   3]   expr_stmt(5) (n=2)
           id(x)
[   3]     literal const(#0)=(1.5, 's')
[   4]   funcdef(3) (n=5)
           id(f)
           NULL
           NULL
[   4]     return_stmt(11) (n=1)
             str(text)
           NULL
`,
    );
  });
});
