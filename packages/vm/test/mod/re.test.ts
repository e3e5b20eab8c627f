import { describe, expect, it } from 'vitest';
import { program, type ProgramOptions } from '../obj/program.js';

/** The lines that a program prints which knows `re`, and `t()` to evaluate and show an expression or its exception. */
function lines(source: string, options?: ProgramOptions): string[] {
  const head = `import re
def t(f):
 try: print(f())
 except Exception as e: print(repr(e))
`;
  return program(head + source, options)
    .trimEnd()
    .split('\n');
}
/** What expressions show. */
function show(expressions: readonly string[], options?: ProgramOptions): Record<string, string> {
  const got = lines(expressions.map((e) => `t(lambda: ${e})`).join('\n'), options);
  return Object.fromEntries(expressions.map((e, i) => [e, got[i] as string]));
}
function check(want: Readonly<Record<string, string>>, options?: ProgramOptions): void {
  expect(show(Object.keys(want), options)).toEqual(want);
}

describe('patterns', () => {
  it('match at the start, search everywhere', () => {
    check({
      're.match("b", "ab")': 'None',
      're.search("b", "ab").span()': '(1, 2)',
      're.match("a", "ab")': '<match num=1>',
      're.search("^b", "ab")': 'None',
      're.search("b$", "bab").start()': '2',
    });
  });
  it('are greedy unless told otherwise', () => {
    check({
      're.match("a*", "aaa").group(0)': 'aaa',
      're.match("a*?", "aaa").group(0)': '',
      're.match("a+?", "aaa").group(0)': 'a',
      're.match("a??b", "ab").group(0)': 'ab',
      're.match("(a*?)(a*)", "aaa").groups()': "('', 'aaa')",
    });
  });
  it('take the first alternative that leads to a match', () => {
    check({
      're.match("ab|a|abc", "abc").group(0)': 'ab',
      're.match("(?:ab|a|abc)$", "abc").group(0)': 'abc',
      're.match("(a)|(b)|(c)", "b").groups()': "(None, 'b', None)",
    });
  });
  it('know classes', () => {
    check({
      're.match("[a-c]+", "abcd").group(0)': 'abc',
      're.match("[^a-c]+", "xyabc").group(0)': 'xy',
      're.match("[a-]+", "a-a").group(0)': 'a-a',
      're.match("[\\\\d_]+", "12_x").group(0)': '12_',
      're.match("\\\\w+", "az_09-").group(0)': 'az_09',
      're.match("\\\\W+\\\\S\\\\s\\\\D", "- + a").group(0)': '- + a',
      're.match("\\\\.\\\\[", ".[").group(0)': '.[',
    });
  });
  it('forget the captures of a way that failed', () => {
    check({
      're.match("(?:(a)b|ac)", "ac").groups()': '(None,)',
      're.match("(?:(a)|b)*", "ab").groups()': "('a',)",
    });
  });
  it('order bytes from 0x80 on as the port’s C compiler does', () => {
    const high = 're.match(b"[a-\\xf0]", b"\\x80")';
    check({ [high]: 'None' }, { board: 'coverage32' });
    check({ [high]: '<match num=1>' }, { board: 'pico-w' });
  });
  it('raise ValueError for what cannot be compiled', () => {
    const complex = "ValueError('regex too complex',)";
    check({
      're.compile("*")': complex,
      're.compile("(a")': complex,
      're.compile("[a")': complex,
      're.compile("[a-")': complex,
      're.compile("a\\\\")': complex,
      're.compile("a)")': "ValueError('error in regex',)",
      're.compile("(?:)+")': complex,
      're.compile("(" + "a" * 62 + ")?")': complex,
      're.compile("(a)" * 64)': complex,
      're.match(1, "a")': "TypeError(\"can't convert 'int' object to str implicitly\",)",
      're.compile("(" * 1000 + ")" * 1000)': "RuntimeError('maximum recursion depth exceeded',)",
    });
  });
});

describe('the matcher', () => {
  it('raises RuntimeError when the modelled stack is used up', () => {
    check({
      're.match("a*", "a" * 500).end()': '500',
      're.match("a*", "a" * 700)': "RuntimeError('maximum recursion depth exceeded',)",
      're.match("(a*)*", "aaa")': "RuntimeError('maximum recursion depth exceeded',)",
    });
  });
  it('gives the stack back after an error', () => {
    const source = `
import micropython
a = micropython.stack_use()
for p in ('((((', '(a*)*') * 50:
  try: re.match(p, 'a')
  except (ValueError, RuntimeError): pass
print(micropython.stack_use() - a)
`;
    expect(lines(source)).toEqual(['0']);
  });
  it('charges for its steps, so that an endless one can be aborted', () => {
    const hang = 're.match("(?:^)+?b", "a")';
    let asked = 0;
    expect(() =>
      program(`import re\n${hang}\n`, {
        checkDeadline: () => {
          if (++asked === 3) throw new Error('aborted');
        },
      }),
    ).toThrow('aborted');
  });
});

describe('match objects', () => {
  it('count characters in a str and bytes in bytes', () => {
    check({
      're.search("b", "éèb").span()': '(2, 3)',
      're.search(b"b", "éèb".encode()).span()': '(4, 5)',
      're.search("(è)", "éèb").group(1)': 'è',
      're.search(b"b", b"ab").group(0)': "b'b'",
    });
  });
  it('name groups by number', () => {
    check({
      're.match("(a)(x)?", "ab").groups()': "('a', None)",
      're.match("(a)(x)?", "ab").span(2)': '(-1, -1)',
      're.match("(a)(b)", "ab").start(2)': '1',
      're.match("(a)(b)", "ab").end(1)': '1',
      're.match("(a)", "a").group(2)': 'IndexError(2,)',
      're.match("(a)", "a").group(-1)': 'IndexError(-1,)',
      're.match("a", "a").groups()': '()',
    });
  });
  it('begin and end where the call says', () => {
    check({
      're.compile("b").match("abb", 1).span()': '(1, 2)',
      're.compile("b*").search("abbb", 1, 3).span()': '(1, 3)',
      're.compile("^b").search("ab", 1)': 'None',
      're.compile("a$").match("ab", 0, 1).span()': '(0, 1)',
      're.compile("a").search("a", 9)': 'None',
      're.compile("a").search("a", -9).span()': '(0, 1)',
      're.match("b", "ab", 1)': 'None',
    });
  });
});

describe('split', () => {
  it('cuts at each match', () => {
    check({
      're.compile(" +").split("a b  c")': "['a', 'b', 'c']",
      're.compile("x").split("axbxc", 1)': "['a', 'bxc']",
      're.compile("x").split(b"xax")': "[b'', b'a', b'']",
      're.compile("x*").split("abc")': "['abc']",
      're.compile("(x)").split("axb")': "NotImplementedError('splitting with sub-captures',)",
    });
  });
});

describe('sub', () => {
  it('replaces by text with groups', () => {
    check({
      're.sub("a", "b", "aXa")': 'bXb',
      're.sub("(a)(b)?", "<\\\\2\\\\g<1>>", "abXa")': '<ba>X<a>',
      're.sub("b", "\\\\\\\\-\\\\x", "abc")': 'a\\-xc',
      're.sub("a", "b", "aaa", 2)': 'bba',
      're.sub(b"a", b"\\x01", b"xa")': "b'x\\x01'",
      're.sub("(a)", "\\\\7", "a")': 'IndexError(7,)',
      're.sub("a", 1, "a")': "TypeError(\"can't convert 'int' object to str implicitly\",)",
      're.sub("x*", "-", "abc")': 'abc',
    });
  });
  it('asks a function for each replacement, which may match too', () => {
    const source = `
def double(m):
  return re.sub('[13579]', lambda o: '<' + o.group(0) + '>', str(int(m.group(0)) * 2 + 1))
print(re.sub('[0-9]+', double, 'a 10 b 7 c'))
kept = []
def keep(m):
  kept.append(m)
  return [str(i) * 20 for i in range(30)][0] + m.group(0)
print(re.sub('b(c)', keep, 'abcabc'), kept[0].groups())
`;
    // all calls get the same match object, which ends as the search that found no more
    const want = ['a 2<1> b <1><5> c', `a${'0'.repeat(20)}bca${'0'.repeat(20)}bc (None,)`];
    expect(lines(source)).toEqual(want);
    expect(lines(source, { stress: true })).toEqual(want);
  });
});

describe('the layout', () => {
  it('allocates what upstream allocates', () => {
    const source = `
import gc
def used(f):
  gc.disable()
  a = gc.mem_alloc()
  f()
  return gc.mem_alloc() - a
p = re.compile('a+(b|c)*[0-9]')
def compiling(): x = re.compile('a+(b|c)*[0-9]')
def matching(): x = p.match('aabc7')
def failing(): x = p.match('x')
print(used(compiling), used(matching), used(failing))
`;
    const want = 16 + 5 + 5 + 2 + 2 + 2 + 2 + 2 + 4 + 4 + 2 + 2 + 4;
    expect(lines(source)).toEqual([`${(want + 15) & ~15} 32 0`]);
  });
  it('lists its code', () => {
    const source = "re.compile('^a|b[0-9]\\\\w$', re.DEBUG)";
    expect(lines(source)).toEqual([
      ' 0: rsplit 5 (3)',
      ' 2: any',
      ' 3: jmp 0 (-5)',
      ' 5: save 0',
      ' 7: split 14 (5)',
      ' 9: assert bol',
      '10: char a',
      '12: jmp 23 (9)',
      '14: char b',
      '16: class 1 0x30-0x39',
      '20: namedclass w',
      '22: assert eol',
      '23: save 1',
      '25: match',
      'Bytes: 26, insts: 14',
    ]);
  });
});
