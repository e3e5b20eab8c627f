import { Lexer } from '@tsmp/lexer';
import { type Constant, decodePrelude, type RawCode, writeMpy } from '@tsmp/mpy-format';
import { describe, expect, it } from 'vitest';
import {
  analyse,
  compile,
  type CompileOptions,
  lineOf,
  offsetsOfLine,
  parse,
  type SyntaxNode,
  QstrPool,
} from '../src/index.js';

function show(node: SyntaxNode | null): string {
  if (node === null) return '-';
  switch (node.ruleName) {
    case 'id':
    case 'string':
    case 'token':
    case 'small_int':
      return `${node.ruleName}:${node.value}`;
    case 'const_object':
      return `const:${node.constant?.kind}`;
    default:
      return `${node.ruleName}(${node.nodes.map(show).join(' ')})`;
  }
}

function bytecode(source: string, options: CompileOptions = {}): string {
  const root = compile(source, options).root as RawCode;
  return Buffer.from(root.code.subarray(decodePrelude(root.code).opcodesStart)).toString('hex');
}

function constants(source: string, options: CompileOptions = {}): readonly Constant[] {
  return compile(source, options).constants;
}

describe('parse', () => {
  it('gives nodes with rules, lines and children', () => {
    const tree = parse('x = 1\nif x:\n  y\n');
    expect(tree.root.ruleName).toBe('file_input_2');
    const [first, second] = tree.root.nodes as [SyntaxNode, SyntaxNode];
    expect([first.ruleName, first.line, second.ruleName, second.line]).toEqual(['expr_stmt', 1, 'if_stmt', 2]);
    expect(tree.texts[(first.nodes[0] as SyntaxNode).value]).toBe('x');
  });

  it('leaves out rules that only pass on', () => {
    const { root } = parse('a + 1');
    expect(show(root)).toMatch(/^expr_stmt\(arith_expr\(id:\d+ token:63 small_int:1\) -\)$/);
  });

  it('folds constants', () => {
    expect(show(parse('x = (1, 2.0, ("a", None))').root)).toMatch(/^expr_stmt\(id:\d+ const:tuple\)$/);
    expect(show(parse('x = -(3 + 4) * 2').root)).toMatch(/^expr_stmt\(id:\d+ small_int:-14\)$/);
    expect(show(parse('x = 0 or y').root)).toMatch(/^expr_stmt\(id:\d+ id:\d+\)$/);
  });

  it('takes a lexer, with its own settings', () => {
    const lexer = new Lexer('async = 1', { asyncAwait: false, fileName: 'l.py' });
    expect(show(parse(lexer).root)).toMatch(/^expr_stmt/);
    expect(() => parse('async = 1')).toThrow('invalid syntax');
    expect(() => parse('async = 1', { asyncAwait: false })).not.toThrow();
  });

  it('can be followed by the other stages', () => {
    const tree = parse('def f(x): return x\n', { fileName: 'm.py' });
    expect(analyse(tree, { fileName: 'm.py' }).length).toBe(2);
    const direct = compile('def f(x): return x\n', { fileName: 'm.py' });
    expect(writeMpy(compile(tree, { fileName: 'm.py' }))).toEqual(writeMpy(direct));
  });

  it('refuses trees that it did not make', () => {
    const { root } = parse('a');
    expect(() => analyse({ root, texts: [] })).toThrow(TypeError);
  });
});

describe('analyse', () => {
  const scopes = analyse(
    parse(`import m
def f(a, *b, c=1, **d):
    e = [x + a for x in b]
    global g
    def h():
        nonlocal e
        e = len(g)
    yield h
class C:
    n = f
`),
  );

  it('finds the scopes in order, with their parents', () => {
    expect(scopes.map((scope) => [scope.kind, scope.name, scope.parent, scope.line])).toEqual([
      ['module', '<module>', -1, 1],
      ['function', 'f', 0, 2],
      ['class', 'C', 0, 9],
      ['listcomp', '<listcomp>', 1, 3],
      ['function', 'h', 1, 5],
    ]);
  });

  it('tells what each identifier is', () => {
    const kinds = (i: number) => scopes[i]?.identifiers.map((id) => `${id.parameter}${id.name}:${id.kind}@${id.slot}`);
    expect(kinds(0)).toEqual(['m:name@-1', 'f:name@-1', 'C:name@-1']);
    // The collecting parameter goes behind the keyword-only ones.
    expect(kinds(1)).toEqual([
      'plaina:cell@0',
      'plainc:local@1',
      '*b:local@2',
      '**d:local@3',
      'e:cell@5',
      'g:global@-1',
      'h:local@4',
    ]);
    expect(kinds(3)).toEqual([':local@1', 'x:local@2', 'a:free@0']);
    expect(kinds(4)).toEqual(['e:free@0', 'len:global@-1', 'g:global@-1']);
  });

  it('counts arguments and knows generators', () => {
    expect(scopes[1]).toMatchObject({ isGenerator: true, posArgs: 1, kwonlyArgs: 1, locals: 6 });
    expect(scopes[4]).toMatchObject({ isGenerator: false, posArgs: 1 });
  });
});

describe('options', () => {
  it('smallIntBits decides what is a constant object', () => {
    expect(constants('a = 1 << 40').length).toBe(1);
    expect(constants('a = 1 << 40', { smallIntBits: 63 }).length).toBe(0);
    expect(constants('a = 300', { smallIntBits: 9 })).toEqual([{ kind: 'int', value: 300n }]);
    expect(bytecode('a = 0x3fffffffffffffff', { smallIntBits: 63 })).toContain('22bfffffffffffffff7f');
  });

  it('hostBits decides whether the smallest small int folds to one', () => {
    expect(constants('a = -1073741824').length).toBe(0);
    expect(constants('a = -1073741824', { hostBits: 32 })).toEqual([{ kind: 'int', value: -(1n << 30n) }]);
    expect(constants('a = -1073741824 + 0', { hostBits: 32 }).length).toBe(0);
  });

  it('floatBits rounds literals and results', () => {
    const single = constants('a = 0.1; b = 0.1 + 0.2; c = 1e40; d = 16777217.0; e = 1e-45; f = 3.4e38', {
      floatBits: 32,
    });
    expect(single.map((constant) => (constant.kind === 'float' ? constant.value : null))).toEqual([
      Math.fround(0.1),
      Math.fround(Math.fround(0.1) + Math.fround(0.2)),
      Infinity,
      16777216,
      Math.fround(1.4e-45),
      Math.fround(3.4e38),
    ]);
  });

  it('kind single prints expressions', () => {
    const module = compile('1 + x\n', { kind: 'single' });
    expect(module.qstrs).toContain('__repl_print__');
    expect(compile('x\n').qstrs).not.toContain('__repl_print__');
    expect(() => compile('\n', { kind: 'single' })).not.toThrow();
    expect(() => compile('a\nb\n', { kind: 'single' })).toThrow('invalid syntax');
  });

  it('kind eval takes an expression and returns it', () => {
    expect(bytecode('1 + x', { kind: 'eval' })).toMatch(/^81.*63$/);
    expect(bytecode('1\n\n', { kind: 'eval' })).toBe('8163');
    expect(() => compile('a = 1', { kind: 'eval' })).toThrow('invalid syntax');
    expect(() => compile('', { kind: 'eval' })).toThrow('invalid syntax');
  });

  it('knownQstrs decides which long strings are interned', () => {
    const source = "a = 'a string of some length'";
    expect(constants(source).length).toBe(1);
    const pool = new QstrPool(['a string of some length']);
    expect(constants(source, { knownQstrs: pool }).length).toBe(0);
  });

  it('a pool grows with what is compiled', () => {
    const pool = new QstrPool();
    const source = "a = 'rather_long_name'";
    expect(constants(source, { knownQstrs: pool }).length).toBe(1);
    compile('rather_long_name = 1', { knownQstrs: pool });
    expect(constants(source, { knownQstrs: pool }).length).toBe(0);
  });

  it('sourceLines and optLevel 3 drop line numbers', () => {
    const size = (options: CompileOptions) => (compile('a\n\n\nb\n', options).root as RawCode).code.length;
    expect(size({ sourceLines: false })).toBe(size({ optLevel: 3 }));
    expect(size({})).toBeGreaterThan(size({ optLevel: 3 }));
  });

  it('docStrings keeps them', () => {
    expect(compile("'doc'\n", { docStrings: true }).qstrs).toContain('__doc__');
    expect(compile("\n\ndef f():\n  'doc'\n", { docStrings: true }).qstrs).not.toContain('__doc__');
    expect(compile("class A:\n  'doc'\n  x = 1\n", { docStrings: true }).qstrs).toContain('__doc__');
    expect(compile("'doc'\n").qstrs).not.toContain('__doc__');
  });

  it('allowNative compiles native functions as bytecode', () => {
    const source = '@micropython.native\ndef f(a): return a\n';
    const plain = compile('def f(a): return a\n', { sourceLines: false });
    expect(writeMpy(compile(source, { allowNative: true, sourceLines: false }))).toEqual(writeMpy(plain));
    expect(() => compile(source, { allowNative: false })).toThrow('invalid micropython decorator');
    const viper = '@micropython.viper\ndef f(): pass\n';
    expect(() => compile(viper, { allowNative: true })).toThrow('viper code is not supported');
    expect(() => compile(viper, { allowNative: false })).toThrow('invalid micropython decorator');
    for (const name of ['asm_thumb', 'asm_xtensa', 'asm_rv32']) {
      const other = `@micropython.${name}\ndef f(): pass\n`;
      expect(() => compile(other, { allowNative: true })).toThrow('inline assembler is not supported');
    }
  });

  it('topLevelAwait allows await in a module', () => {
    expect(() => compile('await a', { topLevelAwait: true })).not.toThrow();
  });

  it('orderedDictLiteral fills an OrderedDict in order', () => {
    expect(bytecode('OrderedDict({1: 2})', { orderedDictLiteral: true })).toBe('1102340082816259'.concat('5163'));
  });

  it('moduleConstants replaces the known ones', () => {
    const moduleConstants = (module: string, name: string): Constant | undefined =>
      module === 'errno' && name === 'EIO' ? { kind: 'int', value: 5n } : undefined;
    expect(bytecode('a = errno.EIO', { moduleConstants })).toBe('8516025163');
    expect(constants('a = math.pi', { moduleConstants })).toEqual([]);
  });

  it('fstrings and tstrings can be switched off', () => {
    expect(() => compile("f'{a}'", { fstrings: false })).toThrow('invalid syntax');
    expect(() => compile("t'{a}'", { tstrings: false })).toThrow('invalid syntax');
  });

  it('settrace adds the lines of handlers and class bodies', () => {
    const source = 'try:\n  a\nexcept B:\n  c\n';
    const size = (settrace: boolean) => (compile(source, { settrace }).root as RawCode).code.length;
    expect(size(true)).toBeGreaterThan(size(false));
  });
});

describe('positions', () => {
  const code = compile('a\nb(\n  c)\n\nd\n').root as RawCode;

  it('lead from bytecode to lines', () => {
    const { opcodesStart } = decodePrelude(code.code);
    expect(lineOf(code, opcodesStart)).toBe(1);
    expect(lineOf(code, code.code.length - 1)).toBe(5);
  });

  it('lead from lines to bytecode', () => {
    for (const line of [1, 2, 5]) {
      const ranges = offsetsOfLine(code, line);
      expect(ranges.length).toBe(1);
      for (const { start, end } of ranges) {
        for (let offset = start; offset < end; offset++) expect(lineOf(code, offset)).toBe(line);
      }
    }
    expect(offsetsOfLine(code, 4)).toEqual([]);
  });
});

describe('strings that are not UTF-8', () => {
  it('keep their bytes', () => {
    const source = Uint8Array.from([...Buffer.from("a = 'eleven byte"), 0xff, 0x39 - 0x12]);
    const [text] = constants(source as unknown as string);
    expect(text).toEqual({ kind: 'str', value: 'eleven byte\udcff' });
  });
});
