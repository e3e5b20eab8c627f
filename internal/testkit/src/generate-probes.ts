/**
 * Random programs that ask many small questions: operators, methods, built-in functions, formats, slices, conversions with likely
 * and unlikely operands; classes with random special methods; generators driven at random; calls of random signatures; paths
 * through try, finally, with and loops. Every answer, value or error, is printed.
 *
 * Expressions are templates: `$kind` stands for an expression of a kind, `‹a|b|c›` for one of several texts (`‹|x›` for an optional
 * one), from the inside out.
 */
import { ALIASES, COMPOUND, LEAVES, QUESTIONS, SLICING } from './probe-templates.js';
import type { Random } from './random.js';

const ERRORS = [
  'ValueError',
  'TypeError',
  'KeyError',
  'IndexError',
  'ZeroDivisionError',
  'RuntimeError',
  'OSError',
  'AttributeError',
  'StopIteration',
  'Exception',
  'GeneratorExit',
  'NotImplementedError',
  'ArithmeticError',
  'LookupError',
];
const BINARY_METHODS = [
  'add',
  'sub',
  'mul',
  'truediv',
  'floordiv',
  'mod',
  'and',
  'xor',
  'or',
  'lshift',
  'rshift',
  'pow',
  'matmul',
];
const BINARY_SIGNS = ['+', '-', '*', '/', '//', '%', '&', '^', '|', '<<', '>>', '**', '@'];
const COMPARE_METHODS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'];
const COMPARE_SIGNS = ['==', '!=', '<', '<=', '>', '>='];

/** Makes one program of questions. */
export function generateProbes(random: Random): string {
  return new Probes(random).program();
}

class Probes {
  private readonly lines: string[] = [];
  private depth = 0;
  private names = 0;

  constructor(private readonly random: Random) {}

  program(): string {
    this.lines.push(PROBE_HEAD);
    const topics = Object.keys(QUESTIONS);
    switch (this.random(7)) {
      case 0:
        this.operatorClass();
        break;
      case 1:
        this.generators();
        break;
      case 2:
        this.signature();
        break;
      case 3:
        this.paths();
        break;
      case 4:
        this.mutation();
        break;
      case 5:
        this.attributes();
        break;
      default: {
        const topic = QUESTIONS[this.pick(topics)] as readonly string[];
        for (let i = 0; i < 12; i++) this.ask(this.fill(this.pick(topic)));
        return this.text();
      }
    }
    for (let i = 0; i < 5; i++) this.ask(this.fill(this.pick(QUESTIONS[this.pick(topics)] as readonly string[])));
    return this.text();
  }

  private text(): string {
    return `${this.lines.join('\n')}\n`;
  }
  private chance(n: number): boolean {
    return this.random(n) === 0;
  }
  private pick<T>(items: readonly T[]): T {
    return items[this.random(items.length)] as T;
  }
  private push(...lines: string[]): void {
    this.lines.push(...lines);
  }
  private ask(e: string): void {
    this.push(`p(lambda: ${e})`);
  }
  private fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  /** Alternatives and kinds of a template, from the inside out. */
  fill(template: string): string {
    let text = template;
    while (text.includes('‹')) text = text.replace(/‹([^‹›]*)›/g, (_, all: string) => this.pick(all.split('|')));
    return text.replace(/\$([a-z]+)/g, (_, kind: string) => this.expr(kind));
  }

  private expr(kind: string): string {
    if (kind === 'slicing') return this.fill(SLICING);
    if (kind === 'digits') return this.digits(1 + this.random(30));
    if (kind !== 'key' && kind !== 'small' && kind !== 'any' && this.chance(14)) kind = 'plain';
    const alias = ALIASES[kind];
    if (alias !== undefined) return this.expr(this.pick(alias));
    const compound = COMPOUND[kind];
    if (compound !== undefined && this.depth < 2 && this.chance(3)) {
      this.depth++;
      const e = this.fill(this.pick(compound));
      this.depth--;
      return `(${e})`;
    }
    if (kind === 'big' || (kind === 'int' && this.chance(3))) return this.bigInt();
    if (kind === 'int')
      return this.pick(
        [
          ...(LEAVES.small as string[]),
          '255',
          '256',
          '-129',
          '1000',
          '65535',
          '1 << 30',
          '-(1 << 30)',
          '0x3fffffff',
          '0x40000000',
        ].map((t) => `(${t})`),
      );
    if (kind === 'float' && this.chance(4))
      return `${this.chance(2) ? '-' : ''}${this.digits(1 + this.random(17))}${this.chance(2) ? '.' + this.digits(1 + this.random(9)) : ''}e${this.pick(['0', '-3', '5', '17', '-12', '100'])}`;
    const e = this.pick(LEAVES[kind] as readonly string[]);
    return e.startsWith('-') ? `(${e})` : e;
  }
  private digits(n: number): string {
    let text = String(1 + this.random(9));
    while (text.length < n) text += this.random(10);
    return text;
  }
  private bigInt(): string {
    switch (this.random(5)) {
      case 0:
        return `((1 << ${this.pick(['30', '31', '32', '45', '62', '63', '64', '100', '128'])})${this.pick([' - 1', '', ' + 1'])})`;
      case 1:
        return `(-(1 << ${this.pick(['30', '31', '47', '48', '64', '96'])})${this.pick([' - 1', '', ' + 1'])})`;
      case 2:
        return `(-${this.digits(8 + this.random(30))})`;
      case 3:
        return `0x${this.digits(4 + this.random(28))}`;
      default:
        return this.digits(8 + this.random(35));
    }
  }

  /** A class with some of the operators, in both orders and in place, and questions to it. */
  private operatorClass(): void {
    const name = this.fresh('V');
    const base = this.pick(['', '', '(int)', '(list)', '(Base)', '(dict)', '(str)']);
    this.push(`class ${name}${base}:`, "    tag = 'cls'");
    const own = base === '' || base === '(Base)';
    if (own)
      this.push('    def __init__(self, v=1): self.v = v', `    def __repr__(self): return '${name}(%r)' % (self.v,)`);
    const result = (op: string): string =>
      this.pick([
        `return ('${op}', o if type(o) is not ${name} else 'own')`,
        'return NotImplemented',
        `raise ${this.pick(ERRORS)}('${op}')`,
        'return None',
        `return ${this.expr('small')}`,
      ]);
    const signs: string[] = [];
    for (let i = 2 + this.random(5); i > 0; i--) {
      const k = this.random(BINARY_METHODS.length);
      const m = BINARY_METHODS[k] as string;
      signs.push(BINARY_SIGNS[k] as string);
      const form = this.pick(['', '', 'r', 'i']);
      this.push(`    def __${form}${m}__(self, o): ${result(form + m)}`);
    }
    const compares: string[] = [];
    for (let i = this.random(4); i > 0; i--) {
      const k = this.random(COMPARE_METHODS.length);
      compares.push(COMPARE_SIGNS[k] as string);
      this.push(
        `    def __${COMPARE_METHODS[k]}__(self, o): ${this.pick(['return True', 'return False', 'return NotImplemented', "return 'x'", "raise ValueError('cmp')"])}`,
      );
    }
    const singles = [
      `def __len__(self): return ${this.pick(['0', '3', '-1', "'x'", 'True'])}`,
      `def __bool__(self): return ${this.pick(['True', 'False', '1', 'None'])}`,
      `def __hash__(self): return ${this.pick(['1', '-1', '1 << 40', "'x'", 'None'])}`,
      `def __contains__(self, x): return ${this.pick(['x', 'True', 'False', '1'])}`,
      `def __getitem__(self, i): return ${this.pick(['i', "('item', i)", '[7, 8, 9][i]'])}`,
      `def __setitem__(self, i, x): print('set', i, x)`,
      `def __delitem__(self, i): print('del', i)`,
      `def __call__(self, *a, **k): return (a, sorted(k.items()))`,
      `def __iter__(self): return ${this.pick(['iter((1, 2))', 'self', '5', '(x for x in "ab")'])}`,
      `def __next__(self): ${this.pick(['raise StopIteration', "raise StopIteration('v')", 'return 1 // 0'])}`,
      `def __str__(self): return ${this.pick(["'text'", '5', 'repr(1)'])}`,
      `def __neg__(self): return 'neg'`,
      `def __abs__(self): return 'abs'`,
      `def __invert__(self): return 'inv'`,
      `def __pos__(self): return self.tag`,
      `def __int__(self): return ${this.pick(['42', "'x'", '1.5', '1 << 70'])}`,
      `def __float__(self): return ${this.pick(['4.5', "'x'", '3'])}`,
      `def __complex__(self): return 1j`,
      `def __getattr__(self, n):\n        if n == 'dyn': return 'dynamic'\n        raise AttributeError(${this.pick(['n', '', "'no ' + n"])})`,
      `def __reversed__(self): return iter('cba')`,
      `def __divmod__(self, o): return 'dm'`,
      `def __enter__(self): return 1`,
      `def __exit__(self, t, e, b): print('exit', t); return True`,
    ];
    for (let i = 3 + this.random(5); i > 0; i--) this.push(`    ${this.pick(singles)}`);
    const o = this.fresh('o');
    const make = this.pick(own ? ['', '5', "'s'"] : ['', '']);
    this.push(`${o} = ${name}(${make})`);
    for (let i = 0; i < 5; i++) {
      const sign = this.chance(4) ? this.pick(BINARY_SIGNS) : this.pick(signs);
      this.ask(
        this.pick([`${o} ${sign} ${this.expr('any')}`, `${this.expr('any')} ${sign} ${o}`, `${o} ${sign} ${o}`]),
      );
    }
    for (const c of compares)
      this.ask(this.pick([`${o} ${c} ${this.expr('any')}`, `${this.expr('any')} ${c} ${o}`, `${o} ${c} ${name}()`]));
    const asks = [
      'len(@)',
      'bool(@)',
      'not @',
      '1 in @',
      '@[1]',
      '@[1:2]',
      '@(1, b=2)',
      'list(@)',
      'str(@)',
      "'%s %r' % (@, 1)",
      '-@',
      'abs(@)',
      '~@',
      '+@',
      'int(@)',
      'float(@)',
      'complex(@)',
      '@.dyn',
      '@.nope',
      '@.tag',
      'hash(@) is None',
      '{@: 1}[@]',
      'list(reversed(@))',
      'divmod(@, 2)',
      'next(@)',
      '[1, 2, 3][@]',
      'range(@)',
      '@ == @',
      '@ != @',
      '@ is @',
      'sorted([@, @]) is None',
      'isinstance(@, int)',
      'max(@, @) is @',
      "'{:5}|'.format(@)",
      'sum([@, @])',
      '@ in [@]',
      '[@].index(@)',
      'dir(@) is None',
      "hasattr(@, 'dyn')",
      "getattr(@, 'nope', 5)",
      'round(@)',
      'chr(@)',
      'dict(@)',
      'iter(@) is None',
      'all(@)',
      'tuple(@)',
      'enumerate(@) is None',
    ];
    for (let i = 0; i < 8; i++) this.ask(this.pick(asks).replaceAll('@', o));
    this.statement(`${o} ${this.pick(signs)}= ${this.expr('any')}`, o);
    this.statement(
      this.pick([
        `${o}[${this.expr('any')}] = ${this.expr('any')}`,
        `del ${o}[${this.expr('any')}]`,
        `${o}.v = 1`,
        `del ${o}.tag`,
        `with ${o} as w: print(w); raise ValueError(1)`,
        `a, b = ${o}`,
        `[*a] = ${o}`,
        `for x in ${o}: print('x', x); break`,
      ]),
      o,
    );
  }

  /** A statement whose error is printed, and what a name is afterwards. */
  private statement(text: string, name: string): void {
    this.push('try:', `    ${text}`, `    print(show(${name}))`, 'except Exception as e:', '    say(e)');
  }

  /** Generators that delegate, catch, clean up, and are driven at random. */
  private generators(): void {
    const g = this.fresh('g');
    const body = (indent: string, depth: number): void => {
      for (let i = 1 + this.random(3); i > 0; i--) {
        const k = this.random(depth > 2 ? 5 : 11);
        if (k === 0) this.push(`${indent}r = yield ${this.expr('small')}`, `${indent}print('r', r)`);
        else if (k === 1) this.push(`${indent}print('step', ${this.random(9)})`);
        else if (k === 2)
          this.push(
            `${indent}${this.pick([`yield from ${this.fill('‹[1, 2]|"ab"|sub()|sub()|iter(range(2))|5|{}›')}`, `print('sub', (yield from sub()))`])}`,
          );
        else if (k === 3)
          this.push(
            `${indent}${this.pick([`return ${this.expr('small')}`, `raise ${this.pick(ERRORS)}(${this.random(9)})`, 'yield'])}`,
          );
        else if (k === 4)
          this.push(
            `${indent}yield ${this.pick(['n', '(n, 1)', '[x for x in range(n)]', '(yield)', '(yield 8) or 9'])}`,
          );
        else if (k < 8) {
          this.push(`${indent}try:`);
          body(`${indent}    `, depth + 1);
          if (this.chance(2)) {
            this.push(
              `${indent}except ${this.pick([...ERRORS, '(ValueError, KeyError)', 'GeneratorExit', 'Exception'])} as e:`,
              `${indent}    print('caught', repr(e))`,
            );
            if (this.chance(2)) body(`${indent}    `, depth + 1);
            else if (this.chance(3)) this.push(`${indent}    raise`);
          } else {
            this.push(`${indent}finally:`, `${indent}    print('finally')`);
            if (this.chance(4)) body(`${indent}    `, depth + 1);
          }
        } else if (k === 8) {
          this.push(`${indent}for x in ${this.pick(['range(n)', '(7, 8)', 'sub()'])}:`);
          body(`${indent}    `, depth + 1);
          if (this.chance(4)) this.push(`${indent}    ${this.pick(['break', 'continue'])}`);
        } else if (k === 9) {
          this.push(`${indent}with CM(${this.pick(['True', 'False'])}) as w:`);
          body(`${indent}    `, depth + 1);
        } else {
          this.push(`${indent}if n ${this.pick(['>', '==', '<'])} ${this.random(3)}:`);
          body(`${indent}    `, depth + 1);
        }
      }
    };
    this.push(
      'def sub():',
      '    try:',
      `        x = yield 'a'`,
      `        print('sub got', x)`,
      `        yield 'b'`,
      this.pick(['    finally:', '    except ValueError as e:']),
      `        print('sub end')`,
      ...(this.chance(2) ? [`    return ${this.expr('small')}`] : []),
    );
    this.push(`def ${g}(n):`);
    body('    ', 0);
    this.push('    yield 0');
    for (let run = 0; run < 2; run++) {
      const it = this.fresh('it');
      this.push(`${it} = ${g}(${this.random(3)})`);
      for (let i = 2 + this.random(4); i > 0; i--) {
        this.ask(
          this.fill(
            this.pick([
              `next(${it})`,
              `next(${it})`,
              `next(${it}, 'end')`,
              `${it}.send(None)`,
              `${it}.send($any)`,
              `${it}.throw(ValueError)`,
              `${it}.throw(ValueError('t'))`,
              `${it}.throw(KeyError, 'k')`,
              `${it}.throw(GeneratorExit)`,
              `${it}.throw(StopIteration, 3)`,
              `${it}.close()`,
              `list(${it})`,
              `iter(${it}) is ${it}`,
              `[*${it}]`,
              `sum(${it})`,
              `${it}.throw($any)`,
            ]),
          ),
        );
      }
    }
  }

  /** A function with a random signature, called with random arguments. */
  private signature(): void {
    const f = this.fresh('f');
    const params: string[] = [];
    const names: string[] = [];
    const n = this.random(4);
    let defaults = false;
    for (let i = 0; i < n; i++) {
      defaults ||= this.chance(3);
      names.push('abcd'[i] as string);
      params.push(`${'abcd'[i]}${defaults ? `=${this.expr('small')}` : ''}`);
    }
    const star = this.random(3);
    if (star === 1) params.push('*args');
    const kwonly = star === 2 ? 1 + this.random(2) : star === 1 ? this.random(2) : 0;
    if (star === 2) params.push('*');
    for (let i = 0; i < kwonly; i++) {
      names.push('xy'[i] as string);
      params.push(`${'xy'[i]}${this.chance(2) ? `=${this.expr('small')}` : ''}`);
    }
    const kw = this.chance(2);
    if (kw) params.push('**kw');
    const shown = [...names, ...(star === 1 ? ['args'] : []), ...(kw ? ['sorted(kw.items())'] : [])];
    const kind = this.random(4);
    const value = `(${shown.join(', ')}${shown.length === 1 ? ',' : ''})`;
    if (kind === 0) this.push(`${f} = lambda ${params.join(', ')}: ${value}`);
    else if (kind === 1)
      this.push(
        `class K${f}:`,
        `    def m(self${params.length > 0 ? ', ' : ''}${params.join(', ')}): return ${value}`,
        `${f} = K${f}().m`,
      );
    else if (kind === 2)
      this.push(
        `def make():`,
        `    z = 1`,
        `    def ${f}(${params.join(', ')}):`,
        `        return z, ${value}`,
        `    return ${f}`,
        `${f} = make()`,
      );
    else this.push(`def ${f}(${params.join(', ')}):`, `    return ${value}`);
    for (let i = 0; i < 9; i++) {
      const args: string[] = [];
      for (let k = this.random(4); k > 0; k--) args.push(this.expr('small'));
      if (this.chance(4)) args.push(`*${this.expr(this.pick(['tuple', 'list', 'range', 'str']))}`);
      const used = new Set<string>();
      for (let k = this.random(3); k > 0; k--) {
        const name = this.pick([...names, 'zz', 'a', 'x']);
        if (used.has(name)) continue;
        used.add(name);
        args.push(`${name}=${this.expr('small')}`);
      }
      if (this.chance(4)) args.push(this.fill("**‹{}|{'a': 1}|{'zz': 2}|{'x': 1, 'y': 2}|$dict|{1: 2}›"));
      this.ask(`${f}(${args.join(', ')})`);
    }
  }

  /** A function with nested try, finally, with and loops, and the ways out of them. */
  private paths(): void {
    const f = this.fresh('f');
    let count = 0;
    const block = (indent: string, depth: number, loop: boolean): void => {
      for (let i = 1 + this.random(2); i > 0; i--) {
        const k = this.random(depth > 3 ? 4 : 9);
        const mark = count++;
        if (k === 0) this.push(`${indent}print(${mark})`);
        else if (k === 1)
          this.push(
            `${indent}if n == ${this.random(4)}: ${this.pick([`return ${mark}`, ...(loop ? ['break', 'continue'] : []), `raise ${this.pick(ERRORS)}(${mark})`])}`,
          );
        else if (k === 2)
          this.push(`${indent}${this.pick([`n += 1`, `print(n, ${mark})`, `[][n]`, `x = n // (n - 2)`, `print(x)`])}`);
        else if (k === 3)
          this.push(
            `${indent}${this.pick([`print(${mark})`, `print(${mark})`, `return ${mark}`, ...(loop ? ['break', 'continue'] : []), 'raise', `raise ${this.pick(ERRORS)}`])}`,
          );
        else if (k < 7) {
          this.push(`${indent}try:`);
          block(`${indent}    `, depth + 1, loop);
          const except = !this.chance(3);
          if (except) {
            this.push(
              `${indent}except ${this.pick([...ERRORS, 'Exception', 'Exception', '(KeyError, IndexError)'])} as e:`,
              `${indent}    say(e)`,
            );
            block(`${indent}    `, depth + 1, loop);
            if (this.chance(3)) {
              this.push(`${indent}else:`);
              block(`${indent}    `, depth + 1, loop);
            }
          }
          if (!except || this.chance(2)) {
            this.push(`${indent}finally:`);
            block(`${indent}    `, depth + 1, loop);
          }
        } else if (k === 7) {
          this.push(`${indent}with CM(${this.pick(['True', 'False', '0'])}):`);
          block(`${indent}    `, depth + 1, loop);
        } else {
          this.push(`${indent}for i in range(${1 + this.random(3)}):`);
          block(`${indent}    `, depth + 1, true);
          if (this.chance(3)) {
            this.push(`${indent}else:`);
            block(`${indent}    `, depth + 1, loop);
          }
        }
      }
    };
    this.push(`def ${f}(n):`, '    x = 5');
    block('    ', 0, false);
    this.push(`    return 'end'`);
    for (let n = 0; n < 5; n++) this.ask(`${f}(${n})`);
  }

  /** A container that is changed at random and shown after each change. */
  private mutation(): void {
    const v = this.fresh('v');
    const kind = this.pick([
      'list',
      'bytearray',
      'array',
      'dict',
      'set',
      'deque',
      'odict',
      'list',
      'bytearray',
      'memoryview',
    ]);
    this.push(`${v} = ${this.pick(LEAVES[kind] as readonly string[])}`);
    const changes = [
      '@[$small] = $any',
      '@[$small] = $small',
      '@[$slicing] = $any',
      '@[$slicing] = $bytes',
      '@[$slicing] = $list',
      'del @[$small]',
      'del @[$slicing]',
      '@[$key] = $any',
      'del @[$key]',
      '@ += $any',
      '@ += $list',
      '@ += $bytes',
      '@ *= $small',
      '@ |= $set',
      '@ -= $set',
      '@ &= $set',
      '@ ^= $set',
      '@.append($any)',
      '@.append($small)',
      '@.extend($any)',
      '@.extend($iter)',
      '@.insert($small, $any)',
      '@.pop($small)',
      '@.pop()',
      '@.remove($small)',
      '@.sort()',
      '@.reverse()',
      '@.clear()',
      '@.update($any)',
      '@.add($any)',
      '@.discard($small)',
      '@.setdefault($key, $any)',
      '@.popitem()',
      '@.appendleft($any)',
      '@.popleft()',
      'a, *b, c = @; print(a, b, c)',
      'for x in @: print(x); break',
      '@.sort(key=$fun)',
      '@.sort(reverse=True)',
      '@.pop($key, $any)',
    ];
    for (let i = 0; i < 10; i++) this.statement(this.fill(this.pick(changes)).replaceAll('@', v), v);
  }

  /** Attributes: descriptors, properties, class and instance, inheritance, super. */
  private attributes(): void {
    const n = this.names++;
    const own = (name: string): string =>
      this.pick([
        `    ${name} = ${this.expr('any')}`,
        `    def ${name}(self, *a): return ('${name}', a)`,
        `    @property\n    def ${name}(self): return ${this.pick(["'prop'", 'self.q', '1 // 0', 'self._v'])}`.replace(
          'self._%s',
          'self._v',
        ),
        `    @staticmethod\n    def ${name}(*a): return a`,
        `    @classmethod\n    def ${name}(cls, *a): return (cls.__name__, a)`,
        `    ${name} = D()`,
        `    ${name} = property(lambda s: 'g', lambda s, v: print('s', v)${this.chance(2) ? ", lambda s: print('d')" : ''})`,
      ]);
    const members = ['p', 'q', 'r'];
    this.push('class D:');
    if (!this.chance(4)) this.push("    def __get__(self, o, t): return ('get', o is None)");
    if (this.chance(2)) this.push("    def __set__(self, o, v): print('dset', v)");
    if (this.chance(2)) this.push("    def __delete__(self, o): print('ddel')");
    this.push('    d = 1');
    this.push(`class A${n}:`, ...members.filter(() => this.chance(2)).map(own), '    z = 0');
    if (this.chance(3)) this.push(`    def __init__(self, *a): self.a = a; print('A init', a)`);
    this.push(`class M${n}:`, ...members.filter(() => this.chance(3)).map(own), '    y = 1');
    this.push(
      `class B${n}(${this.pick([`A${n}`, `A${n}, M${n}`, `M${n}, A${n}`])}):`,
      ...members.filter(() => this.chance(3)).map(own),
      `    def s(self, *a): return super().${this.pick(members)}${this.pick(['', '(*a)'])}`,
    );
    if (this.chance(3)) this.push(`    def __init__(self): super().__init__(7); self.b = 2`);
    if (this.chance(5)) this.push(`    def __getattr__(self, n): return ('ga', n)`);
    if (this.chance(6)) this.push(`    def __setattr__(self, n, v): print('sa', n, v); object.__setattr__(self, n, v)`);
    if (this.chance(6)) this.push(`    def __delattr__(self, n): print('da', n)`);
    const o = `o${n}`;
    this.push(
      'try:',
      `    ${o} = B${n}(${this.pick(['', '', '1'])})`,
      'except Exception as e:',
      `    ${o} = A${n}()`,
      '    say(e)',
    );
    for (let i = 0; i < 10; i++) {
      const m = this.pick([...members, 's', 'z', 'nope', 'y']);
      const target = this.pick([o, o, o, `B${n}`, `A${n}`, `A${n}()`]);
      if (this.chance(3))
        this.statement(
          this.pick([
            `${target}.${m} = ${this.expr('small')}`,
            `del ${target}.${m}`,
            `${target}.${m} += 1`,
            `setattr(${target}, '${m}', 3)`,
            `delattr(${target}, '${m}')`,
          ]),
          `getattr(${o}, '${m}', None)`,
        );
      else
        this.ask(
          this.pick([
            `${target}.${m}`,
            `${target}.${m}`,
            `${target}.${m}(1)`,
            `hasattr(${target}, '${m}')`,
            `getattr(${target}, '${m}', 9)`,
            `super(B${n}, ${o}).${m}`,
            `${o}.s(1)`,
            `isinstance(${o}, M${n})`,
            `issubclass(B${n}, (A${n}, M${n}))`,
            `B${n}.__bases__`,
            `B${n}.__name__`,
            `type(${o}) is B${n}`,
          ]),
        );
    }
  }
}

/** What these programs share: `p` prints the answer to a question, `say` an error. */
const PROBE_HEAD = `import sys, io, json, math, re, struct, binascii
from array import array
from collections import deque, namedtuple, OrderedDict
NT = namedtuple('NT', ['x', 'y'])
class Base:
    def __add__(self, o): return 'base add'
    def __eq__(self, o): return 'base eq'
    base = 1
def raise_(e): raise e
def say(e): print('!', type(e).__name__, show(e.args))
def p(f):
    try:
        print(show(f()))
    except BaseException as e:
        say(e)`;
