/**
 * The qstrs of more than ten bytes that mpy-cross is built with. Only these matter: every shorter string constant becomes a
 * qstr anyway. Counterpart: the qstr table that MicroPython's build derives from its sources, configured for mpy-cross.
 */
export const MPY_CROSS_LONG_QSTRS: readonly string[] = [
  '__delitem__', '__getattr__', '__getitem__', '__qualname__', '__setitem__', 'ArithmeticError', 'AssertionError',
  'AttributeError', 'BaseException', 'GeneratorExit', 'ImportError', 'IndentationError', 'KeyboardInterrupt',
  'LookupError', 'MemoryError', 'NotImplementedError', 'OverflowError', 'RuntimeError', 'StopIteration',
  'SyntaxError', 'ZeroDivisionError', 'classmethod', 'micropython', 'staticmethod', 'Interpolation',
  'StopAsyncIteration', 'UnicodeError', 'ViperTypeError', '__build_class__', '__complex__', '__contains__',
  '__repl_print__', '__reversed__', '__template__', '__traceback__', 'bound_method', 'difference_update',
  'format_spec', 'heap_unlock', 'interpolations', 'intersection', 'intersection_update',
  'maximum recursion depth exceeded', 'string.templatelib', 'symmetric_difference', 'symmetric_difference_update',
  'templatelib', 'unpack_from', 'vcvt_f32_s32', 'vcvt_s32_f32',
];
