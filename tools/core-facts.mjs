// What is so on every board of @tsmp/core, whatever else the sources provide for: expressions that are read, by the path of the source
// below packages/, and what they are. A board there has no hardware, does not translate functions, does not trace its heap, has none of
// the features of the highest level, and its compiler works with a board's settings.

const NO_HARDWARE = {
  'interrupts.active': 'false',
  'interrupts.ready': 'false',
  'vm.interrupts.active': 'false',
  'vm.interrupts.ready': 'false',
  'handlers.depth': '0',
  'vm.handlers.depth': '0',
  'vm.host.checkDeadline': 'undefined',
  'this.host.checkDeadline': 'undefined',
};

const UNTRACED = {
  'this.stressOn': 'false',
  'heap.stress': 'false',
  'heap.tracer': 'null',
  'this.tracing': 'null',
  'this.failIn': '-1',
  'this.weakrefStart': '0',
  'heap.weakrefStart': '0',
  'layout.weakrefStart': '0',
  'roots.weakrefs': 'undefined',
  'this.charges': 'false',
  'roots.charge': 'undefined',
  // no WebAssembly
  'this.fast': 'null',
  'heap.fast': 'null',
  'memory.hasSpare': 'false',
  'this.hasSpare': 'false',
  'this.memory.hasSpare': 'false',
};

/** Of a compilation on a board. */
const SETTINGS = {
  tstrings: 'false',
  fstrings: 'true',
  asyncAwait: 'true',
  docStrings: 'false',
  topLevelAwait: 'false',
  settrace: 'false',
  sourceLines: 'true',
  positions: 'false',
  orderedDictLiteral: 'true',
  allowNative: 'true',
  hostBits: '32',
};
const settings = Object.fromEntries(
  Object.entries(SETTINGS).flatMap(([name, value]) =>
    ['settings', 'this.settings', 'c.settings', 'options'].map((object) => [`${object}.${name}`, value]),
  ),
);

/** Facts by the beginning of a path: expressions that are read, and what they are. */
export const FACTS = [
  ['gc/src/', UNTRACED],
  ['compiler/src/', settings],
  ['lexer/src/', settings],
  [
    'vm/src/',
    {
      ...NO_HARDWARE,
      'vm.jit': 'null',
      'vm.threads': 'null',
      'vm.fastLoop': 'null',
      'vm.memory.hasSpare': 'false',
      'vm.staging': 'null',
      'vm.importFiles': 'HOST_FILES',
      'this.memory.hasSpare': 'false',
      'this.jit': 'null',
      'vm.heap.tracer': 'null',
      'vm.steps': '-1',
      'vm.tainted': 'false',
      'vm.terminal': 'false',
      'vm.unsynced': '0',
      'vm.image.steppedLoop': 'undefined',
      'vm.image.data.frozen': 'undefined',
      "vm.profile.level === 'everything'": 'false',
      "vm.profile.level !== 'everything'": 'true',
      "this.profile.level === 'everything'": 'false',
      "profile.level === 'everything'": 'false',
    },
  ],
];

/** A short name for each, that is no property of anything else. */
const shortNames = new Map([['BaseException', 'BaseException']]);
function shortName(name) {
  if (!shortNames.has(name)) shortNames.set(name, `-${shortNames.size}`);
  return shortNames.get(name);
}

/** A method or an accessor as a source has it. */
const method = (name) => new RegExp(`^ {2}(?:get )?${name}\\([\\s\\S]*?\\n {2}}\\n`);

/** Counters that WebAssembly shares with JavaScript are fields where there is none. */
const counters = (value) => [
  [
    /^ {2}get (\w+)\(\): \w+ {\n {4}return this\.regs(?:64)?\[[\w.]+\] as number;\n {2}}\n {2}set \w+\(v: \w+\) {\n.*\n {2}}\n/,
    `  $1${value(0)};\n`,
  ],
  [
    /^ {2}get (\w+)\(\): boolean {\n {4}return this\.regs\[[\w.]+\] !== 0;\n {2}}\n {2}set \w+\(v: boolean\) {\n.*\n {2}}\n/,
    `  $1${value(false)};\n`,
  ],
  [/^ {4}this\.regs(?:64)? = .*;\n/, ''],
];

/** Texts of single sources, and what they are for the bundle. Each must be there. */
export const PATCHES = {
  // errors of arguments that the bundle's own code does not make
  'compiler/src/options.ts': [
    ['!Number.isInteger(optLevel) || optLevel < 0', 'false'],
    ['!Number.isInteger(smallIntBits) || smallIntBits < 1 || smallIntBits > 64', 'false'],
    ['floatBits !== 32 && floatBits !== 64', 'false'],
    ["kind !== 'file' && kind !== 'single' && kind !== 'eval'", 'false'],
    ['options.knownQstrs ?? MPY_CROSS_QSTRS', 'options.knownQstrs'],
    ...Object.keys(SETTINGS).map((name) => [new RegExp(`^    ${name}: .*,$`, 'm'), '']),
  ],
  'compiler/src/api.ts': [['parsed === undefined', 'false']],
  'compiler/src/errors.ts': [[method('format'), '']],
  'lexer/src/lexer.ts': [
    ["typeof source !== 'string' && !(source instanceof Uint8Array)", 'false'],
    ['!Number.isInteger(tabSize) || tabSize < 1 || tabSize > 1000', 'false'],
    ['const tabSize = options.tabSize ?? 8;', 'const tabSize = 8;'],
    ['(prefix & Prefix.Template) !== 0', 'false'],
    ['!this.asyncAwait', 'false'],
    ['this.asyncAwait = options.asyncAwait ?? true;', ''],
  ],
  'mpy-format/src/text.ts': [[/^ {2}const ascii = [\s\S]*?return ascii;\n\}\nfunction encodeAny.*\n/, '']],
  // no files of bytecode
  'vm/src/compile.ts': [
    [/^ {2}const { staging } = vm;\n[\s\S]*?\n\}\n/, "  return raiseValueError(vm, 'incompatible .mpy file');\n}\n"],
  ],
  // no filesystems, so none in Python
  'vm/src/import.ts': [
    [/^ {2}const fs = pythonFs.*\n {2}return fs === Word\.Null \? (\w+\(vm, path\)) .*\n/, '  return $1;\n'],
    [/^ {2}if \(.* \|\| !beginsInPython\(vm\)\) (.*)\n.*\n.*\n/, '  $1\n'],
    ['frozenName(text) !== undefined', 'false'],
    ['&& isDotted(vm, name)', "&& vm.qstrText(name).includes('.')"],
    ['frozenName(file) === undefined ? vm.internObj(file) : newStr(vm, file)', 'vm.internObj(file)'],
    ['    beginFile(vm, path, bytes);\n', ''],
    [/^ {4}if \(vm\.staging .* addPiece\(.*\n/, ''],
  ],
  'vm/src/import-source.ts': [
    [method('begin'), ''],
    [method('add'), ''],
    [/^ {2}protected get count[\s\S]*?\n {2}\}\n/, ''],
  ],
  // there are no weak references
  'gc/src/sweep.ts': [
    [/^ {2}let weakref = .*\n/, ''],
    [/^ {4}if \(weakref < flag\)\n.*\n/, ''],
    ['finaliser < weakref ? finaliser : weakref', 'finaliser'],
  ],
  // what snapshots, editors of lines and replayed journals need, under names that JavaScript's library has, too
  'vm/src/console.ts': [
    [method('indexOf'), ''],
    [method('next'), ''],
  ],
  'vm/src/rom/by-order.ts': [["t.def === 'type'", '(t.def as unknown) === 1']],
  // hardware
  'vm/src/interrupts.ts': [
    ['vm.clock.hardDue <= vm.clock.now(vm.budget)', 'false'],
    ['clock.hardDue > clock.now(vm.budget)', 'true'],
  ],
  'vm/src/obj/exception.ts': [
    ['    vm.handlers.begin();\n', ''],
    // the order of the types is all that counts
    [/^ {2}'SystemExit BaseException.*';$/, (text) => text.replace(/\w+/g, shortName)],
  ],
  'vm/src/qstr.ts': [
    ['of HIDDEN_CORE_QSTRS)', 'of vm.image.data.hidden)'],
    ['    if (this.hiddenEnd === 0) return 0;\n', ''],
    ...counters((v) => ` = ${v}`),
    [/^ {4}this\.characters.*\n/, ''],
  ],
  'vm/src/obj/str-op.ts': [
    ['const data = vm.alloc(n + 1);', 'const v = Vstr.ofLength(vm, n);'],
    ['moveBytes(vm.u8, data', 'moveBytes(vm.u8, v.buf'],
    ['newStrOfBlock(vm, type, data, n)', 'v.toObject(type)'],
  ],
  'vm/src/vm.ts': [
    ...counters((v) => ` = ${v}`),
    [/^ {2}(?:fastFns|fastLoop|fastLoad|caught|importFiles|readonly staging): .* = \w+;\n/, ''],
    [/^ {2}constructor\(private readonly regs.*\n/, ''],
    ['new BufferInfo(this.regs)', 'new BufferInfo()'],
    ['host.allocate?.(bytes)', ''],
    ['this.handlers = new HandlerTrace(this.memory);', ''],
    ['if (locked) noteLockedAllocation(this, nBytes, type);', ''],
  ],
  'vm/src/map.ts': [
    ['sameKey(vm, k, key, hash)', 'equal(vm, k, key)'],
    ['if (vm.tableIndexes.any) ', ''],
    // JavaScript counts further than 32 bits
    [/^ +if \(n >>> 0 > 0x0fffffff\) .*\n/, ''],
  ],
  'vm/src/obj/seq.ts': [['raiseTooLarge(vm, n, 4)', 'vm.raiseMemoryError(n * 4)']],
  'vm/src/obj/set.ts': [['if (vm.tableIndexes.any) ', '']],
  'vm/src/loop.ts': [
    ['            case 0xdd:\n', '            case 0xdd:\n            case 0xe3:\n            case 0xf0:\n'],
    [/^ {16}budget = vm\.budget;\n(?= {16}break run;)/, ''],
  ],
  'vm/src/obj/dict.ts': [['if (vm.tableIndexes.any) ', '']],
  'vm/src/table-index.ts': [
    ['if (!this.any) return;', ''],
    [/^ +this\.word.* = .*;\n/, ''],
  ],
  // the general form does what the short one does
  'vm/src/link.ts': [['floor === ALL ? passOn(vm, mode, v) : pass(vm, mode, v, floor)', 'pass(vm, mode, v, floor)']],
  'vm/src/weakrefs.ts': [['  if (before === 0) runWeakrefs(vm);\n', '']],
  'vm/src/traceback.ts': [['vm.handlers.at(vm, file, line, block);', ';']],
  'vm/src/journal.ts': [["vm.clock.on('stimulus', (index) => this.take(index), 'at-once');", '']],
  'gc/src/memory.ts': [
    ['const at = this.take(n * 4);', 'const at: number = 0;'],
    ['const at = this.take(n);', 'const at: number = 0;'],
    ['const at = this.take(n * 2);', 'const at: number = 0;'],
    ['    this.spare = size;\n', ''],
    [/, 0, size(?: >> \d)?\);/, ');'],
    [/^ +if \(buffer === undefined\) .*\n +else if .*\n/, '    buffer = new ArrayBuffer(size);\n'],
  ],
  'gc/src/heap.ts': [
    ...counters((v) => `!: ${typeof v}`),
    ['if (top === this.log.length) this.growLog();', 'if (top === this.log.length) this.log = grown(this.log);'],
    [method('growLog'), ''],
    [
      '    const grown = new Int32Array(this.markStack.length * 2);\n    grown.set(this.markStack);\n    this.markStack = grown;\n',
      '    this.markStack = grown(this.markStack);\n',
    ],
    [
      /^export class Heap /,
      'const grown = (words: Int32Array) => {\n  const more = new Int32Array(words.length * 2);\n  more.set(words);\n  return more;\n};\n$&',
    ],
    [/^ {2}fast: .* = null;\n/, ''],
    ['    this.stress = stress;\n', ''],
    ['    restoreState(this, EMPTY_STATE);\n', ''],
    ['roots.weakrefs?.swept !== undefined', 'false'],
  ],
};
