/**
 * The names that every MicroPython has at the same index, so that a `.mpy` file can name them by number. The order is part
 * of the file format. Counterpart: static_qstr_list in py/makeqstrdata.py.
 */

/** Static qstrs; the one at index `i` here has the number `i + 1` (0 is "no qstr"). */
// biome-ignore format: filled lines
export const STATIC_QSTRS: readonly string[] = [
  '', '__dir__', '\n', ' ', '*', '/', '<module>', '_', '__call__', '__class__', '__delitem__', '__enter__',
  '__exit__', '__getattr__', '__getitem__', '__hash__', '__init__', '__int__', '__iter__', '__len__', '__main__',
  '__module__', '__name__', '__new__', '__next__', '__qualname__', '__repr__', '__setitem__', '__str__',
  'ArithmeticError', 'AssertionError', 'AttributeError', 'BaseException', 'EOFError', 'Ellipsis', 'Exception',
  'GeneratorExit', 'ImportError', 'IndentationError', 'IndexError', 'KeyError', 'KeyboardInterrupt', 'LookupError',
  'MemoryError', 'NameError', 'NoneType', 'NotImplementedError', 'OSError', 'OverflowError', 'RuntimeError',
  'StopIteration', 'SyntaxError', 'SystemExit', 'TypeError', 'ValueError', 'ZeroDivisionError', 'abs', 'all', 'any',
  'append', 'args', 'bool', 'builtins', 'bytearray', 'bytecode', 'bytes', 'callable', 'chr', 'classmethod', 'clear',
  'close', 'const', 'copy', 'count', 'dict', 'dir', 'divmod', 'end', 'endswith', 'eval', 'exec', 'extend', 'find',
  'format', 'from_bytes', 'get', 'getattr', 'globals', 'hasattr', 'hash', 'id', 'index', 'insert', 'int', 'isalpha',
  'isdigit', 'isinstance', 'islower', 'isspace', 'issubclass', 'isupper', 'items', 'iter', 'join', 'key', 'keys',
  'len', 'list', 'little', 'locals', 'lower', 'lstrip', 'main', 'map', 'micropython', 'next', 'object', 'open',
  'ord', 'pop', 'popitem', 'pow', 'print', 'range', 'read', 'readinto', 'readline', 'remove', 'replace', 'repr',
  'reverse', 'rfind', 'rindex', 'round', 'rsplit', 'rstrip', 'self', 'send', 'sep', 'set', 'setattr', 'setdefault',
  'sort', 'sorted', 'split', 'start', 'startswith', 'staticmethod', 'step', 'stop', 'str', 'strip', 'sum', 'super',
  'throw', 'to_bytes', 'tuple', 'type', 'update', 'upper', 'utf-8', 'value', 'values', 'write', 'zip',
];

const NUMBERS: ReadonlyMap<string, number> = /* @__PURE__ */ (() =>
  new Map(STATIC_QSTRS.map((name, i) => [name, i + 1])))();

/** The number of a static qstr, or 0. */
export function staticQstrNumber(name: string): number {
  return NUMBERS.get(name) ?? 0;
}
