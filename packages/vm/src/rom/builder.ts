/**
 * Lays definitions out as a ROM image: types, functions, modules, constants and the qstr pool, at addresses from 0x100 on.
 * Everything is written as the running VM expects to find it, so a board starts by copying bytes.
 */
import { type CompiledModule, Freezer, ImageWriter, isGenerator } from '@tsmp/mpy-format';
import type { CompileFn } from '../host.js';
import { MapFlag, RawCodeOff } from '../layout.js';
import { utf8 } from '../qstr.js';
import { FrozenKind, freezeTarget } from './freeze.js';
import { CORE_QSTRS } from '../qstr-list.js';
import { ROM_TEXTS, textSymbol } from './texts.js';
import { InternalError, VmUsageError } from '../raise.js';
import { CORE_TYPES, CORE_TYPES_END, Ty, TypeOff } from '../types.js';
import { Word } from '../words.js';
import { PYTHON } from './python.js';
import { collect, type Collected, localsOf, SLOTS } from './collect.js';
import type { FunDef, ModuleDef, PyFunDef, RomValue, TypeDef } from './define.js';
import { modulesOf, type RomDefinitions, type RomImage } from './image.js';

/** What an image is built for. */
export interface BuildOptions {
  readonly floatBits: 32 | 64;
  /** Compiles the ROM functions that are written in Python. */
  readonly compile: CompileFn;
}

/** Builds the image of `definitions`. */
export function buildRom(definitions: RomDefinitions, options: BuildOptions): RomImage {
  return new Builder(definitions, options).build();
}

function sourceOf(f: PyFunDef): string {
  const source = f.source ?? PYTHON[f.name];
  if (source === undefined) throw new VmUsageError('bad-rom-function', `'${f.name}' has no source`);
  return source;
}

class Builder {
  private readonly out = new ImageWriter(0);
  private readonly freezer: Freezer;
  private readonly found: Collected;
  private readonly natives: string[] = [];
  private readonly nativeIndex = new Map<string, number>();
  private readonly symbols: Record<string, number> = {};
  private readonly protocols: string[] = [];
  private readonly qstrs: string[] = [];
  private readonly qstrIndex = new Map<string, number>();
  private readonly typeAddr = new Map<TypeDef, number>();
  private readonly funAddr = new Map<FunDef, number>();
  private readonly pyAddr = new Map<PyFunDef, number>();
  private readonly moduleAddr = new Map<ModuleDef, number>();
  /** One declaration named in several places is one object. */
  private readonly objectAddr = new Map<RomValue, number>();
  private helpersDict = 0;
  private readonly compiled = new Map<PyFunDef, CompiledModule>();

  constructor(
    private readonly defs: RomDefinitions,
    private readonly options: BuildOptions,
  ) {
    this.found = collect(defs);
    this.out.end = CORE_TYPES_END;
    this.freezer = new Freezer(
      this.out,
      freezeTarget(options.floatBits, false, this.symbols, (text) => this.qstr(text)),
    );
  }

  build(): RomImage {
    this.qstr('\0null');
    this.qstr('');
    for (const q of CORE_QSTRS) this.qstr(q);
    for (const n of this.found.names) this.qstr(n);
    this.compilePython();
    this.constants();
    for (const t of this.found.types) this.placeType(t);
    this.helpersDict = this.alloc(16);
    this.symbols['dict helpers'] = this.helpersDict;
    for (const m of modulesOf(this.defs)) this.placeModule(m);
    for (const f of this.found.funPaths.keys()) this.fun(f);
    const hiddenStart = this.out.end;
    for (const f of this.found.pyFuns) this.emitPython(f);
    const hiddenEnd = this.out.end;
    for (const t of this.found.types) this.fillType(t);
    this.fillDict(this.helpersDict, { ...this.defs.helpers });
    for (const m of modulesOf(this.defs)) this.fillModule(m);
    for (const t of ROM_TEXTS) this.symbols[textSymbol(t)] = this.out.data(utf8(t));
    const modules = this.freezeModules();
    const qstrTable = this.emitQstrs();
    return {
      bytes: this.out.bytes(),
      natives: this.natives,
      symbols: this.symbols,
      protocols: this.protocols,
      qstrCount: this.qstrs.length,
      qstrTable,
      hiddenStart,
      hiddenEnd,
      // their names are among the image's own
      ...(Object.keys(modules).length === 0 ? {} : { frozen: { modules, qstrCount: 0, qstrTable } }),
      definitions: this.defs,
    };
  }

  // ---- space

  private alloc(n: number): number {
    return this.out.alloc(n);
  }
  private word(at: number, v: number): void {
    this.out.word(at, v);
  }

  private qstr(text: string): number {
    let q = this.qstrIndex.get(text);
    if (q === undefined) {
      q = this.qstrs.length;
      this.qstrs.push(text);
      this.qstrIndex.set(text, q);
    }
    return q;
  }

  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  private native(fn: Function): number {
    const name = this.found.nativeNames.get(fn);
    if (name === undefined) throw new InternalError('native was not collected');
    let i = this.nativeIndex.get(name);
    if (i === undefined) {
      i = this.natives.length;
      this.natives.push(name);
      this.nativeIndex.set(name, i);
    }
    return i;
  }

  // ---- fixed objects

  private constants(): void {
    this.symbols['()'] = this.alloc(8);
    this.word(this.symbols['()'], Ty.Tuple);
    this.symbols["b''"] = this.freezer.bytes(new Uint8Array(0));
    this.symbols['...'] = this.alloc(4);
    this.word(this.symbols['...'], Ty.Ellipsis);
    this.symbols.NotImplemented = this.alloc(4);
    this.word(this.symbols.NotImplemented, Ty.NotImplementedType);
    this.symbols['IOBase()'] = this.alloc(4);
    this.word(this.symbols['IOBase()'], Ty.Iobase);
    const exit = this.alloc(16);
    this.symbols['GeneratorExit()'] = exit;
    this.word(exit, Ty.GeneratorExit);
    this.word(exit + 12, this.symbols['()']);
  }

  // ---- types

  private placeType(t: TypeDef): void {
    let at: number;
    if (t.core !== undefined) {
      const fixed = CORE_TYPES[t.core];
      if (fixed === undefined) throw new VmUsageError('unknown-core-type', `'${t.core}' is no core type`);
      at = fixed;
    } else at = this.alloc(TypeOff.Size);
    this.typeAddr.set(t, at);
    this.symbols[this.found.paths.get(t) as string] = at;
  }

  private fillType(t: TypeDef): void {
    const at = this.typeAddr.get(t) as number;
    this.word(at, Ty.Type);
    this.out.half(at + TypeOff.Flags, t.flags ?? 0);
    this.out.half(at + TypeOff.Name, this.qstr(t.name));
    SLOTS.forEach((slot, i) => {
      const fn = t[slot];
      if (typeof fn === 'function') this.word(at + TypeOff.MakeNew + 4 * i, this.native(fn) + 1);
    });
    if (t.protocol !== undefined) {
      this.protocols.push(this.found.paths.get(t) as string);
      this.word(at + TypeOff.Protocol, this.protocols.length);
    }
    if (t.parent !== undefined) {
      if ('def' in t.parent) this.word(at + TypeOff.Parent, this.typeAddr.get(t.parent) as number);
      else this.word(at + TypeOff.Parent, this.tuple(t.parent));
    }
    const locals = localsOf(t);
    if (locals !== undefined) {
      const dict = this.alloc(16);
      this.fillDict(dict, locals);
      this.word(at + TypeOff.Locals, dict);
    }
  }

  private fillDict(dict: number, entries: Readonly<Record<string, RomValue>>): void {
    const list = Object.entries(entries);
    const values = list.map(([, v]) => this.value(v));
    const table = this.alloc(list.length * 8);
    this.word(dict, Ty.Dict);
    this.word(dict + 4, MapFlag.AllQstrs | MapFlag.Fixed | MapFlag.Ordered | (list.length << MapFlag.UsedShift));
    this.word(dict + 8, list.length);
    this.word(dict + 12, table);
    list.forEach(([name], i) => {
      this.word(table + 8 * i, (this.qstr(name) << 3) | 2);
      this.word(table + 8 * i + 4, values[i] as number);
    });
  }

  // ---- modules

  private placeModule(m: ModuleDef): void {
    const at = this.alloc(8);
    this.moduleAddr.set(m, at);
    this.symbols[`module ${m.name}`] = at;
    const dict = this.alloc(16);
    this.symbols[`dict ${m.name}`] = dict;
    this.word(at, Ty.Module);
    this.word(at + 4, dict);
  }

  private fillModule(m: ModuleDef): void {
    this.fillDict(this.symbols[`dict ${m.name}`] as number, { __name__: m.name, ...m.globals });
    if (m.constants !== undefined) this.symbols[`constants ${m.name}`] = this.tuple(m.constants);
  }

  // ---- values

  private value(v: RomValue): number {
    if (v === null) return Word.None;
    if (typeof v === 'boolean') return v ? Word.True : Word.False;
    if (typeof v === 'string') return (this.qstr(v) << 3) | 2;
    if (typeof v === 'number') return this.freezer.int(BigInt(v));
    if (typeof v === 'bigint') return this.freezer.int(v);
    switch (v.def) {
      case 'fun':
        return this.fun(v);
      case 'type':
        return this.typeAddr.get(v) as number;
      case 'py':
        return this.pyAddr.get(v) as number;
      case 'module':
        return this.moduleAddr.get(v) as number;
      case 'bytes':
        return this.freezer.bytes(v.value);
      case 'float':
        return this.freezer.float(v.value);
      case 'tuple':
        return this.tuple(v.items);
      case 'attrtuple':
        return this.attrTuple(v.names, v.items);
      case 'dict':
        return this.constDict(v.entries);
      case 'static':
      case 'classmethod': {
        const fun = this.value(v.fun);
        const at = this.alloc(8);
        this.word(at, v.def === 'static' ? Ty.Staticmethod : Ty.Classmethod);
        this.word(at + 4, fun);
        return at;
      }
      case 'ellipsis':
        return this.symbols['...'] as number;
      case 'notimplemented':
        return this.symbols.NotImplemented as number;
      case 'object': {
        const placed = this.objectAddr.get(v);
        if (placed !== undefined) return placed;
        const at = this.alloc(4 + 4 * v.words.length);
        this.word(at, this.typeAddr.get(v.type) as number);
        v.words.forEach((w, i) => this.word(at + 4 + 4 * i, w));
        this.objectAddr.set(v, at);
        return at;
      }
    }
  }

  private fun(f: FunDef): number {
    let at = this.funAddr.get(f);
    if (at !== undefined) return at;
    const n = this.native(f.fn);
    if (f.arity === 'var') {
      at = this.alloc(12);
      this.word(at, Ty.Funvar);
      this.word(at + 4, (f.min << 17) | (f.max << 1) | (f.kw ? 1 : 0));
      this.word(at + 8, n);
    } else {
      at = this.alloc(8);
      this.word(at, Ty.Fun0 + (Ty.Fun1 - Ty.Fun0) * f.arity);
      this.word(at + 4, n);
    }
    this.funAddr.set(f, at);
    this.symbols[this.found.funPaths.get(f) as string] = at;
    return at;
  }

  private tuple(items: readonly RomValue[], type = Ty.Tuple as number, extra = 0): number {
    const values = items.map((x) => this.value(x));
    if (values.length === 0 && type === Ty.Tuple) return this.symbols['()'] as number;
    const at = this.alloc(8 + 4 * values.length + extra);
    this.word(at, type);
    this.word(at + 4, values.length);
    values.forEach((x, i) => this.word(at + 8 + 4 * i, x));
    return at;
  }

  /** An attrtuple has one more word behind its items: the address of its field names (qstr objects). */
  private attrTuple(names: readonly string[], items: readonly RomValue[]): number {
    const table = this.alloc(4 * names.length);
    names.forEach((n, i) => this.word(table + 4 * i, (this.qstr(n) << 3) | 2));
    const at = this.tuple(items, Ty.Attrtuple, 4);
    this.word(at + 8 + 4 * items.length, table);
    return at;
  }

  private constDict(entries: readonly (readonly [number | string, RomValue])[]): number {
    const words = entries.flatMap(([k, v]) => [this.value(k), this.value(v)]);
    const allQstrs = entries.every(([k]) => typeof k === 'string');
    const table = this.alloc(words.length * 4);
    words.forEach((w, i) => this.word(table + 4 * i, w));
    const at = this.alloc(16);
    this.word(at, Ty.Dict);
    this.word(
      at + 4,
      (allQstrs ? MapFlag.AllQstrs : 0) | MapFlag.Fixed | MapFlag.Ordered | (entries.length << MapFlag.UsedShift),
    );
    this.word(at + 8, entries.length);
    this.word(at + 12, table);
    return at;
  }

  // ---- functions written in Python

  private compilePython(): void {
    for (const f of this.found.pyFuns) {
      const module = this.options.compile({
        source: utf8(sourceOf(f)),
        fileName: f.name,
        kind: 'file',
        optLevel: 3,
        smallIntBits: 31,
        floatBits: this.options.floatBits,
        level: 'core',
        isKnownQstr: (s) => this.qstrIndex.has(s),
      });
      this.compiled.set(f, module);
      for (const q of module.qstrs) this.qstr(q);
    }
  }

  private emitPython(f: PyFunDef): void {
    const m = this.compiled.get(f) as CompiledModule;
    const code = m.root.children[0];
    if (code === undefined || code.kind !== 'bytecode')
      throw new VmUsageError('bad-rom-function', `'${f.name}' is not one def`);
    // of the module only the function is kept, as if its body had run
    const { qstrs, objs, root } = this.freezer.module({ ...m, root: code });
    const context = this.out.words([Ty.Module, this.helpersDict, qstrs, objs]);
    const fun = this.out.words([
      isGenerator(code.code) ? Ty.GeneratorWrap : Ty.Function,
      context,
      this.out.readWord(root + RawCodeOff.Children),
      this.out.readWord(root + RawCodeOff.Code),
    ]);
    this.pyAddr.set(f, fun);
    this.symbols[this.found.paths.get(f) as string] = fun;
  }

  // ---- frozen modules

  /** Address of each frozen module's record, by path. */
  private freezeModules(): Record<string, number> {
    const modules: Record<string, number> = {};
    for (const { path, source } of this.defs.frozen ?? []) {
      const module = this.options.compile({
        source: utf8(source),
        fileName: path,
        kind: 'file',
        optLevel: 3,
        smallIntBits: 31,
        floatBits: this.options.floatBits,
        level: 'core',
        isKnownQstr: (s) => this.qstrIndex.has(s),
      });
      const { qstrs, objs, root } = this.freezer.module(module);
      modules[path] = this.out.words([FrozenKind.Code, qstrs, objs, root]);
    }
    return modules;
  }

  // ---- qstrs

  private emitQstrs(): number {
    // the first stands for no qstr
    const table = this.freezer.qstrTable(this.qstrs.map((q, i) => (i === 0 ? new Uint8Array(0) : utf8(q))));
    this.out.half(table + 4 * this.qstrs.length, 0);
    return table;
  }
}
