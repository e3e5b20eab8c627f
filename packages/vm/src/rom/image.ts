/**
 * A ROM image: the bytes that a board's flash starts with, and what is needed to link them with natives. The image is a build
 * output (`buildRom`); it can be stored and loaded again with the same definitions.
 */
import type { RomOrder } from './by-order.js';
import type { AttrFn, ModuleDef, PyFunDef, RomValue, TypeDef } from './define.js';
import { raiseMsg, VmUsageError } from '../raise.js';
import { Ty } from '../types.js';
import type { Vm } from '../vm.js';
import type { Addr, Obj } from '../words.js';
import { HELPERS } from '../helpers.js';
import { TupleOff } from '../layout.js';

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
  /** Groups of modules that may also be left out here, and linked later. */
  readonly parts?: readonly RomPart[] | undefined;
  /** Parts that the image has and that are linked when one of their modules is imported. */
  readonly deferred?: readonly DeferredPart[] | undefined;
  /** Finds what is defined for an image of these definitions: natives and addresses, of the core or of a part. */
  readonly link: (image: RomImage, part?: RomPart) => Linking;
  /** Bytes that formats of messages take when packed, see `formats.ts`. */
  readonly packed?: ReadonlyMap<string, number> | undefined;
  /** The interpreter loop that counts bytecodes, for slices of so many and for tracing the heap. */
  readonly steppedLoop?: ((vm: Vm) => number) | undefined;
  /** Lines of a function's children, for code objects. */
  readonly childLines?: ((code: Uint8Array, n: number) => number[]) | undefined;
  /** Throws `MpyFormatError` or `MpyVerifyError` unless a `.mpy` file is one that boards can load, and sound. */
  readonly checkMpy?: ((bytes: Uint8Array) => void) | undefined;
}

/** What of an image is found in definitions. */
export interface Linking {
  /** Natives by their number in the image; holes where there is none. */
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly fns: readonly (Function | undefined)[];
  readonly addrs: readonly (readonly [TypeDef | PyFunDef | ModuleDef, Addr])[];
  readonly protocols: readonly (object | undefined)[];
}

/** Modules with what only they use. */
export interface RomPart {
  readonly name: string;
  readonly types?: readonly TypeDef[] | undefined;
  readonly modules: readonly ModuleDef[];
  /** Natives of the core that a bundle has apart, see `later.ts`. */
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly natives?: readonly Function[] | undefined;
  /** Parts that are to be linked with it. */
  readonly needs?: readonly RomPart[] | undefined;
}

/** A part that is not linked yet: its modules' names, and whether files on `sys.path` come before them. */
export interface DeferredPart {
  readonly name: string;
  readonly modules: readonly string[];
  readonly extensible: boolean;
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
  /** Texts of messages, for code that has their numbers. */
  readonly messages?: readonly string[] | undefined;
  /** The entries of {@link RomDefinitions.packed}, if the definitions have none. */
  readonly packed?: readonly (readonly [string, number])[] | undefined;
  /** Qstrs below the core's end that the profile's firmware would not have, for code that lacks the list. */
  readonly hidden?: readonly number[] | undefined;
  /** Numbers and addresses in the order of the definitions, for images that are linked by it. */
  readonly order?: RomOrder | undefined;
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
  readonly data: RomImage;
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly fns: Function[];
  readonly addrs: ReadonlyMap<TypeDef | PyFunDef | ModuleDef, Addr>;
  readonly protocols: readonly (object | undefined)[];
  /** Parts that are not linked yet, by the names of their modules. */
  readonly deferred: Map<string, DeferredPart>;
  /** Natives of the core that were linked later, by part. */
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly late: Map<string, readonly Function[]>;
  /** See {@link RomDefinitions.steppedLoop}. */
  readonly steppedLoop: RomDefinitions['steppedLoop'];
  /** See {@link RomDefinitions.checkMpy}. */
  readonly checkMpy: RomDefinitions['checkMpy'];
  /** See {@link RomDefinitions.childLines}. */
  readonly childLines: RomDefinitions['childLines'];
  /** See {@link RomDefinitions.packed}. */
  readonly packed: ReadonlyMap<string, number>;
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
  // @quick-begin
  readonly sysModule: Obj;
  // @quick-end
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
    l = link(image, image.definitions.link(image));
    linked.set(image, l);
  }
  return l;
}

/** A native of a part that is not linked. */
function notLoaded(vm: Vm): never {
  raiseMsg(vm, Ty.NotImplementedError, 'not loaded');
}

/**
 * Links a part that {@link RomDefinitions.deferred} names with the image of a VM, for all VMs that have the image. A program that
 * waits for it (`vm.wantedModule`) goes on at the next `run`.
 */
export function linkPart(vm: Vm, part: RomPart): void {
  const l = vm.image;
  const image = l.data;
  for (const other of part.needs ?? []) linkPart(vm, other);
  vm.wantedModule = null;
  if (part.natives !== undefined) l.late.set(part.name, part.natives);
  if (part.natives === undefined && !part.modules.some((m) => l.deferred.has(m.name))) return;
  const found = image.definitions.link(image, part);
  for (const m of part.modules) l.deferred.delete(m.name);
  found.fns.forEach((fn, i) => {
    if (fn !== undefined) l.fns[i] = fn;
  });
  bind(image, found, part.modules, l as Bindings & LinkedImage);
}

/** What {@link bind} fills. */
interface Bindings {
  readonly addrs: Map<TypeDef | PyFunDef | ModuleDef, Addr>;
  readonly protocols: (object | undefined)[];
  readonly moduleAttrs: Map<Addr, AttrFn>;
  readonly modules: Map<string, { readonly addr: Addr; readonly def: ModuleDef }>;
}

/** Enters what was found into the tables. */
function bind(image: RomImage, found: Linking, modules: readonly ModuleDef[], b: Bindings): void {
  for (const [def, addr] of found.addrs) if (!b.addrs.has(def)) b.addrs.set(def, addr);
  for (const def of modules) {
    const addr = symbolOf(image, `module ${def.name}`);
    b.addrs.set(def, addr);
    // a submodule is found through its package
    if (!def.name.includes('.')) b.modules.set(def.name, { addr, def });
    if (def.attr !== undefined) b.moduleAttrs.set(addr, def.attr);
  }
  found.protocols.forEach((protocol, i) => {
    b.protocols[i] ??= protocol;
  });
}

/** The address of a named object. */
export function symbolOf(image: RomImage, name: string): Addr {
  const a = image.symbols[name];
  if (a === undefined) throw new VmUsageError('missing-symbol', `the ROM image has no '${name}'`);
  return a;
}

/** An object of a module's `constants`. */
export function moduleConstant(vm: Vm, m: ModuleDef, i: number): Obj {
  return vm.i32[(symbolOf(vm.image.data, `constants ${m.name}`) + TupleOff.Items + 4 * i) >> 2] as number;
}

/** All modules of definitions. */
export function modulesOf(definitions: RomDefinitions): readonly ModuleDef[] {
  return [...definitions.modules, ...(definitions.parts ?? []).flatMap((p) => p.modules)];
}

function link(image: RomImage, found: Linking): LinkedImage {
  const { deferred = [], steppedLoop, checkMpy, childLines } = image.definitions;
  const parts = new Set(deferred.map((p) => p.name));
  const fns = image.natives.map((name, i) => {
    const fn = found.fns[i];
    if (fn === undefined && parts.has(name.slice(0, Math.max(0, name.indexOf('/'))))) return notLoaded;
    if (fn === undefined)
      throw new VmUsageError('missing-native', `the ROM image needs a native '${name}' that the definitions lack`);
    return fn;
  });
  const symbol = (name: string): Addr => symbolOf(image, name);
  const bindings: Bindings = { addrs: new Map(), protocols: [], moduleAttrs: new Map(), modules: new Map() };
  bind(image, found, modulesOf(image.definitions), bindings);
  return {
    data: image,
    fns,
    ...bindings,
    deferred: new Map(deferred.flatMap((p) => p.modules.map((name) => [name, p] as const))),
    late: new Map(),
    steppedLoop,
    checkMpy,
    childLines,
    packed: image.definitions.packed ?? new Map(image.packed),
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
    // @quick-begin
    sysModule: symbol('module sys'),
    // @quick-end
  };
}
