/**
 * Manifests: which files a firmware has frozen in it. A manifest is a Python program; it runs on a board of its own, with the
 * functions below as built-in names, and sees nothing else of the host. Counterpart: tools/manifestfile.py, in its freeze mode.
 */
import {
  defineModule,
  fun1,
  newStr,
  PROFILES,
  raiseOSError,
  raiseValueError,
  type RomExtension,
  strText,
} from '@tsmp/vm';
import { Board } from '../board.js';

/** The files that manifests are about. Paths are absolute, with `/`. */
export interface ManifestHost {
  /** Undefined: nothing there. */
  kind(path: string): 'file' | 'folder' | undefined;
  /** Names of what is in a folder. */
  list(path: string): readonly string[];
  /** All bytes of a file. */
  read(path: string): Uint8Array;
}

/** A file to freeze. */
export interface ManifestEntry {
  readonly source: string;
  /** Path that the file is imported by. */
  readonly target: string;
  /** `compile`: source to be compiled now; `source`: on the board; `mpy`: a `.mpy` file. */
  readonly kind: 'compile' | 'source' | 'mpy';
  /** Optimisation level; null: the compiler's default. */
  readonly opt: number | null;
  /** Version that the manifest's metadata gives; the module gets it as `__version__`. */
  readonly version: string | null;
}

/** A manifest that failed. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Libraries of micropython-lib that `require` searches by default. */
const BASE_LIBRARIES = ['micropython', 'python-stdlib', 'python-ecosys'];

/** Errors of an operation, raised in the manifest. */
class OpError extends Error {}

/** The names that a manifest has, on top of one native: arguments and answer as JSON. */
const PRELUDE = `
import json as _json
import _manifest

def _op(*args):
    return _json.loads(_manifest.op(_json.dumps(args)))

class _Options:
    def __init__(self, given):
        self._given = given
        self._defaults = {}
    def defaults(self, **kwargs):
        self._defaults = kwargs
    def __getattr__(self, name):
        return self._given.get(name, self._defaults.get(name, None))

class _Metadata:
    pass

def metadata(description=None, version=None, license=None, author=None, stdlib=False, pypi=None, pypi_publish=None):
    m = _Metadata()
    m.description, m.license, m.author, m.stdlib = description, license, author, stdlib
    m.pypi, m.pypi_publish = pypi, pypi_publish
    m.version = _op("metadata", version)
    return m

def include(manifest_path, is_require=False, **kwargs):
    if not isinstance(manifest_path, str):
        for m in manifest_path:
            include(m, **kwargs)
        return
    entered = _op("enter", manifest_path, is_require)
    if entered is None:
        return
    try:
        exec(compile(entered[1], entered[0], "exec"), _names(kwargs))
    finally:
        _op("leave")

def require(name, version=None, pypi=None, library=None, **kwargs):
    include(_op("find", name, library), is_require=True, **kwargs)

def add_library(library, library_path, prepend=False):
    _op("library", library, library_path, prepend)

def package(package_path, files=None, base_path=".", opt=None):
    _op("search", base_path, package_path, files and list(files), [".py"], "auto", opt)

def module(module_path, base_path=".", opt=None):
    _op("module", module_path, base_path, opt)

def c_module(module_path):
    raise NotImplementedError("C modules can not be part of this firmware: " + module_path)

def _freeze(path, script, exts, kind, opt):
    if script is not None and not isinstance(script, str):
        script = list(script)
    _op("freeze", path, script, exts, kind, opt)

def freeze(path, script=None, opt=None):
    _freeze(path, script, [".py", ".mpy"], "auto", opt)

def freeze_as_str(path):
    _op("search", path, None, None, [".py"], "source", None)

def freeze_as_mpy(path, script=None, opt=None):
    _freeze(path, script, [".py"], "compile", opt)

def freeze_mpy(path, script=None, opt=None):
    _freeze(path, script, [".mpy"], "mpy", opt)

def _names(kwargs):
    return {
        "__name__": "__main__", "metadata": metadata, "include": include, "require": require, "add_library": add_library,
        "package": package, "module": module, "c_module": c_module, "options": _Options(kwargs), "freeze": freeze,
        "freeze_as_str": freeze_as_str, "freeze_as_mpy": freeze_as_mpy, "freeze_mpy": freeze_mpy,
    }

include(_manifest.first)
`;

/** Runs the manifest at `path` and answers its files. `vars`: what `$(NAME)` in paths stands for. Throws {@link ManifestError}. */
export function readManifest(
  host: ManifestHost,
  path: string,
  vars: Readonly<Record<string, string>> = {},
): ManifestEntry[] {
  const reader = new ManifestReader(host, vars);
  const op = fun1((vm, request) => {
    try {
      return newStr(vm, reader.op(strText(vm, request)));
    } catch (e) {
      if (!(e instanceof OpError)) throw e;
      if (e.message === 'ENOENT') return raiseOSError(vm, 2);
      return raiseValueError(vm, e.message);
    }
  });
  const extension: RomExtension = {
    modules: [defineModule({ name: '_manifest', globals: { op, first: path } })],
  };
  let printed = '';
  const decoder = new TextDecoder();
  const board = new Board({
    board: PROFILES.coverage32,
    heap: 8 * 1024 * 1024,
    extensions: [extension],
    stdout: (bytes) => {
      printed += decoder.decode(bytes, { stream: true });
    },
  });
  board.start(new TextEncoder().encode(PRELUDE), 'manifest functions');
  const r = board.runToEnd();
  if (r.reason === 'raised') {
    board.reportException(r.exception);
    throw new ManifestError(printed.trimEnd());
  }
  if (r.reason !== 'done') throw new ManifestError(`the manifest did not end: ${r.reason}`);
  return reader.files;
}

/** The state of reading manifests, and the operations that their functions come down to. */
class ManifestReader {
  readonly files: ManifestEntry[] = [];
  private readonly visited = new Set<string>();
  /** Folders of the manifests under way; the first is the host's root. */
  private readonly folders: string[] = ['/'];
  private readonly required: boolean[] = [];
  private readonly versions: (string | null)[] = [null];
  private readonly libraries = new Map<string, string>();
  private readonly libraryDirs: string[] = [];

  constructor(
    private readonly host: ManifestHost,
    private readonly vars: Readonly<Record<string, string>>,
  ) {
    if (vars.MPY_LIB_DIR !== undefined)
      for (const lib of BASE_LIBRARIES) this.library(lib, `$(MPY_LIB_DIR)/${lib}`, false);
  }

  /** Carries out a request: a JSON array of the operation's name and arguments. */
  op(request: string): string {
    // the functions of the prelude decide what is in here; the checks are in the operations
    const [name, ...args] = JSON.parse(request) as [string, ...unknown[]];
    return JSON.stringify(this.perform(name, args) ?? null);
  }

  private perform(name: string, args: readonly unknown[]): unknown {
    switch (name) {
      case 'enter':
        return this.enter(text(args[0], 'manifest_path'), args[1] === true);
      case 'leave':
        this.folders.pop();
        if (this.required.pop() === true) this.versions.pop();
        return null;
      case 'metadata': {
        const top = this.versions.length - 1;
        if (args[0] !== null) this.versions[top] = text(args[0], 'version');
        return this.versions[top];
      }
      case 'find':
        return this.find(text(args[0], 'name'), args[1] === null ? undefined : text(args[1], 'library'));
      case 'library':
        return this.library(text(args[0], 'library'), text(args[1], 'library_path'), args[2] === true);
      case 'module':
        return this.module(text(args[0], 'module_path'), text(args[1], 'base_path'), optLevel(args[2]));
      case 'search':
        return this.search(
          text(args[0], 'path'),
          args[1] === null ? undefined : text(args[1], 'package_path'),
          args[2] === null ? undefined : texts(args[2], 'files'),
          texts(args[3], 'exts'),
          text(args[4], 'kind'),
          optLevel(args[5]),
        );
      default:
        return this.freeze(args);
    }
  }

  private resolve(path: string): string {
    let p = path;
    for (const [name, value] of Object.entries(this.vars)) p = p.replaceAll(`$(${name})`, value);
    const unresolved = /\$\([^)]+\)/.exec(p);
    if (unresolved !== null) throw new OpError(`unresolved variable in a path: ${unresolved[0]}`);
    return normal(p.startsWith('/') ? p : `${this.folders.at(-1)}/${p}`);
  }

  private enter(path: string, isRequire: boolean): unknown {
    let p = this.resolve(path);
    if (this.host.kind(p) === 'folder') p = normal(`${p}/manifest.py`);
    if (this.visited.has(p)) return null;
    if (this.host.kind(p) !== 'file') throw new OpError(`cannot read manifest ${p}`);
    this.visited.add(p);
    this.folders.push(normal(`${p}/..`));
    this.required.push(isRequire);
    if (isRequire) this.versions.push(null);
    return [p, new TextDecoder().decode(this.host.read(p))];
  }

  private library(name: string, path: string, prepend: boolean): null {
    const p = this.resolve(path);
    this.libraries.set(name, p);
    if (prepend) this.libraryDirs.unshift(p);
    else this.libraryDirs.push(p);
    return null;
  }

  private find(name: string, library: string | undefined): string {
    let dirs: readonly string[] = this.libraryDirs;
    if (library !== undefined) {
      const dir = this.libraries.get(library);
      if (dir === undefined) throw new OpError(`Unknown library '${library}' for require('${name}').`);
      dirs = [dir];
    }
    for (const dir of dirs) {
      const found = this.findPackage(dir, name);
      if (found !== undefined) return found;
    }
    if (library !== undefined)
      throw new OpError(`Package '${name}' not found in external library '${library}' (${dirs[0]}).`);
    const hint = dirs.length === 0 ? ' No library is known: give MPY_LIB_DIR, or use add_library().' : '';
    throw new OpError(`Package '${name}' not found in any known library.${hint}`);
  }
  /** A folder of this name that has a manifest, anywhere below `dir`. */
  private findPackage(dir: string, name: string): string | undefined {
    if (this.host.kind(dir) !== 'folder') return undefined;
    if (baseName(dir) === name && this.host.kind(`${dir}/manifest.py`) === 'file') return dir;
    for (const entry of [...this.host.list(dir)].sort()) {
      const found = this.findPackage(normal(`${dir}/${entry}`), name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private module(path: string, base: string, opt: number | null): null {
    if (extension(path) !== '.py') throw new OpError('module must be .py file');
    this.add(`${this.resolve(base)}/${path}`, path, 'auto', opt);
    return null;
  }

  private freeze(args: readonly unknown[]): null {
    const path = text(args[0], 'path');
    const exts = texts(args[2], 'exts');
    const kind = text(args[3], 'kind');
    const opt = optLevel(args[4]);
    const script = args[1];
    if (script === null) return this.search(path, undefined, undefined, exts, kind, opt);
    if (typeof script !== 'string') return this.search(path, undefined, texts(script, 'script'), exts, kind, opt);
    return this.host.kind(normal(`${this.resolve(path)}/${script}`)) === 'folder'
      ? this.search(path, script, undefined, exts, kind, opt)
      : this.search(path, undefined, [script], exts, kind, opt);
  }

  private search(
    base: string,
    packagePath: string | undefined,
    files: readonly string[] | undefined,
    exts: readonly string[],
    kind: string,
    opt: number | null,
  ): null {
    const root = this.resolve(base);
    if (files !== undefined) {
      for (const f of files) {
        const target = packagePath === undefined ? f : `${packagePath}/${f}`;
        this.add(`${root}/${target}`, target, kind, opt);
      }
      return null;
    }
    if (packagePath !== undefined && this.host.kind(normal(`${root}/${packagePath}`)) !== 'folder')
      throw new OpError(`no folder '${packagePath}' in ${root}`);
    this.walk(root, packagePath === undefined ? '' : packagePath, exts, kind, opt);
    return null;
  }
  private walk(root: string, folder: string, exts: readonly string[], kind: string, opt: number | null): void {
    const at = normal(`${root}/${folder}`);
    if (this.host.kind(at) !== 'folder') throw new OpError('ENOENT');
    const names = [...this.host.list(at)].sort();
    const inside = names.map((n) => ({
      path: folder === '' ? n : `${folder}/${n}`,
      kind: this.host.kind(`${at}/${n}`),
    }));
    for (const f of inside)
      if (f.kind === 'file' && exts.includes(extension(f.path))) this.add(`${root}/${f.path}`, f.path, kind, opt);
    for (const f of inside) if (f.kind === 'folder') this.walk(root, f.path, exts, kind, opt);
  }

  private add(source: string, target: string, kind: string, opt: number | null): void {
    const from = normal(source);
    if (this.host.kind(from) !== 'file') throw new OpError(`Cannot stat ${from}`);
    const ext = extension(from);
    const auto = ext === '.mpy' ? 'mpy' : 'compile';
    const is = kind === 'auto' ? auto : kind === 'source' ? 'source' : kind === 'mpy' ? 'mpy' : 'compile';
    if (ext !== '.py' && ext !== '.mpy') throw new OpError(`neither a .py nor a .mpy file: ${from}`);
    const version = this.versions.at(-1) ?? null;
    this.files.push({ source: from, target: normal(`/${target}`).slice(1), kind: is, opt, version });
  }
}

function text(v: unknown, what: string): string {
  if (typeof v !== 'string') throw new OpError(`${what} must be a str`);
  return v;
}
function texts(v: unknown, what: string): readonly string[] {
  if (!Array.isArray(v)) throw new OpError(`${what} must be a list of str`);
  return v.map((x) => text(x, what));
}
function optLevel(v: unknown): number | null {
  if (v === null || v === undefined) return null;
  if (typeof v !== 'number' || !Number.isInteger(v) || v < 0) throw new OpError('opt must be an int from 0 to 3');
  return Math.min(v, 3);
}
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
function extension(path: string): string {
  const dot = baseName(path).lastIndexOf('.');
  return dot <= 0 ? '' : baseName(path).slice(dot).toLowerCase();
}
/** An absolute path without `.`, `..` and doubled separators. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const p of path.split('/')) {
    if (p === '' || p === '.') continue;
    if (p === '..') parts.pop();
    else parts.push(p);
  }
  return `/${parts.join('/')}`;
}
