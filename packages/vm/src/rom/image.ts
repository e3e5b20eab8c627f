/**
 * A ROM image: the bytes that a board's flash starts with, and what is needed to link them with natives. The image is a build
 * output (`buildRom`); it can be stored and loaded again with the same definitions.
 */
import { collect, type Collected } from './collect.js';
import type { AttrFn, ModuleDef, PyFunDef, RomValue, TypeDef } from './define.js';
import { VmUsageError } from '../raise.js';
import type { Addr, Obj } from '../words.js';
import { HELPERS } from '../helpers.js';

/** What an image is built from. */
export interface RomDefinitions {
  /** Types that no module names (iterators and the like). */
  readonly types: readonly TypeDef[];
  /** The modules that `import` finds; one must be `builtins`. */
  readonly modules: readonly ModuleDef[];
  /** Names that ROM functions written in Python can use besides the builtins. */
  readonly helpers: Readonly<Record<string, RomValue>>;
  /** Modules to freeze into the image. */
  readonly frozen?: readonly RomSource[] | undefined;
}

/** A module in Python: the path that it is imported under (`pkg/mod.py`), and its source. */
export interface RomSource {
  readonly path: string;
  readonly source: string;
}

/** The part of an image that can be stored as data. */
export interface RomData {
  readonly bytes: Uint8Array;
  /** Names of the natives, by number. */
  readonly natives: readonly string[];
  /** Address of each named object. */
  readonly symbols: Readonly<Record<string, Addr>>;
  /** Paths of the types that have a host-side protocol, by number. */
  readonly protocols: readonly string[];
  readonly qstrCount: number;
  /** Address of the qstr table: for each qstr a word (address of its text), then hashes (u16), then lengths (u8). */
  readonly qstrTable: Addr;
  /** Addresses between which the code of hidden (Python-written) ROM functions lies. */
  readonly hiddenStart: Addr;
  readonly hiddenEnd: Addr;
  /** Modules that were added to the image. */
  readonly frozen?: FrozenData | undefined;
}

/** The frozen modules of an image. */
export interface FrozenData {
  /** Address of each module's record, by path (`pkg/mod.py`). */
  readonly modules: Readonly<Record<string, Addr>>;
  /** Interned strings that the modules added: a table as {@link RomData.qstrTable}; they are numbered from `qstrCount` on. */
  readonly qstrCount: number;
  readonly qstrTable: Addr;
}

export interface RomImage extends RomData {
  readonly definitions: RomDefinitions;
}

/** An image linked with the natives of this process. */
export interface LinkedImage {
  readonly data: RomData;
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly fns: Function[];
  readonly addrs: ReadonlyMap<TypeDef | PyFunDef | ModuleDef, Addr>;
  readonly protocols: readonly object[];
  readonly helpers: typeof HELPERS;
  readonly emptyTuple: Obj;
  readonly emptyBytes: Obj;
  readonly notImplemented: Obj;
  readonly ellipsis: Obj;
  /** The one instance of IOBase. */
  readonly iobase: Obj;
  readonly builtinNext: Obj;
  /** The function that stands for the end of an iteration in ROM functions. */
  readonly endIteration: Obj;
  readonly buildClass: Obj;
  readonly initWrapper: Obj;
  /** The scheduled callback that runs weak references' callbacks. */
  readonly runWeakrefs: Obj;
  /** `micropython.kbd_intr`, which stands for the interrupt in `schedule()`. */
  readonly keyboardInterrupt: Obj;
  readonly raiseInterrupt: Obj;
  readonly builtinsDict: Obj;
  readonly generatorExit: Obj;
  /** Attribute delegation of modules, by address. */
  readonly moduleAttrs: ReadonlyMap<Addr, AttrFn>;
  /** Module object by name. */
  readonly modules: ReadonlyMap<string, { readonly addr: Addr; readonly def: ModuleDef }>;
}

const linked = new WeakMap<RomImage, LinkedImage>();

/** Links an image; done once for each image. */
export function linkImage(image: RomImage): LinkedImage {
  let l = linked.get(image);
  if (l === undefined) {
    l = link(image, collect(image.definitions));
    linked.set(image, l);
  }
  return l;
}

function link(image: RomImage, found: Collected): LinkedImage {
  const fns = image.natives.map((name) => {
    const fn = found.natives.get(name);
    if (fn === undefined)
      throw new VmUsageError('missing-native', `the ROM image needs a native '${name}' that the definitions lack`);
    return fn;
  });
  const symbol = (name: string): Addr => {
    const a = image.symbols[name];
    if (a === undefined) throw new VmUsageError('missing-symbol', `the ROM image has no '${name}'`);
    return a;
  };
  const addrs = new Map<TypeDef | PyFunDef | ModuleDef, Addr>();
  for (const [def, path] of found.paths) addrs.set(def, symbol(path));
  const modules = new Map<string, { addr: Addr; def: ModuleDef }>();
  const moduleAttrs = new Map<Addr, AttrFn>();
  for (const def of image.definitions.modules) {
    const addr = symbol(`module ${def.name}`);
    // a submodule is found through its package
    if (!def.name.includes('.')) modules.set(def.name, { addr, def });
    if (def.attr !== undefined) moduleAttrs.set(addr, def.attr);
  }
  return {
    data: image,
    fns,
    addrs,
    protocols: image.protocols.map((path) => found.protocols.get(path) as object),
    helpers: HELPERS,
    emptyTuple: symbol('()'),
    emptyBytes: symbol("b''"),
    notImplemented: symbol('NotImplemented'),
    ellipsis: symbol('...'),
    iobase: symbol('IOBase()'),
    builtinNext: symbol('fun builtins.next'),
    endIteration: symbol('fun helpers._end'),
    buildClass: symbol('fun builtins.__build_class__'),
    initWrapper: symbol('fun helpers._init_wrapper'),
    runWeakrefs: symbol('fun helpers._run_weakrefs'),
    keyboardInterrupt: symbol('fun micropython.kbd_intr'),
    raiseInterrupt: symbol('fun helpers._raise_interrupt'),
    builtinsDict: symbol('dict builtins'),
    generatorExit: symbol('GeneratorExit()'),
    moduleAttrs,
    modules,
  };
}
