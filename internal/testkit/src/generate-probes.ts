/**
 * Random programs that ask many small questions: operators, methods, built-in functions, formats, slices, conversions with likely
 * and unlikely operands; classes with random special methods; generators driven at random; calls of random signatures; paths
 * through try, finally, with and loops. Every answer, value or error, is printed.
 *
 * Expressions are templates: `$kind` stands for an expression of a kind, `‹a|b|c›` for one of several texts (`‹|x›` for an optional
 * one), from the inside out.
 */
import type { Random } from './random.js';

/** Leaves by kind. `int`, `big` and `float` also have random ones. */
const LEAVES: Readonly<Record<string, readonly string[]>> = {
  small: ['0', '1', '2', '3', '-1', '-2', '5', '7', '10', '-7', '16', '63', '100'],
  float: [
    '0.0',
    '-0.0',
    '1.0',
    '-1.5',
    '0.1',
    '1e16',
    '1.5e300',
    '5e-324',
    '-1e-7',
    "float('inf')",
    "float('-inf')",
    "float('nan')",
    '123456789.125',
    '2.5',
    '0.5',
    '1e22',
    '1e-4',
    '99999.95',
  ],
  str: [
    "''",
    "'a'",
    "'abc'",
    "'Hello World'",
    "'  pad '",
    "'a,b,,c'",
    "'aXbXc'",
    "'12'",
    "'-3.5'",
    "'x\\ny\\r\\nz'",
    "'tab\\there'",
    "'it\\'s'",
    '\'"q"\'',
    "'abcabcabc'",
    "'AbC'",
    "'\\x00\\x7f'",
    "'0x1F'",
    "'a-b_c'",
    "'  '",
    "'{}'",
    "'%d'",
  ],
  bytes: [
    "b''",
    "b'a'",
    "b'abc'",
    "b'\\x00\\xff'",
    "b'a,b,,c'",
    "b' pad '",
    "b'abcabc'",
    'bytes(3)',
    'bytes([1, 2, 250])',
    "b'it\\'s'",
  ],
  bytearray: ["bytearray(b'xyz')", 'bytearray(4)', 'bytearray(range(8))', 'bytearray()'],
  array: [
    "array('b', [1, -2, 3])",
    "array('H', range(6))",
    "array('i', [5, -6])",
    "array('Q', [1 << 40])",
    "array('f', [0.5, -2.0])",
    "array('d')",
    "array('B', b'abcd')",
  ],
  memoryview: [
    "memoryview(b'abcdef')",
    'memoryview(bytearray(range(10)))',
    "memoryview(array('H', range(5)))",
    "memoryview(bytearray(b'xyz'))[1:]",
  ],
  buffer: ["b'abcdef'", 'bytearray(range(6))', "array('h', [1, 2, 3])", "memoryview(b'abcdef')[1:4]", 'bytes(16)'],
  list: [
    '[]',
    '[1, 2, 3]',
    "['a', 'b', 'c']",
    'list(range(6))',
    '[3, 1, 2, 3]',
    '[[1], [2, 3]]',
    '[1.5, 2, True, None]',
    '[(), (1,)]',
    '[-1, 0, 1]',
  ],
  tuple: ['()', '(1,)', '(1, 2, 3)', "('a', 1)", '(1, (2, 3))', '(3, 1, 2)', '(None, True)'],
  dict: ['{}', '{1: 2}', "{'a': 1, 'b': 2}", '{1: 1, 2: 4, 3: 9}', 'dict(x=5)', "{None: 0, 'k': []}"],
  set: ['set()', '{1, 2, 3}', '{2, 3, 4}', "set('abca')", 'frozenset({1, 2})', 'frozenset()', '{1}'],
  bool: ['True', 'False'],
  none: ['None'],
  range: ['range(5)', 'range(2, 10, 3)', 'range(10, 0, -4)', 'range(0)', 'range(-3, 3)'],
  deque: ['deque((), 3)', 'deque((1, 2, 3), 5)', 'deque([1, 2, 3, 4], 3)'],
  odict: ["OrderedDict([('a', 1), ('b', 2)])", 'OrderedDict()', 'OrderedDict({1: 2})'],
  named: ["NT(1, 'two')", 'NT(x=3, y=4)', 'NT(y=[], x=())'],
  complex: ['1j', '(2+3j)', '(-0.5-2j)', 'complex(1, -1)', '0j'],
  type: [
    'int',
    'str',
    'list',
    'dict',
    'tuple',
    'object',
    'type',
    'bytes',
    'bool',
    'float',
    'set',
    'Exception',
    'ValueError',
    'NT',
    'range',
    'slice',
  ],
  fun: [
    'len',
    'abs',
    'str',
    '(lambda x: x)',
    '(lambda *a: a)',
    '(lambda x, y=2: (x, y))',
    'print',
    'max',
    'repr',
    '(lambda: 1 // 0)',
  ],
  exc: [
    'ValueError()',
    "KeyError('k')",
    "OSError(2, 'no')",
    'OSError(5)',
    "Exception('a', 1)",
    'StopIteration(7)',
    'IndexError(1.5)',
    "UnicodeError('u')",
    'SystemExit(3)',
  ],
  slice: ['slice(1, 3)', 'slice(None)', 'slice(None, None, -1)', 'slice(5, 1, -2)', "slice('a')"],
  other: [
    'object',
    'Ellipsis',
    'NotImplemented',
    'iter([1, 2])',
    '(i for i in (1, 2))',
    'zip([1], [2])',
    'map(str, [1])',
    'enumerate("ab")',
    'reversed([1, 2])',
    'len',
    'int.from_bytes',
    '[].append',
    'io.StringIO',
    'super',
    'sys',
  ],
};

/** What an expression of a kind may be instead of a leaf. */
const COMPOUND: Readonly<Record<string, readonly string[]>> = {
  int: [
    '$int ‹+|-|*|//|%|&|^› $int',
    '-$int',
    '~$int',
    '$int ‹<<|>>› ‹0|1|7|31|40|64›',
    'len($any)',
    '$bytes[$small]',
    'int($str)',
    'abs($int)',
    'hash($small)',
    'ord($str)',
    'sum($list)',
  ],
  float: ['$float ‹+|-|*|/|//|%› $float', '-$float', '$int / $int', 'float($int)', 'abs($float)'],
  str: [
    '$str + $str',
    '$str * ‹0|1|2|3›',
    'str($any)',
    'repr($any)',
    '$str[$slicing]',
    '$str.‹upper|lower|strip|lstrip|rstrip›()',
    "'%‹s|r›' % ($any,)",
    "'{‹|!r›}'.format($any)",
    '$str.replace($str, $str)',
    'hex($int)',
    "''.join($list)",
  ],
  bytes: ['$bytes + $bytes', '$bytes * 2', '$bytes[$slicing]', '$str.encode()', 'bytes($bytearray)', 'bytes($list)'],
  list: [
    '$list + $list',
    '$list * 2',
    '$list[$slicing]',
    'sorted($list)',
    '[$any, $any]',
    'list($iter)',
    '$str.split($str)',
    '[x for x in $iter]',
    'list($dict.‹keys|values|items›())',
  ],
  tuple: ['$tuple + $tuple', '$tuple * 2', '$tuple[$slicing]', '($any, $any)', 'tuple($iter)', 'divmod($int, $int)'],
  dict: ['dict($odict)', '{$key: $any, $key: $any}', '{k: $small for k in $iter}', 'dict(zip($list, $tuple))'],
  set: ['$set ‹&|-|^› $set', 'set($iter)', '{$key, $key}'],
  bool: [
    '$any ‹==|!=|<|<=|>|>=› $any',
    'not $any',
    '$any in $container',
    'isinstance($any, $type)',
    'bool($any)',
    '$int < $int < $int',
  ],
};

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  any: [
    'int',
    'small',
    'float',
    'str',
    'bytes',
    'list',
    'tuple',
    'dict',
    'set',
    'bool',
    'none',
    'bytearray',
    'array',
    'range',
    'named',
    'complex',
    'type',
    'exc',
    'other',
    'slice',
    'memoryview',
    'deque',
    'odict',
    'fun',
  ],
  number: ['int', 'int', 'float', 'bool', 'complex', 'big'],
  real: ['int', 'float', 'small', 'bool', 'big'],
  key: ['small', 'str', 'tuple', 'none', 'float', 'bytes', 'small', 'str'],
  iter: ['list', 'tuple', 'str', 'range', 'bytes', 'dict', 'set', 'list', 'deque', 'memoryview'],
  seq: ['list', 'tuple', 'str', 'range', 'bytes', 'bytearray', 'array', 'memoryview', 'named'],
  mutable: ['list', 'bytearray', 'array', 'list', 'bytearray'],
  container: ['list', 'tuple', 'str', 'dict', 'set', 'range', 'bytes'],
  text: ['str', 'bytes'],
};

const SLICING = '‹|$small|None|$int›:‹|$small|None›‹|:|:‹1|2|-1|3|-2|0|None››';

const OPERATORS = '‹+|-|*|/|//|%|&|^|<<|>>|**|@|==|!=|<|<=|>|>=|in|not in|is|and|or›';

/** Questions by topic. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  operators: [
    `$any ${OPERATORS} $any`,
    '$number ‹+|-|*|/|//|%|==|!=|<|<=|>|>=› $number',
    '$seq ‹+|==|!=|<|<=|>|>=› $seq',
    '$seq * $small',
    '‹-|+|~|not ›$any',
    'divmod($real, $real)',
    'pow($real, ‹2|3|-1|0.5|10›)',
    'pow($int, ‹2|5|17|100›, ‹7|97|1000|(1 << 61) - 1›)',
    'abs($any)',
    'round($real‹|, $small›)',
    '$set ‹&|-|^|<|<=|==|>=› $set',
    '($set).‹union|intersection|difference|symmetric_difference|issubset|issuperset|isdisjoint›($iter)',
    'hash($small) == hash($float)',
    '$any is $any',
  ],
  bigints: [
    '$big ‹+|-|*|//|%|&|^|==|<|>=› $big',
    '$big ‹+|-|*|//|%|/|&|^|==|<› $real',
    '$big ‹<<|>>› ‹0|1|15|16|17|31|32|33|64|100›',
    '‹-|~|+›$big',
    '$int ** ‹0|1|2|3|7|20›',
    "'‹{}|{:x}|{:X}|{:o}|{:b}|{:,}|{:+d}|{:040d}|{:>30}|{:<30}|{:^30}|{:#x}|{:#b}›'.format($big)",
    "'‹%d|%x|%40d|%-40d|%+d|%o|%X|%s|%050d›' % $big",
    'str($big)',
    'int(str($big)) == $big',
    "int('‹|-|+›$digits'‹|, ‹10|16|8|36›› )",
    'float($big)',
    'int($float)',
    '$big & ‹0xff|0xffff|0xffffffff|(1 << 64) - 1|-1|-256›',
    '‹hex|bin|oct›($big)',
    "($big & ((1 << 80) - 1)).to_bytes(‹10|12|20›, '‹little|big›')",
    "int.from_bytes($bytes, '‹little|big›')",
    '‹min|max›($big, $big, $small)',
    '$big // $small',
    '$big % $small',
    'divmod($big, $big)',
    'sum([$big, $big, $real])',
    'bool($big)',
    '$big == $big + 0',
    'sorted([$big, $real, $small, $big])',
    'abs($big)',
    '$big in [$big, 1]',
    '{$big: 1}.get($big)',
    '[1, 2][$big]',
    'range($big)',
    'len(range(‹5|-5|1 << 29›))',
  ],
  strings: [
    '($text).‹find|rfind|index|rindex|count›($text‹|, $small|, $small, $small›)',
    '($text).‹split|rsplit›(‹|$text|None|$text, $small|None, $small›)',
    '($text).‹strip|lstrip|rstrip›(‹|$text›)',
    '($text).replace($text, $text‹|, $small›)',
    '($text).‹startswith|endswith›(‹$text|($text, $text)|$any|$text, $small›)',
    '($text).‹upper|lower|isspace|isalpha|isdigit|isupper|islower›()',
    '($text).‹partition|rpartition›($text)',
    '($text).join($iter)',
    '($str).join([$str, $str, $any])',
    '($str).‹center|ljust›(‹0|3|12|$str›)',
    '($str).splitlines(‹|True›)',
    '($str).encode(‹|"utf-8"›)',
    '($bytes).decode(‹|"utf-8"|"ascii"›)',
    '($text)[$slicing]',
    '($text)[$any]',
    '$text in $text',
    'bytes($any)',
    'bytearray($any)',
    'str($bytes, ‹"utf8"|"utf-8"|$any›)',
    'chr(‹65|0|127|$small|$any›)',
    'ord($any)',
    '$str.‹nope|format›',
    'str.‹upper|strip›($any)',
    'bytes.‹upper|lower|strip›($bytes)',
    'bytearray($bytes).‹find|count|startswith›($bytes)',
    "bytes(‹'abc', 'utf-8'|3|[256]|'x'|-1|[1, 'a']›)",
    'list($text)',
    'eval(repr($str)) == $str',
    'sorted($str)',
    '$text < $text',
    '($str)(1)',
  ],
  formats: [
    "'{:‹|*|0|x›‹|<|>|^|=›‹|+|-| ›‹|#›‹|0›‹|1|5|12›‹|,›‹|.0|.1|.3|.10›‹|d|x|X|o|b|c|s|f|F|e|E|g|G|n|%|z›}'.format($any)",
    "'{:‹|<|>|^|=›‹|+|-| ›‹|0›‹|1|8|20›‹|.0|.1|.3|.10|.20›‹f|F|e|E|g|G|›}'.format($real)",
    "'{:‹|<|>|^|=›‹|+|-| ›‹|#›‹|0›‹|3|12›‹d|x|X|o|b|›}'.format($int)",
    "'{:‹|*|-›‹|<|>|^›‹|2|9›‹|.0|.2|.7›‹|s›}'.format($str)",
    "'%‹|-|+| |0|#›‹|3|10|*›‹|.0|.2|.8|.*›‹d|i|x|X|o|s|r|c|f|e|g|G|%›' % ‹$any|($any,)|($small, $real)|($small, $small, $real)|$dict›",
    "'%‹|-|+| |0›‹|3|12›‹|.0|.2|.12›‹d|f|e|g|F|E|G|s|x›' % $real",
    "'%‹|-|0›‹|5›‹s|r›|%‹d|5d|-5d|05d|x›' % ($any, $int)",
    "b'%‹|-|0›‹|5›‹s|d|x|r›' % ‹$bytes|$int›",
    "'‹{0}{1}|{1}{0}|{}{}|{0}{}|{a}{b}|{}{a}|{2}|{0[1]}|{a.x}|{0.real}|{!s}{!r}|{0!r:>8}|{0:{1}}|{:{}}|{{}}{}|{|}|{}}|{!x}|{:|{0:}}›'.format($any, $small, a=$named, b=$any)",
    "'%‹(a)s|(a)5d|(b)r|(c)s|(a)|(a›' % {'a': $int, 'b': $str}",
    "'%s %s' % ‹$tuple|$any|($any, $any)|($any,)›",
    "f'{$small}‹|{$float:8.3f}|{$str!r}|{$int:x}|{$str:>8}|{1 + 2=}|{{}}›'",
    "'{}'.format(‹|*$tuple|**$dict|*$list, a=1›)",
    '‹str|repr›($any)',
    '‹str|repr›([$any, $any])',
    '‹str|repr›({$key: $any})',
    '‹str|repr›($exc)',
    "format($any, ‹''|'5'|'>8'|'x'|'.2f'|'s'›)",
    'print($any, $any, sep=$any, end=$str)',
    'print($any, ‹sep|end|file|x›=$any)',
  ],
  parsing: [
    "int('‹|+|-| |--›‹|0x|0b|0o|0X|00›‹|1|12|_1|1_0|1f|zz|7›‹| |x|.0|_|L›'‹|, ‹0|2|8|10|16|36|1|37›› )",
    "float('‹|+|-| ›‹|1|.|.5|1.|12.5|1e|1e5|1E-3|inf|nan|infinity|1_0|0x10|1e400|1e-400›‹| |x|e|.›')",
    "complex('‹1|1j|j|+1j|1+2j|(1+2j)|1 + 2j|x|1e2-3e4j|nan|1+›')",
    'int($any)',
    'float($any)',
    'complex($any‹|, $any›)',
    'int($str, $small)',
    'bool($any)',
    'eval("‹1|1 +|x|(1, 2)|[1, *(2, 3)]|lambda: 1|1 if 0 else 2|\'a\' \'b\'|1_000|0x_f|1__0|0777|1e5j|None|...|a = 1|yield 1|*a|1.real|{1: 2, **{}}|not in|f(1|"")›")',
    "exec('‹x = 1|x = |def f(): pass|return 1|break|  x = 1|if 1:\\n x\\n  y|a b|1 = 2|f() = 3|del 1|import 1|global x|nonlocal x|x: int = 3|class A: pass|for|try: pass|with|@x|lambda|async def f(): pass|await x|def f(a, a): pass|def f(a=1, b): pass|f(a=1, 2)|f(**k, *a)|f(a=1, a=2)|*a = 1|*a, *b = c|a, b = 1|(a, b) = 1, 2|print(1;›')",
    "bytes.fromhex('‹|00|0a 0b|0|zz|ff FF›')",
    'json.loads(\'‹1|-1.5e3|"a\\\\u0041"|[1, 2, {}]|{"a": null}|tru|[1,|{1: 2}|nul|"|[] x›\')',
    'json.dumps($any)',
    'json.loads(json.dumps($list))',
  ],
  collections: [
    '$list.‹append|extend|remove|index|count|pop|insert|sort|reverse|copy|clear›(‹|$any|$small|$small, $any›)',
    '$tuple.‹index|count›(‹|$any|$any, $small|$any, $small, $small›)',
    '$dict.‹get|pop|setdefault›(‹$key|$key, $any|$any|›)',
    '$dict.‹keys|values|items|popitem|copy|clear|update|nope›(‹|$any›)',
    '$dict[$any]',
    '$dict | $dict',
    '$set.‹add|remove|discard|pop|update|clear|copy|nope›(‹|$any|$key›)',
    '$deque.‹append|appendleft|pop|popleft|extend|nope›(‹|$any›)',
    '$odict.‹popitem|get|keys|items|pop|values|update›(‹|$key›)',
    '$named.‹x|y|z|_asdict|_replace|index|count›(‹|x=1|1›)',
    '$named[$any]',
    'namedtuple($any, $any)',
    "namedtuple('P', ‹'a b'|['a', 'b']|()|('a',)›)($any, $any)",
    '$range.‹index|count|start|stop|step›',
    '$range[$any]',
    '$range[$slicing]',
    '$seq[$slicing]',
    '$seq[$any]',
    '‹len|list|tuple|set|sorted|sum|min|max|any|all|iter|reversed|enumerate|dict|bytes|bytearray›($any)',
    '‹min|max›($any, $any‹|, key=$fun|, default=1›)',
    '‹min|max›($iter, ‹key=$fun|default=$any›)',
    'sorted($iter, ‹key=$fun|reverse=$any|$any›)',
    'sum($iter, $any)',
    'list(map($fun, $iter‹|, $iter›))',
    'list(filter(‹None|$fun›, $iter))',
    'list(zip($iter, $iter‹|, $iter›))',
    'list(enumerate($iter‹|, $any|, start=$small›))',
    'dict($any)',
    'dict.fromkeys($iter‹|, $any›)',
    "dict(‹a=1|$dict, a=1|[(1, 2), (3,)]|[(1, 2, 3)]|[1]|'ab'›)",
    'next($any‹|, $any›)',
    'iter($any‹|, $any›)',
    'list(reversed($seq))',
    'list($any)',
    'set($any)',
    '[*$iter, *$iter]',
    '{*$iter, $any}',
    '{**$dict, **$dict, $key: 1}',
    '[[i, j] for i in $iter for j in $iter if i ‹==|!=› j]',
    '{i: [j for j in range(i)] for i in ‹range(4)|$iter›}',
    '[x ‹if|or› y ‹else|and› z for x, y, z in zip($iter, $iter, $iter)]',
    '(lambda a, *b, c=3, **d: (a, b, c, sorted(d.items())))(‹|$any|*$iter|$any, c=1|1, 2, z=3|**$dict|a=1|1, a=2›)',
  ],
  objects: [
    '‹isinstance|issubclass›($any, ‹$type|($type, $type)|$any›)',
    '‹getattr|hasattr›($any, ‹"real"|"append"|"__class__"|"__name__"|"nope"|$any›)',
    "getattr($any, 'nope', $any)",
    'setattr($any, "x", 1)',
    'delattr($any, "x")',
    '($any).‹x|__class__|__name__|__dict__|append|real|args|value|errno|start›',
    '($exc).‹args|value|errno|message|characters_written›',
    'callable($any)',
    'type($any)',
    'type($any) is $type',
    '$type.__name__',
    '$type()',
    '$type($any)',
    '$type($any, $any)',
    'id($any) == id($any)',
    '($any)()',
    '($any)(1, a=2)',
    '$fun(‹|$any|$any, $any|*$iter|x=1|$any, y=$any›)',
    'hash($any) == hash($any)',
    'dir($named) == dir($any)',
    'object()',
    "type('T', (‹object|$type|›,), {'a': $any})‹|()|.a›",
    'type($any, $any, $any)',
    'super()',
    'globals() is $any',
    'len(dir($any)) > 0',
    'raise_($any)',
  ],
  buffers: [
    "array('‹b|B|h|H|i|I|l|L|q|Q|f|d|x|O›', ‹$list|$iter|$any|[1, 2]|[1.5]|[300, -1]›)",
    '$array.‹append|extend|decode|nope›(‹$any|›)',
    '$array[$slicing]',
    '$array ‹+|==|<|*› $array',
    '$memoryview[$slicing]',
    '$memoryview[$any]',
    '$memoryview ‹==|!=|+|in› $buffer',
    'memoryview($any)',
    'bytes($memoryview)',
    'len($memoryview)',
    '$bytearray.‹append|extend|find|pop|hex›(‹$any|$small|›)',
    '$bytearray ‹+|==|*|in› $any',
    "struct.pack('‹<|>|=|@|!|›‹b|B|h|H|i|I|q|Q|f|d|s|3s|2h|x|bi|P|z|›', ‹|$any|$small|$bytes|$small, $small›)",
    "struct.unpack('‹<|>|@|›‹b|B|h|H|i|I|q|f|3s|2h|xb|hI›', $buffer)",
    "struct.unpack_from('‹<|>|›‹b|B|h|H|I›', $buffer, $small)",
    "struct.calcsize('‹<|>|@|›‹b|h|bh|bi|bq|3s|hbd|2i|z|›')",
    'bytes(bytearray($bytes) + $buffer)',
    '$buffer ‹==|<|in› $buffer',
    'io.‹BytesIO($bytes)|BytesIO($bytearray)|StringIO($str)|BytesIO()|StringIO()›.‹getvalue()|read()|read(2)|read(-1)|readline()|readline(1)|readlines()|seek(1)|seek(-1)|seek(0, 2)|seek(1, 1)|seek(9, 7)|tell()|close()|flush()|nope()|write(5, 6)|write()›',
    'io.BytesIO($bytes).‹write|readinto›($buffer)',
    'io.StringIO($str).write($str)',
    'binascii.‹hexlify|unhexlify|b2a_base64|a2b_base64›(‹$bytes|$any|b"00ff"|b"QUJD"›)',
    "re.‹match|search›(r'‹a|[a-c]+|(\\w)(\\d)?|^x|b$|a*?b|(a|b)+|.|\\.|[^a]|(|*|a{2}›', $str)",
    "re.sub(r'‹a|[a-c]|x*|(b)|\\s+›', ‹'-'|r'<\\1>'|$any|lambda m: m.group(0).upper()›, $str‹|, 1›)",
    "re.compile(r'‹,|X|\\s›').split($str‹|, 1›)",
    'math.‹sqrt|floor|ceil|trunc|exp|log|sin|fabs|isnan|isinf|isfinite|modf|frexp|degrees|nope›(‹$real|$any›)',
    'math.‹pow|atan2|fmod|copysign|ldexp|log›($real, ‹$small|$real›)',
  ],
};

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
    if (kind !== 'key' && kind !== 'small' && kind !== 'any' && this.chance(14)) kind = 'any';
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
        `    @property\n    def ${name}(self): return ${this.pick(["'prop'", 'self.q', '1 // 0', 'self._%s' % 0])}`.replace(
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
    except Exception as e:
        say(e)`;
