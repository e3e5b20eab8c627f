/** Freezing: manifests, images, firmware files, and programs that import what is frozen. */
import { describe, expect, it } from 'vitest';
import { compile } from '@tsmp/compiler';
import { decodeFirmware, encodeFirmware, MemoryFolder } from '@tsmp/machine';
import { writeMpy } from '@tsmp/mpy-format';
import { PROFILES } from '@tsmp/vm';
import { createBoard, freezeManifest, ManifestError, type ManifestHost, readManifest, romImage } from '../src/index.js';
import { Output } from './programs.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A host whose files are given by absolute path. */
function hostOf(files: Files): ManifestHost {
  const paths = Object.keys(files);
  return {
    kind: (path) =>
      Object.hasOwn(files, path)
        ? 'file'
        : path === '/' || paths.some((p) => p.startsWith(`${path}/`))
          ? 'folder'
          : undefined,
    list(path) {
      const prefix = path === '/' ? '/' : `${path}/`;
      const inside = paths
        .filter((p) => p.startsWith(prefix))
        .map((p) => p.slice(prefix.length).split('/')[0] as string);
      return [...new Set(inside)];
    },
    read(path) {
      const f = files[path] as string | Uint8Array;
      return typeof f === 'string' ? new TextEncoder().encode(f) : f;
    },
  };
}

function listed(files: Files, vars: Readonly<Record<string, string>> = {}): string[] {
  return readManifest(hostOf(files), '/m/manifest.py', vars).map(
    (e) => `${e.target} ${e.kind}${e.opt === null ? '' : ` -O${e.opt}`}${e.version === null ? '' : ` ${e.version}`}`,
  );
}

describe('manifests', () => {
  it('collect modules, packages and folders', () => {
    const files = {
      '/m/manifest.py': `
module("one.py")
module("two.py", base_path="src", opt=3)
package("pkg", base_path="src")
package("part", files=["a.py"], base_path="src", opt=2)
freeze("loose")
freeze("src", "pkg/deep")
freeze("src", ("one.py", "two.py"))
freeze_as_str("text")
`,
      '/m/one.py': '',
      '/m/src/two.py': '',
      '/m/src/one.py': '',
      '/m/src/pkg/__init__.py': '',
      '/m/src/pkg/deep/x.py': '',
      '/m/src/pkg/notes.txt': '',
      '/m/src/part/a.py': '',
      '/m/src/part/b.py': '',
      '/m/loose/l.py': '',
      '/m/loose/m.mpy': '',
      '/m/text/t.py': '',
    };
    expect(listed(files)).toEqual([
      'one.py compile',
      'two.py compile -O3',
      'pkg/__init__.py compile',
      'pkg/deep/x.py compile',
      'part/a.py compile -O2',
      'l.py compile',
      'm.mpy mpy',
      'pkg/deep/x.py compile',
      'one.py compile',
      'two.py compile',
      't.py source',
    ]);
  });

  it('include others, with options, once each, relative to where they are', () => {
    const files = {
      '/m/manifest.py': `
include("sub", debug=True)
include(["sub/manifest.py", "$(BOARD)/manifest.py"])
module("top.py")
`,
      '/m/top.py': '',
      '/m/sub/manifest.py': `
options.defaults(release=True)
if options.debug: module("debug.py")
if options.release: module("release.py")
if options.other: module("other.py")
`,
      '/m/sub/debug.py': '',
      '/m/sub/release.py': '',
      '/b/manifest.py': 'freeze(".", "board.py")',
      '/b/board.py': '',
    };
    expect(listed(files, { BOARD: '/b' })).toEqual([
      'debug.py compile',
      'release.py compile',
      'board.py compile',
      'top.py compile',
    ]);
  });

  it('require packages of libraries, whose version the modules get', () => {
    const files = {
      '/m/manifest.py': `
metadata(version="9")
add_library("mine", "/mine")
require("both")
require("both", library="mine")
module("own.py")
`,
      '/m/own.py': '',
      '/lib/python-stdlib/both/manifest.py': 'metadata(version="1.2.0")\nmodule("both.py")\nrequire("below")\n',
      '/lib/python-stdlib/both/both.py': '',
      '/lib/micropython/x/below/manifest.py': 'module("below.py")\n',
      '/lib/micropython/x/below/below.py': '',
      '/mine/both/manifest.py': 'module("mine.py")',
      '/mine/both/mine.py': '',
    };
    expect(listed(files, { MPY_LIB_DIR: '/lib' })).toEqual([
      'both.py compile 1.2.0',
      'below.py compile',
      'mine.py compile',
      'own.py compile 9',
    ]);
  });

  it.each([
    ['module("none.py")', 'ValueError: Cannot stat /m/none.py'],
    ['module("x.txt")', 'ValueError: module must be .py file'],
    ['package("none")', "ValueError: no folder 'none' in /m"],
    ['include("$(NOPE)/x")', 'ValueError: unresolved variable in a path: $(NOPE)'],
    ['require("nowhere")', "ValueError: Package 'nowhere' not found in any known library."],
    ['c_module("c")', 'NotImplementedError: C modules can not be part of this firmware: c'],
    ['module(5)', 'ValueError: module_path must be a str'],
    ['open("/etc/passwd")', 'OSError: [Errno 19] ENODEV'],
    ['1/0', 'ZeroDivisionError: divide by zero'],
    ['if x', 'SyntaxError: invalid syntax'],
  ])('that are wrong fail with file and line: %s', (text, message) => {
    let error: unknown;
    try {
      readManifest(hostOf({ '/m/manifest.py': `\n${text}\n` }), '/m/manifest.py');
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(ManifestError);
    const lines = (error as ManifestError).message.split('\n');
    expect(lines.at(-1)).toContain(message);
    expect(lines.join('\n')).toContain('File "/m/manifest.py", line 2');
  });
});

const MODULES: Files = {
  '/m/manifest.py': 'package("pkg")\nmodule("solo.py")\nfreeze_as_str("text")\nfreeze("bin")\n',
  '/m/pkg/__init__.py': 'from .inner import *\n',
  '/m/pkg/inner.py': `
BIG = -123456789012345678901234567890
VALUES = (1.5, 2j, 'a text of more than ten', b'bytes', None, (True, ...), ())
def numbers(n):
    k = n
    def one(): return k
    for i in range(n):
        yield i * one()
def fail(x):
    return [1 // y for y in x]
class Unheard_of:
    def name(self): return type(self).__name__ + str(BIG + 1)
`,
  '/m/solo.py': 'def where():\n    return __file__, __name__\n',
  '/m/text/later.py': 'def late():\n    raise ValueError("late")\n',
  '/m/bin/made.mpy': writeMpy(compile(new TextEncoder().encode('answer = 42\n'), { fileName: 'made.py' })),
};

function firmwareFor(board: string, files: Files): Uint8Array {
  const profile = PROFILES[board] as (typeof PROFILES)[string];
  const host = hostOf(files);
  return encodeFirmware(profile, { image: freezeManifest(profile, host, readManifest(host, '/m/manifest.py')) });
}

function runOn(firmware: Uint8Array, program: string, options: object = {}): string {
  const out = new Output();
  const board = createBoard({ firmware: decodeFirmware(firmware, PROFILES), stdout: out.write, ...options });
  board.start(new TextEncoder().encode(program), 'main.py');
  const r = board.runToEnd();
  if (r.reason === 'raised') board.reportException(r.exception);
  return out.text;
}

describe('frozen modules', () => {
  const firmware = firmwareFor('pico-w', MODULES);

  it('are imported and run, with their names in tracebacks', () => {
    const program = `
import sys, pkg, solo, later, made
print(pkg.__file__, pkg.__path__, solo.where(), made.answer, made.__file__, later.__file__)
print(pkg.BIG, pkg.VALUES, list(pkg.numbers(4)), pkg.Unheard_of().name())
for f in (lambda: pkg.fail([0]), later.late):
    try:
        f()
    except Exception as e:
        sys.print_exception(e)
import pkg.none
`;
    const expected = `pkg/__init__.py .frozen/pkg ('solo.py', 'solo') 42 made.py later.py
-123456789012345678901234567890 (1.5, 2j, 'a text of more than ten', b'bytes', None, (True, Ellipsis), ()) [0, 4, 8, 12] Unheard_of-123456789012345678901234567889
Traceback (most recent call last):
  File "main.py", line 7, in <module>
  File "main.py", line 5, in <lambda>
  File "pkg/inner.py", line 10, in fail
  File "pkg/inner.py", line 10, in <listcomp>
ZeroDivisionError: divide by zero
Traceback (most recent call last):
  File "main.py", line 7, in <module>
  File "later.py", line 2, in late
ValueError: late
Traceback (most recent call last):
  File "main.py", line 10, in <module>
ImportError: no module named 'pkg.none'
`;
    expect(runOn(firmware, program)).toBe(expected);
    expect(runOn(firmware, program, { stressGc: true })).toBe(expected);
  });

  it('run where they are in flash: code, constants and names take no RAM', () => {
    const long = Array.from({ length: 200 }, (_, i) => `    unheard_of_${i} = 'a constant text number ${i}'\n`).join(
      '',
    );
    const files = { '/m/manifest.py': 'module("big.py")', '/m/big.py': `def f():\n${long}    return unheard_of_199\n` };
    const program = `
import gc
gc.collect()
before = gc.mem_free()
import big
gc.collect()
print(before - gc.mem_free() < 300, big.f())
`;
    expect(runOn(firmwareFor('pico-w', files), program)).toBe('True a constant text number 199\n');
    const folder = new MemoryFolder({ 'big.py': files['/m/big.py'] });
    expect(runOn(firmware, program, { folder })).toBe('False a constant text number 199\n');
  });

  it("come after the files of the current directory, and before /lib's", () => {
    const folder = new MemoryFolder({ 'solo.py': 'where = lambda: "file"', 'lib/made.py': 'answer = "lib"' });
    expect(runOn(firmware, 'import solo, made\nprint(solo.where(), made.answer)', { folder })).toBe('file 42\n');
    expect(runOn(firmware, 'import sys\nsys.path.remove(".frozen")\nimport solo')).toContain("no module named 'solo'");
  });

  it('are in snapshots by their place in flash', () => {
    const decoded = decodeFirmware(firmware, PROFILES);
    const first = createBoard({ firmware: decoded });
    const program = 'import time, pkg\ntime.sleep(1)\nprint(list(pkg.numbers(3)), pkg.Unheard_of().name()[:10])\n';
    first.start(new TextEncoder().encode(program), 'main.py');
    first.run();
    const out = new Output();
    const second = createBoard({ firmware: decoded, stdout: out.write });
    second.load(first.save());
    expect(second.runToEnd().reason).toBe('done');
    expect(out.text).toBe('[0, 3, 6] Unheard_of\n');
  });

  it('need a firmware for the board, with room for it', () => {
    expect(() => createBoard({ firmware: decodeFirmware(firmware, PROFILES), board: 'unix32' })).toThrow(
      "the firmware is for board 'pico-w', not 'unix32'",
    );
    const huge = { '/m/manifest.py': 'freeze_as_str("t")', '/m/t/x.py': '#'.repeat(300_000) };
    expect(() => firmwareFor('minimal', huge)).toThrow('with its frozen modules the ROM image has');
    const twice = { '/m/manifest.py': 'module("x.py")\nmodule("x.py")', '/m/x.py': '' };
    expect(() => firmwareFor('pico-w', twice)).toThrow("'x.py' is frozen twice");
  });

  it('leave the rest of the image as it was', () => {
    const plain = romImage(PROFILES['pico-w'] as (typeof PROFILES)['x']);
    const { image } = decodeFirmware(firmware, PROFILES);
    expect(image.bytes.subarray(0, plain.bytes.length)).toEqual(plain.bytes);
    expect(image.symbols).toEqual(plain.symbols);
  });
});
