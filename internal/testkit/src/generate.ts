/**
 * Random programs of MicroPython, by grammar and from a seed: statements, expressions, functions, classes, generators,
 * exceptions, containers, text. Every program ends, prints what it computes, and prints the same in every run.
 *
 * What the reference's older release is known to do otherwise is left out here, or excused in differential.ts; docs/fuzzing.md
 * has the list with reasons.
 *
 * The file is long because it is one grammar: its productions call one another all over, and are read side by side.
 */
import { generateProbes } from './generate-probes.js';
import type { Random } from './random.js';

type Kind = 'int' | 'float' | 'str' | 'bytes' | 'list' | 'tuple' | 'dict' | 'set' | 'bool' | 'obj';

const KINDS: readonly Kind[] = [
  'int',
  'int',
  'int',
  'float',
  'str',
  'str',
  'bytes',
  'list',
  'list',
  'tuple',
  'dict',
  'set',
  'bool',
  'obj',
];
const INTS = [
  '0',
  '1',
  '2',
  '3',
  '-1',
  '-2',
  '7',
  '10',
  '255',
  '256',
  '-129',
  '1073741823',
  '1073741824',
  '-1073741824',
  '-1073741825',
  '2147483647',
  '4294967296',
  '12345678901234567890',
  '-98765432109876543210',
  '(1 << 64)',
  '(1 << 100) - 1',
  '0x7fffffff',
  '0b1011',
  '0o777',
  '10**15',
  '-(1 << 62)',
];
const FLOATS = [
  '0.0',
  '1.0',
  '-1.5',
  '0.1',
  '2.5',
  '3.25',
  '1e10',
  '1e-5',
  '123456.789',
  '-0.0',
  '1e100',
  '0.3333',
  '1e16',
  '7e-10',
  "float('inf')",
  "float('nan')",
];
const STRS = [
  "''",
  "'a'",
  "'abc'",
  "'Hello, World'",
  "'  x y  '",
  "'a,b,,c'",
  "'aXbX'",
  "'12'",
  "'-3.5'",
  "'x\\ny\\tz'",
  "'ab' 'cd'",
  "'zz' * 3",
  '"it\'s"',
  "r'\\d'",
  "'0xff'",
  "'aaa'",
];
const BYTES = [
  "b''",
  "b'a'",
  "b'abc'",
  "b'\\x00\\xff'",
  "b'a,b,c'",
  "b'hello world'",
  'bytes(3)',
  'bytes([1, 2, 250])',
  "bytearray(b'xyz')",
  'bytearray(2)',
];
const BINARY = ['+', '-', '*', '/', '//', '%', '&', '|', '^', '<<', '>>', '**'];
const COMPARE = ['==', '!=', '<', '<=', '>', '>='];
const ERRORS = [
  'ValueError',
  'TypeError',
  'KeyError',
  'IndexError',
  'ZeroDivisionError',
  'RuntimeError',
  'OSError',
  'AttributeError',
  'LookupError',
  'Exception',
  'StopIteration',
  'NameError',
  'ArithmeticError',
  'OverflowError',
  'AssertionError',
];

/** Makes one program: one of long statements, or one of many small questions. */
export function generateProgram(random: Random): string {
  return random(2) === 0 ? new Generator(random).program() : generateProbes(random);
}

class Generator {
  private readonly lines: string[] = [];
  private indent = 0;
  private names = 0;
  /** Names in scope and what they are thought to hold. */
  private vars: { name: string; kind: Kind }[] = [];
  private funs: { name: string; args: number }[] = [];
  private gens: string[] = [];
  private classes: string[] = [];
  private depth = 0;
  private inFunction = 0;
  private inLoop = 0;
  private budget: number;

  constructor(private readonly random: Random) {
    this.budget = 12 + random(22);
  }

  program(): string {
    const inMain = this.chance(2);
    if (inMain) {
      this.line('def main():');
      this.indent++;
      this.inFunction++;
    }
    for (const kind of ['int', 'str', 'list'] as const) this.assign(kind);
    while (this.budget > 0) this.statement();
    for (const v of this.vars.slice(-4)) this.guarded(() => this.line(`print(${this.show(v.name)})`));
    if (inMain) {
      this.indent--;
      this.line('main()');
    }
    return `${this.lines.join('\n')}\n`;
  }

  // ---- helpers

  private chance(n: number): boolean {
    return this.random(n) === 0;
  }
  private pick<T>(items: readonly T[]): T {
    return items[this.random(items.length)] as T;
  }
  private line(text: string): void {
    this.lines.push('    '.repeat(this.indent) + text);
  }
  private fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }
  private block(head: string, body: () => void): void {
    this.line(head);
    this.indent++;
    const before = this.lines.length;
    const vars = this.vars.length;
    body();
    if (this.lines.length === before) this.line('pass');
    this.vars.length = Math.min(this.vars.length, vars);
    this.indent--;
  }
  /** Statements whose exceptions are printed. */
  private guarded(body: () => void): void {
    this.block('try:', body);
    this.block('except Exception as e:', () => this.line("print('!', type(e).__name__, e)"));
  }
  /** How a value is printed: sets and dicts in order where they have one. */
  private show(e: string): string {
    return `show(${e})`;
  }
  private varOf(kind: Kind): string | undefined {
    const found = this.vars.filter((v) => v.kind === kind);
    return found.length === 0 ? undefined : this.pick(found).name;
  }

  // ---- expressions

  private anyKind(): Kind {
    return this.pick(KINDS);
  }

  /** An expression that is likely to be of `kind`. */
  expr(kind: Kind): string {
    if (this.chance(25)) kind = this.anyKind();
    if (this.depth > 3 || this.chance(5)) return this.leaf(kind);
    this.depth++;
    const e = this.chance(12) ? this.general(kind) : this.ofKind(kind);
    this.depth--;
    return e;
  }

  private leaf(kind: Kind): string {
    const v = this.chance(2) ? this.varOf(kind) : undefined;
    if (v !== undefined) return v;
    switch (kind) {
      case 'int':
        return this.pick(INTS);
      case 'float':
        return this.pick(FLOATS);
      case 'str':
        return this.pick(STRS);
      case 'bytes':
        return this.pick(BYTES);
      case 'list':
        return this.pick([
          '[]',
          '[1, 2, 3]',
          "['a', 'b']",
          'list(range(5))',
          '[3, 1, 2]',
          '[[1], [2, 3]]',
          '[1.5, 2, True]',
        ]);
      case 'tuple':
        return this.pick(['()', '(1,)', '(1, 2, 3)', "('a', 1)", '(1, (2, 3))']);
      case 'dict':
        return this.pick(['{}', '{1: 2}', '{1: "a", 2: "b", 3: "c"}', 'dict([(5, 6), (7, 8)])']);
      case 'set':
        return this.pick(['set()', '{1, 2, 3}', '{2, 3, 4, 5}', 'set([1, 1, 2])', 'frozenset((1, 2))']);
      case 'bool':
        return this.pick(['True', 'False']);
      default:
        return this.pick([
          'None',
          'range(4)',
          'Ellipsis',
          'int',
          'str',
          'slice(1, 3)',
          '1j',
          '(2+3j)',
          'object',
          'NotImplemented',
          'range(10, 0, -3)',
        ]);
    }
  }

  /** Forms that any kind can have. */
  private general(kind: Kind): string {
    const a = this.expr(kind);
    switch (this.random(7)) {
      case 0:
        return `(${a} if ${this.expr('bool')} else ${this.expr(kind)})`;
      case 1:
        return `(${this.expr(this.anyKind())} ${this.pick(['and', 'or'])} ${a})`;
      case 2:
        return `(lambda x, y=${a}: ${this.chance(2) ? 'x' : 'y'})(${this.expr(kind)})`;
      case 3:
        return `[${a}, ${this.expr(kind)}][${this.pick(['0', '1', '-1', '2'])}]`;
      case 4:
        if (this.funs.length > 0) return this.callOf(this.pick(this.funs));
        return `(${a})`;
      case 5:
        return `{0: ${a}}.get(${this.expr('int')}, ${this.expr(kind)})`;
      default:
        return `max(${a}, ${this.expr(kind)})`;
    }
  }

  private callOf(f: { name: string; args: number }): string {
    const args: string[] = [];
    const n = this.chance(8) ? this.random(4) : f.args;
    for (let i = 0; i < n; i++) args.push(this.expr(this.anyKind()));
    if (this.chance(6)) args.push(`*${this.expr('tuple')}`);
    if (this.chance(6)) args.push(`k=${this.expr('int')}`);
    return `${f.name}(${args.join(', ')})`;
  }

  private small(): string {
    return this.pick(['0', '1', '2', '3', '5', '-1', '-2', '17', '31', '33']);
  }

  private slice(): string {
    const part = (): string => (this.chance(3) ? '' : this.pick(['0', '1', '2', '-1', '-2', '5', '100', 'None']));
    return this.chance(5)
      ? `${part()}:${part()}:${this.pick(['1', '2', '-1', '3', 'None', '-2'])}`
      : `${part()}:${part()}`;
  }

  private sequence(): Kind {
    return this.pick(['str', 'list', 'tuple', 'bytes', 'list'] as const);
  }

  private ofKind(kind: Kind): string {
    switch (kind) {
      case 'int':
        return this.intExpr();
      case 'float':
        return this.floatExpr();
      case 'str':
        return this.strExpr();
      case 'bytes':
        return this.bytesExpr();
      case 'list':
        return this.listExpr();
      case 'tuple':
        return this.pick([
          () => `(${this.expr('int')}, ${this.expr(this.anyKind())})`,
          () => `tuple(${this.expr(this.pick(['list', 'str', 'set']))})`,
          () => `${this.expr('tuple')} + ${this.expr('tuple')}`,
          () => `${this.expr('tuple')}[${this.slice()}]`,
          () => `divmod(${this.expr('int')}, ${this.expr('int')})`,
          () => `${this.expr('tuple')} * ${this.pick(['0', '1', '2', '-1'])}`,
          () => `${this.expr('str')}.partition(${this.expr('str')})`,
        ])();
      case 'dict':
        return this.pick([
          () => `{${this.expr('int')}: ${this.expr(this.anyKind())}, ${this.expr('int')}: ${this.expr('str')}}`,
          () => `{i: i * ${this.small()} for i in ${this.iterable()}}`,
          () => `dict(enumerate(${this.expr('list')}))`,
          () => `dict(zip(${this.expr('list')}, ${this.expr('tuple')}))`,
          () => `dict.fromkeys(${this.expr('list')}, ${this.expr('int')})`,
          () => `${this.expr('dict')}.copy()`,
        ])();
      case 'set':
        return this.pick([
          () => `{${this.expr('int')}, ${this.expr('int')}}`,
          () => `set(${this.expr(this.pick(['list', 'tuple', 'str']))})`,
          () => `(${this.expr('set')} ${this.pick(['&', '|', '-', '^'])} ${this.expr('set')})`,
          () =>
            `${this.expr('set')}.${this.pick(['union', 'intersection', 'difference', 'symmetric_difference'])}(${this.expr('set')})`,
          () => `{x % 3 for x in ${this.iterable()}}`,
          () => `frozenset(${this.expr('list')})`,
        ])();
      case 'bool':
        return this.boolExpr();
      default:
        if (this.classes.length > 0 && this.chance(2)) return `${this.pick(this.classes)}(${this.expr('int')})`;
        return this.pick([
          () => `range(${this.small()}, ${this.small()})`,
          () => `type(${this.expr(this.anyKind())})`,
          () => `complex(${this.expr('int')}, ${this.expr('float')})`,
          () => `memoryview(${this.expr('bytes')})[${this.slice()}]`,
          () => `slice(${this.small()}, ${this.small()})`,
          () => `iter(${this.expr('list')})`,
          () => `next(iter(${this.expr('list')}), ${this.expr('int')})`,
          () =>
            `getattr(${this.expr(this.anyKind())}, ${this.pick(["'append'", "'nope'", "'real'", "'v'"])}, ${this.leaf('int')})`,
        ])();
    }
  }

  private intExpr(): string {
    return this.pick([
      () => this.arith('int'),
      () => this.arith('int'),
      () => this.arith('int'),
      () => `${this.pick(['-', '~', '+'])}${this.atom('int')}`,
      () => `len(${this.expr(this.pick(['str', 'list', 'tuple', 'dict', 'set', 'bytes']))})`,
      () => `int(${this.expr(this.pick(['float', 'str', 'bool', 'int']))})`,
      () => `int(${this.expr('str')}, ${this.pick(['0', '2', '8', '10', '16', '36'])})`,
      () => `abs(${this.expr('int')})`,
      () => `sum(${this.expr('list')})`,
      () => `ord(${this.expr('str')})`,
      () => `pow(${this.expr('int')}, ${this.pick(['2', '3', '17', '-1'])}, ${this.pick(['7', '0', '97', '1000'])})`,
      () => `${this.atom('str')}.${this.pick(['find', 'rfind', 'index', 'count'])}(${this.expr('str')})`,
      () => `${this.atom('list')}.${this.pick(['index', 'count'])}(${this.expr('int')})`,
      () => `${this.atom('bytes')}[${this.small()}]`,
      () => `${this.pick(['min', 'max'])}(${this.expr('list')}${this.chance(3) ? ', default=0' : ''})`,
      () => `round(${this.expr('float')})`,
      () => `int.from_bytes(${this.expr('bytes')}, ${this.pick(["'little'", "'big'"])})`,
      () => `hash(${this.pick(['0', '7', '-3', 'True', '1.0'])})`,
      () => `[i for i in ${this.iterable()}][${this.small()}]`,
      () => `(${this.atom('int')} & 0xffff).to_bytes(2, 'little')[0]`,
    ])();
  }

  private atom(kind: Kind): string {
    return `(${this.expr(kind)})`;
  }

  private arith(kind: Kind): string {
    const op = this.pick(BINARY);
    // what multiplies must not grow without limit in a loop, nor a sequence at once
    if (op === '**') return `(${this.pick(kind === 'float' ? FLOATS : INTS)}) ** (${this.small()})`;
    if (op === '*') {
      return `(${this.leaf(kind)}) * (${this.pick(['0', '1', '2', '3', '-1', '7', '1.5', '12345678901234567890'])})`;
    }
    if (op === '<<' || op === '>>') return `(${this.leaf(kind)}) ${op} (${this.small()})`;
    return `(${this.expr(kind)}) ${op} (${this.expr(this.chance(8) ? this.anyKind() : kind)})`;
  }

  private floatExpr(): string {
    return this.pick([
      () => this.arith('float'),
      () => `(${this.expr('int')}) / (${this.expr('int')})`,
      () => `float(${this.expr(this.pick(['int', 'str']))})`,
      () => `abs(${this.expr('float')})`,
      () => `round(${this.expr('float')}, ${this.pick(['0', '1', '2', '3'])})`,
      () => `-${this.atom('float')}`,
      () => `sum([${this.expr('float')}, ${this.expr('int')}])`,
      () => `divmod(${this.expr('float')}, ${this.expr('float')})[${this.pick(['0', '1'])}]`,
      () => `(${this.expr('float')} + 2j).${this.pick(['real', 'imag'])}`,
    ])();
  }

  private formatSpec(kind: 'int' | 'float' | 'str'): string {
    const fill = this.pick(['', '', '', '*', '0', ' ']);
    const align = fill === '' ? this.pick(['', '<', '>', '^', '=']) : this.pick(['<', '>', '^']);
    const sign = kind === 'str' ? '' : this.pick(['', '', '+', ' ', '-']);
    const width = this.pick(['', '1', '5', '10', '12']);
    if (kind === 'int') {
      const type = this.pick(['', 'd', 'x', 'X', 'o', 'b']);
      return `${fill}${align}${sign}${this.pick(['', '', '#'])}${width}${type === 'd' ? this.pick(['', ',']) : ''}${type}`;
    }
    const precision = this.pick(['', '.0', '.1', '.3', '.6']);
    return `${fill}${align === '=' && kind === 'str' ? '<' : align}${sign}${width}${precision}${kind === 'float' ? this.pick(['f', 'e', 'g', 'F', 'E', 'G', '%']) : this.pick(['', 's'])}`;
  }

  private strExpr(): string {
    return this.pick([
      () => `${this.atom('str')} + ${this.atom('str')}`,
      () => `${this.leaf('str')} * ${this.pick(['0', '1', '2', '3', '-1'])}`,
      () => `str(${this.expr(this.pick(['int', 'float', 'bool', 'list', 'tuple']))})`,
      () => `repr(${this.expr(this.pick(['int', 'float', 'bytes', 'list', 'tuple', 'obj']))})`,
      () => `${this.atom('str')}.${this.pick(['upper', 'lower', 'strip', 'lstrip', 'rstrip'])}()`,
      () => `${this.atom('str')}.${this.pick(['strip', 'lstrip', 'rstrip'])}(${this.expr('str')})`,
      () => `${this.atom('str')}.replace(${this.expr('str')}, ${this.leaf('str')}${this.chance(3) ? ', 1' : ''})`,
      () => `${this.atom('str')}.join([${this.expr('str')}, ${this.expr('str')}, ${this.leaf('str')}])`,
      () => `${this.atom('str')}[${this.slice()}]`,
      () => `${this.atom('str')}[${this.small()}]`,
      () => `${this.atom('str')}.center(${this.pick(['0', '5', '12'])})`,
      () => `'{:${this.formatSpec('int')}}'.format(${this.expr('int')})`,
      () => `'{:${this.formatSpec('float')}}'.format(${this.expr('float')})`,
      () => `'{:${this.formatSpec('str')}}'.format(${this.expr('str')})`,
      () => `'{} {!r} {0}'.format(${this.expr('int')}, ${this.expr('str')})`,
      () => `'{1}-{0}-{a}'.format(${this.expr('int')}, ${this.expr('float')}, a=${this.expr('tuple')})`,
      () =>
        `'%${this.pick(['', '5', '-5', '05', '+', ' '])}${this.pick(['d', 'x', 'o', 's', 'r', 'X'])}' % (${this.expr('int')},)`,
      () =>
        `'%${this.pick(['', '8', '-8', '08', '.2', '9.3', '+.1'])}${this.pick(['f', 'e', 'g'])}' % (${this.expr('float')},)`,
      () => `'%s|%r|%%' % (${this.expr('int')}, ${this.expr('str')})`,
      () => `'%(a)s %(b)5d' % {'a': ${this.expr('list')}, 'b': ${this.expr('int')}}`,
      () => `f'<{${this.leaf('int')}}>{${this.leaf('float')}:.2f}'`,
      () => `chr(${this.pick(['65', '97', '48', '126', '32'])})`,
      () => `${this.pick(['hex', 'oct', 'bin'])}(${this.expr('int')})`,
      () => `type(${this.expr(this.anyKind())}).__name__`,
      () => `${this.atom('bytes')}.decode()`,
    ])();
  }

  private bytesExpr(): string {
    return this.pick([
      () => `${this.atom('bytes')} + ${this.atom('bytes')}`,
      () => `${this.leaf('str')}.encode()`,
      () => `bytes(${this.pick(['[1, 2, 3]', 'range(5)', '(65, 66)', '4'])})`,
      () => `${this.atom('bytes')}[${this.slice()}]`,
      () => `bytearray(${this.expr('bytes')})`,
      () =>
        `(${this.atom('int')} & 0xffffffff).to_bytes(${this.pick(['4', '20'])}, ${this.pick(["'little'", "'big'"])})`,
      () => `${this.atom('bytes')}.replace(${this.expr('bytes')}, ${this.leaf('bytes')})`,
      () => `${this.atom('bytes')}.upper()`,
      () => `b','.join([${this.expr('bytes')}, ${this.expr('bytes')}])`,
      () => `b'%d|%s' % (${this.expr('int')}, ${this.expr('int')})`,
    ])();
  }

  private iterable(): string {
    return this.pick([
      () => `range(${this.pick(['3', '5', '8'])})`,
      () => this.expr('list'),
      () => this.expr('tuple'),
      () => `[1, 2, 3, 4]`,
      () => `map(lambda q: ${this.chance(2) ? 'q' : '(q, 1)'}, ${this.expr('list')})`,
      () => `filter(None, ${this.expr('list')})`,
      () => `reversed(${this.expr('list')})`,
      () => `sorted(${this.expr('list')})`,
      () => `zip(${this.expr('list')}, range(4))`,
      () => `enumerate(${this.expr('tuple')}, ${this.small()})`,
      () => (this.gens.length === 0 ? 'range(2)' : `${this.pick(this.gens)}(${this.pick(['0', '2', '4'])})`),
    ])();
  }

  private listExpr(): string {
    return this.pick([
      () => `[${this.expr('int')}, ${this.expr(this.anyKind())}, ${this.leaf('str')}]`,
      () => `list(${this.iterable()})`,
      () => `sorted(${this.expr('list')}${this.pick(['', ', reverse=True', ', key=lambda k: -k', ', key=str'])})`,
      () => `[x for x in ${this.iterable()}]`,
      () => `[x * 2 for x in ${this.iterable()} if x]`,
      () => `[(i, j) for i in range(3) for j in ${this.iterable()}]`,
      () => `${this.atom('list')} + ${this.atom('list')}`,
      () => `${this.leaf('list')} * ${this.pick(['0', '1', '2', '-1'])}`,
      () => `${this.atom('list')}[${this.slice()}]`,
      () =>
        `${this.atom('str')}.${this.pick(['split', 'rsplit'])}(${this.chance(2) ? '' : `${this.expr('str')}${this.chance(2) ? ', 1' : ''}`})`,
      () => `${this.atom('str')}.splitlines()`,
      () => `list(${this.expr('dict')}.${this.pick(['keys', 'values', 'items'])}())`,
      () => `list(${this.expr(this.sequence())})`,
    ])();
  }

  private boolExpr(): string {
    return this.pick([
      () => {
        const kind = this.anyKind();
        return `(${this.expr(kind)}) ${this.pick(COMPARE)} (${this.expr(this.chance(5) ? this.anyKind() : kind)})`;
      },
      () => `not (${this.expr(this.anyKind())})`,
      () =>
        `(${this.expr('int')}) ${this.pick(['in', 'not in'])} (${this.expr(this.pick(['list', 'tuple', 'dict', 'set']))})`,
      () => `(${this.expr('str')}) in (${this.expr('str')})`,
      () => `isinstance(${this.expr(this.anyKind())}, ${this.pick(['int', 'str', '(int, float)', 'list', 'object'])})`,
      () => `${this.atom('str')}.${this.pick(['isdigit', 'isalpha', 'isspace', 'isupper', 'islower'])}()`,
      () => `${this.atom('str')}.${this.pick(['startswith', 'endswith'])}(${this.expr('str')})`,
      () => `${this.pick(['any', 'all'])}(${this.expr('list')})`,
      () => `bool(${this.expr(this.anyKind())})`,
      () => `(${this.expr('int')}) < (${this.expr('int')}) <= (${this.expr('int')})`,
      () => `(${this.expr('obj')}) is ${this.pick(['None', 'not None'])}`,
      () => `callable(${this.expr('obj')})`,
      () => `hasattr(${this.expr(this.anyKind())}, ${this.pick(["'append'", "'upper'", "'__len__'", "'x'"])})`,
      () => `${this.atom('set')}.${this.pick(['issubset', 'issuperset', 'isdisjoint'])}(${this.expr('set')})`,
    ])();
  }

  // ---- statements

  private assign(kind: Kind): void {
    const e = this.expr(kind);
    const name = this.fresh('v');
    const fallback = this.leaf(kind);
    this.line(`${name} = ${fallback}`);
    this.guarded(() => this.line(`${name} = ${e}`));
    this.vars.push({ name, kind });
  }

  private statements(n: number): void {
    for (let i = 0; i < n; i++) this.statement();
  }

  private statement(): void {
    this.budget--;
    if (this.indent > 5) {
      this.line(`print(${this.show(this.leaf(this.anyKind()))})`);
      return;
    }
    const choice = this.random(24);
    switch (choice) {
      case 0:
      case 1:
      case 2:
        return this.assign(this.anyKind());
      case 3:
      case 4:
      case 5:
      case 6: {
        const e = this.expr(this.anyKind());
        return this.guarded(() => this.line(`print(${this.show(e)})`));
      }
      case 7:
        return this.augmented();
      case 8: {
        this.block(`if ${this.guardedBool()}:`, () => this.statements(1 + this.random(2)));
        if (this.chance(3)) this.block(`elif ${this.guardedBool()}:`, () => this.statements(1));
        if (this.chance(2)) this.block('else:', () => this.statements(1));
        return;
      }
      case 9:
      case 10:
        return this.forLoop();
      case 11:
        return this.whileLoop();
      case 12:
      case 13:
        return this.tryStatement();
      case 14:
      case 15:
        return this.functionDef();
      case 16:
        return this.generatorDef();
      case 17:
        return this.classDef();
      case 18:
        return this.withStatement();
      case 19:
        return this.unpacking();
      case 20:
        return this.containerStatement();
      case 21:
        return this.closure();
      case 22:
        return this.guarded(() =>
          this.line(
            this.pick([
              `assert ${this.expr('bool')}, ${this.leaf('str')}`,
              `raise ${this.pick(ERRORS)}(${this.expr('int')})`,
              `raise ${this.pick(ERRORS)}`,
              `del ${this.leaf('list')}[0]`,
            ]),
          ),
        );
      default:
        return this.generatorUse();
    }
  }

  /** A condition that cannot raise. */
  private guardedBool(): string {
    const v = this.vars.length > 0 ? this.pick(this.vars).name : '1';
    return this.pick([
      v,
      `not ${v}`,
      `isinstance(${v}, ${this.pick(['int', 'str', 'list'])})`,
      `${v} == ${this.leaf('int')}`,
      `str(${v}) > 'b'`,
    ]);
  }

  private augmented(): void {
    const v = this.vars.length > 0 ? this.pick(this.vars) : undefined;
    if (v === undefined) return this.assign('int');
    const op = this.pick(['+', '-', '*', '//', '%', '&', '|', '^', '>>']);
    const e = op === '*' ? this.pick(['2', '0', '1', '-1', '1.5']) : this.expr(v.kind);
    // a name that grows in a loop must not do so without limit
    this.guarded(() => {
      this.line(`if not hasattr(${v.name}, '__len__') or len(${v.name}) < 50:`);
      this.line(`    ${v.name} ${op}= ${e}`);
    });
  }

  private loopBody(): void {
    this.inLoop++;
    this.statements(1 + this.random(2));
    if (this.chance(4)) this.line(`if ${this.guardedBool()}: ${this.pick(['break', 'continue'])}`);
    this.inLoop--;
  }

  private forLoop(): void {
    if (this.inLoop > 1) return this.assign('int');
    const name = this.fresh('i');
    const it = this.iterable();
    this.guarded(() => {
      this.block(`for ${name} in ${it}:`, () => {
        this.vars.push({ name, kind: 'int' });
        this.line(`print('i', ${this.show(name)})`);
        this.loopBody();
      });
      if (this.chance(3)) this.block('else:', () => this.line("print('else')"));
    });
  }

  private whileLoop(): void {
    if (this.inLoop > 1) return this.assign('int');
    const name = this.fresh('n');
    this.line(`${name} = ${this.pick(['3', '5'])}`);
    this.block(`while ${name} > 0:`, () => {
      this.line(`${name} -= 1`);
      this.loopBody();
    });
    if (this.chance(3)) this.block('else:', () => this.line(`print('done', ${name})`));
  }

  private tryStatement(): void {
    this.guarded(() => {
      this.block('try:', () => {
        this.statements(1);
        const e = this.pick([
          `raise ${this.pick(ERRORS)}(${this.leaf('str')})`,
          `print(${this.show(this.expr(this.anyKind()))})`,
          `print(${this.atom('int')} // 0)`,
          `[][${this.small()}]`,
          `{}[${this.leaf('int')}]`,
        ]);
        this.line(e);
      });
      if (!this.chance(4)) {
        this.block(
          `except ${this.pick([this.pick(ERRORS), `(${this.pick(ERRORS)}, ${this.pick(ERRORS)})`])} as e1:`,
          () => {
            this.line("print('caught', type(e1).__name__, e1, e1.args)");
            const then = this.pick(['', '', '', 'raise', `raise ${this.pick(ERRORS)}('again')`]);
            if (then !== '') this.line(then);
          },
        );
        if (this.chance(3)) this.block('else:', () => this.line("print('no error')"));
      }
      this.block('finally:', () => {
        this.line("print('finally')");
        if (this.chance(6) && this.inLoop > 0) this.line(this.pick(['break', 'continue']));
      });
    });
  }

  private functionDef(): void {
    const name = this.fresh('f');
    const args = this.random(3);
    const params: string[] = [];
    for (let i = 0; i < args; i++) params.push(`a${i}`);
    if (this.chance(3)) params.push(`d=${this.leaf(this.anyKind())}`);
    if (this.chance(3)) params.push('*r');
    if (this.chance(3)) params.push(this.chance(2) || params.includes('*r') ? `k=${this.leaf('int')}` : 'k=1');
    if (this.chance(5)) params.push('**kw');
    const loop = this.inLoop;
    this.inLoop = 0;
    this.inFunction++;
    this.block(`def ${name}(${params.join(', ')}):`, () => {
      for (let i = 0; i < args; i++) this.vars.push({ name: `a${i}`, kind: this.anyKind() });
      this.statements(1 + this.random(2));
      const result = this.expr(this.anyKind());
      if (this.chance(4)) {
        this.block('try:', () => this.line(`return ${result}`));
        this.block('finally:', () => this.line(this.pick(["print('leaving')", "return 'from finally'", 'pass'])));
      } else if (!this.chance(5)) this.line(`return ${result}`);
    });
    this.inFunction--;
    this.inLoop = loop;
    const f = { name, args };
    this.guarded(() => this.line(`print(${this.show(this.callOf(f))})`));
    // calls from loops inside functions would multiply
    if (this.inLoop === 0 && this.funs.length < 3) this.funs.push(f);
  }

  private generatorDef(): void {
    const name = this.fresh('g');
    this.block(`def ${name}(n):`, () => {
      this.block('try:', () => {
        this.block('for x in range(n):', () => {
          this.line(`y = yield x * ${this.small()}`);
          if (this.chance(2)) this.line("if y is not None: print('got', y)");
          if (this.chance(4)) this.line(`if x == 1: return ${this.leaf('int')}`);
        });
        if (this.chance(3)) this.line(`z = yield from ${this.pick(["'ab'", '[7, 8]', 'range(2)'])}`);
        if (this.chance(4)) this.line(`raise ${this.pick(ERRORS)}('in generator')`);
      });
      if (this.chance(2)) this.block('except ValueError as e:', () => this.line("yield ('handled', e.args)"));
      this.block('finally:', () => this.line("print('closed')"));
    });
    if (this.indent === (this.inFunction > 0 ? 1 : 0)) this.gens.push(name);
    this.guarded(() => this.line(`print(list(${name}(${this.pick(['0', '2', '3'])})))`));
  }

  private generatorUse(): void {
    if (this.gens.length === 0) return this.generatorDef();
    const g = this.fresh('it');
    this.line(`${g} = ${this.pick(this.gens)}(${this.pick(['1', '3'])})`);
    for (let i = 1 + this.random(4); i > 0; i--) {
      const action = this.pick([
        `next(${g})`,
        `${g}.send(None)`,
        `${g}.send(${this.leaf('int')})`,
        `${g}.throw(ValueError, 'x')`,
        `${g}.throw(KeyError(1))`,
        `${g}.close()`,
        `list(${g})`,
        `next(${g}, 'end')`,
      ]);
      this.guarded(() => this.line(`print(${this.show(action)})`));
    }
  }

  private classDef(): void {
    const name = this.fresh('C');
    const base = this.classes.length > 0 && this.chance(2) ? this.pick(this.classes) : this.pick(['', '', 'object']);
    const method = (head: string, body: string): void => this.block(`def ${head}:`, () => this.line(body));
    this.block(`class ${name}${base === '' ? '' : `(${base})`}:`, () => {
      if (this.chance(2)) this.line(`attr = ${this.leaf(this.anyKind())}`);
      method('__init__(self, v=0)', 'self.v = v');
      const special: readonly (readonly [string, string])[] = [
        ['__repr__(self)', `return '${name}<%r>' % (self.v,)`],
        ['__str__(self)', `return '${name}!'`],
        ['__add__(self, o)', `return ('add', self.v, getattr(o, 'v', o))`],
        ['__radd__(self, o)', `return ('radd', o)`],
        ['__sub__(self, o)', 'return NotImplemented'],
        ['__mul__(self, o)', 'raise ValueError(o)'],
        ['__eq__(self, o)', `return self.v == getattr(o, 'v', None)`],
        ['__lt__(self, o)', `return self.v < getattr(o, 'v', 0)`],
        ['__hash__(self)', 'return 5'],
        ['__len__(self)', `return ${this.pick(['3', '0', '1'])}`],
        ['__bool__(self)', `return ${this.pick(['True', 'False'])}`],
        ['__getitem__(self, i)', `if i > 3: raise IndexError(i)\n${'    '.repeat(this.indent + 1)}return i`],
        ['__setitem__(self, i, x)', "print('set', i, x)"],
        ['__delitem__(self, i)', "print('del', i)"],
        ['__contains__(self, x)', 'return x == 2'],
        ['__call__(self, *a)', "return ('call', a)"],
        [
          '__getattr__(self, n)',
          `if n == 'missing': return 42\n${'    '.repeat(this.indent + 1)}raise AttributeError(n)`,
        ],
        ['__enter__(self)', 'return self.v'],
        [
          '__exit__(self, t, e, b)',
          `print('exit', t and t.__name__)\n${'    '.repeat(this.indent + 1)}return ${this.pick(['True', 'False', 'None'])}`,
        ],
        ['__iter__(self)', 'return iter([1, self.v])'],
        ['__neg__(self)', "return 'neg'"],
        ['__iadd__(self, o)', `self.v = o\n${'    '.repeat(this.indent + 1)}return self`],
        ['meth(self, *a, **k)', 'return (a, sorted(k.items()))'],
      ];
      // text without an address needs __repr__
      for (const [head, body] of special) if (head.startsWith('__repr__') || this.chance(4)) method(head, body);
      if (this.chance(3)) {
        this.line('@property');
        method('prop(self)', 'return self.v');
        if (this.chance(2)) {
          this.line('@prop.setter');
          method('prop(self, x)', "print('setter', x)");
        }
      }
      if (this.chance(3)) {
        this.line(this.pick(['@staticmethod', '@classmethod']));
        method('make(*a)', `return len(a)`);
      }
      if (base !== '' && base !== 'object' && this.chance(2))
        method('over(self)', `return super().__init__(${this.leaf('int')})`);
    });
    const o = this.fresh('o');
    this.line(`${o} = ${name}(${this.leaf('int')})`);
    this.vars.push({ name: o, kind: 'obj' });
    const uses = [
      `${o} + 1`,
      `1 + ${o}`,
      `${o} - 2`,
      `${o} * 3`,
      `${o} == ${o}`,
      `${o} < ${o}`,
      `len(${o})`,
      `bool(${o})`,
      `${o}[1]`,
      `2 in ${o}`,
      `${o}(1, 2)`,
      `${o}.missing`,
      `${o}.attr`,
      `${o}.prop`,
      `-${o}`,
      `${o}.meth(1, a=2)`,
      `list(${o})`,
      `${o}.v`,
      `hash(${o}) == hash(${o})`,
      `isinstance(${o}, ${name})`,
      `issubclass(${name}, object)`,
      `${name}.make(1)`,
      `${o}.over()`,
      `hasattr(${o}, 'prop')`,
      `${o} != 3`,
      `sorted([${o}, ${name}(2)])[0] is ${o}`,
    ];
    for (let i = 3; i > 0; i--) {
      const use = this.pick(uses);
      this.guarded(() => this.line(`print(${this.show(use)})`));
    }
    if (this.chance(2))
      this.guarded(() =>
        this.line(
          this.pick([
            `${o}[1] = 2`,
            `del ${o}[0]`,
            `${o} += 5`,
            `${o}.v = 'w'`,
            `del ${o}.v`,
            `${o}.prop = 3`,
            `setattr(${o}, 'z', 1)`,
            `del ${o}.nope`,
          ]),
        ),
      );
    if (this.indent === (this.inFunction > 0 ? 1 : 0)) this.classes.push(name);
  }

  private withStatement(): void {
    const body = (): void => {
      this.line("print('in', w)");
      this.statements(1);
      if (this.chance(3)) this.line(`raise ${this.pick(ERRORS)}('with')`);
    };
    this.guarded(() =>
      this.block(`with CM(${this.pick(['True', 'False', '0'])}) as w${this.chance(4) ? ', CM(1) as w2' : ''}:`, body),
    );
  }

  private unpacking(): void {
    const a = this.fresh('u');
    const b = this.fresh('u');
    this.line(`${a} = ${b} = 0`);
    this.guarded(() =>
      this.line(
        this.pick([
          `${a}, ${b} = ${this.expr('tuple')}`,
          `${a}, *${b} = ${this.expr('list')}`,
          `*${a}, ${b} = ${this.expr('str')}`,
          `[${a}, (${b}, *_)] = ${this.expr('list')}`,
          `${a}, ${b} = ${b}, ${a}`,
          `${a} = ${b} = ${this.expr('int')}`,
        ]),
      ),
    );
    this.vars.push({ name: a, kind: 'int' }, { name: b, kind: 'list' });
  }

  private containerStatement(): void {
    const v = this.varOf(this.pick(['list', 'dict', 'set'] as const)) ?? this.vars[0]?.name ?? '[]';
    const e = this.expr(this.anyKind());
    this.guarded(() =>
      this.line(
        this.pick([
          `if len(${v}) < 40: ${v}.append(${this.leaf('int')})`,
          `${v}.pop()`,
          `${v}.pop(${this.small()})`,
          `if len(${v}) < 40: ${v}.insert(${this.small()}, ${this.leaf('int')})`,
          `${v}.remove(${this.leaf('int')})`,
          `${v}.sort()`,
          `${v}.reverse()`,
          `if len(${v}) < 40: ${v}.extend(${this.leaf('tuple')})`,
          `if len(${v}) < 40: ${v}[${this.small()}] = ${this.leaf('str')}`,
          `if len(${v}) < 40: ${v}[${this.pick(['0:1', ':', '1:', ':-1', '5:9'])}] = ${this.leaf('list')}`,
          `del ${v}[${this.small()}]`,
          `del ${v}[${this.pick(['0:1', '1:', ':2'])}]`,
          `if len(${v}) < 40: ${v}.update(${this.leaf('dict')})`,
          `if len(${v}) < 40: ${v}.setdefault(${this.leaf('int')}, ${this.leaf('int')})`,
          `print(${this.show(`${v}.get(${this.leaf('int')})`)})`,
          `${v}.clear()`,
          `if len(${v}) < 40: ${v}.add(${this.leaf('int')})`,
          `${v}.discard(${this.leaf('int')})`,
          `print(${this.show(`${v}.copy()`)})`,
          `print(${this.show(e)} , ${this.show(v)})`,
        ]),
      ),
    );
  }

  private closure(): void {
    const name = this.fresh('h');
    this.block(`def ${name}(n):`, () => {
      this.line('t = 0');
      this.block('def inner(x):', () => {
        this.line('nonlocal t');
        this.line(`t += ${this.pick(['x', 'n', '1'])}`);
        this.line(`return ${this.pick(['t', '(t, n)', 'lambda: t + n', '[t + i for i in range(n)]'])}`);
      });
      this.line('return inner');
    });
    const f = this.fresh('v');
    this.line(`${f} = ${name}(${this.pick(['1', '2', '3'])})`);
    for (let i = 0; i < 2; i++) this.guarded(() => this.line(`print(${this.show(`${f}(${this.leaf('int')})`)})`));
    if (this.chance(2)) this.guarded(() => this.line(`print(${this.show(`${f}(1)()`)})`));
  }
}

/** What every batch starts with: `show` gives values whose text has no order or address in it; `CM` is a context manager. */
const PRELUDE = `class CM:
    def __init__(self, eat):
        self.eat = eat
    def __enter__(self):
        print('enter')
        return self.eat
    def __exit__(self, t, e, b):
        print('exit', t and t.__name__, e)
        return self.eat
def show(v, n=0):
    t = type(v)
    if n > 5:
        return '...'
    if t is list or t is tuple:
        r = [show(x, n + 1) for x in v]
        return ('[%s]' if t is list else '(%s)') % ', '.join(r)
    if t is dict:
        return '{' + ', '.join(sorted([show(k, n + 1) + ': ' + show(x, n + 1) for k, x in v.items()])) + '}'
    if t is set or t is frozenset:
        return t.__name__ + '{' + ', '.join(sorted([show(x, n + 1) for x in v])) + '}'
    if t in (int, float, str, bytes, bytearray, bool, complex, range, type(None)):
        return repr(v)
    if t is type:
        return v.__name__
    if isinstance(v, BaseException) or isinstance(v, tuple):
        return t.__name__ + show(v.args if isinstance(v, BaseException) else tuple(v), n + 1)
    if t.__name__ in ('array', 'memoryview', 'deque', 'slice', 'OrderedDict'):
        return repr(v) if t.__name__ == 'slice' else t.__name__ + show(list(v.items() if isinstance(v, dict) else v), n + 1)
    return t.__name__
`;

/** One text that runs many programs, each in globals of its own, a line with {@link MARK} and its number before each. */
export function batchOf(programs: readonly string[]): string {
  const texts = programs.map((p) => JSON.stringify(p)).join(',\n');
  return `${PRELUDE}
for i, text in enumerate((
${texts},
)):
    print('${MARK}', i)
    try:
        exec(text, {'show': show, 'CM': CM, '__name__': 'fuzz'})
    except BaseException as e:
        print('!!', type(e).__name__, e)
`;
}
/** Starts the line before each program's output. */
export const MARK = '#####';

/** The outputs of the programs of a batch. */
export function splitBatch(output: string): string[] {
  return output.split(new RegExp(`^${MARK} \\d+\\n`, 'm')).slice(1);
}
