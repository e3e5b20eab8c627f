/**
 * Lays definitions out as a ROM image: types, functions, modules, constants and the qstr pool, at addresses from 0x100 on.
 * Everything is written as the running VM expects to find it, so a board starts by copying bytes.
 */
import { ScopeFlag } from '@tsmp-internal/bytecode';
import { type CompiledModule, type Constant, decodePrelude, type RawCode } from '@tsmp/mpy-format';
import type { CompileFn } from '../host.js';
import { MapFlag } from '../layout.js';
import { hashBytes, utf8 } from '../qstr.js';
import { CORE_QSTRS } from '../qstr-list.js';
import { ROM_TEXTS, textSymbol } from './texts.js';
import { InternalError, VmUsageError } from '../raise.js';
import { CORE_TYPES, CORE_TYPES_END, Ty, TypeOff } from '../types.js';
import { newSmallInt, SMALL_INT_MAX, SMALL_INT_MIN, Word } from '../words.js';
import { collect, type Collected, localsOf, SLOTS } from './collect.js';
import type { FunDef, ModuleDef, PyFunDef, RomValue, TypeDef } from './define.js';
import type { RomDefinitions, RomImage } from './image.js';

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

class Builder {
  private bytes = new Uint8Array(1 << 16);
  private view = new DataView(this.bytes.buffer);
  private end = CORE_TYPES_END;
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
    for (const m of this.defs.modules) this.placeModule(m);
    for (const f of this.found.funPaths.keys()) this.fun(f);
    const hiddenStart = this.end;
    for (const f of this.found.pyFuns) this.emitPython(f);
    const hiddenEnd = this.end;
    for (const t of this.found.types) this.fillType(t);
    this.fillDict(this.helpersDict, { ...this.defs.helpers });
    for (const m of this.defs.modules) this.fillModule(m);
    for (const t of ROM_TEXTS) this.symbols[textSymbol(t)] = this.data(utf8(t));
    const qstrTable = this.emitQstrs();
    return {
      bytes: this.bytes.slice(0, (this.end + 15) & ~15),
      natives: this.natives,
      symbols: this.symbols,
      protocols: this.protocols,
      qstrCount: this.qstrs.length,
      qstrTable,
      hiddenStart,
      hiddenEnd,
      definitions: this.defs,
    };
  }

  // ---- space

  private alloc(n: number, align = 4): number {
    const at = (this.end + align - 1) & -align;
    this.end = at + n;
    if (this.end > this.bytes.length) {
      const bigger = new Uint8Array(Math.max(this.bytes.length * 2, this.end));
      bigger.set(this.bytes);
      this.bytes = bigger;
      this.view = new DataView(bigger.buffer);
    }
    return at;
  }
  private word(at: number, v: number): void {
    this.view.setInt32(at, v | 0, true);
  }
  private data(bytes: Uint8Array, align = 1): number {
    const at = this.alloc(bytes.length + 1, align);
    this.bytes.set(bytes, at);
    return at;
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
    this.symbols["b''"] = this.bytesObj(new Uint8Array(0));
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
    this.view.setUint16(at + TypeOff.Flags, t.flags ?? 0, true);
    this.view.setUint16(at + TypeOff.Name, this.qstr(t.name), true);
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
  }

  // ---- values

  private value(v: RomValue): number {
    if (v === null) return Word.None;
    if (typeof v === 'boolean') return v ? Word.True : Word.False;
    if (typeof v === 'string') return (this.qstr(v) << 3) | 2;
    if (typeof v === 'number') return this.int(BigInt(v));
    if (typeof v === 'bigint') return this.int(v);
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
        return this.bytesObj(v.value);
      case 'float':
        return this.float(v.value);
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

  private int(v: bigint): number {
    if (v >= BigInt(SMALL_INT_MIN) && v <= BigInt(SMALL_INT_MAX)) return newSmallInt(Number(v));
    const neg = v < 0n;
    let m = neg ? -v : v;
    const digits: number[] = [];
    for (; m > 0n; m >>= 16n) digits.push(Number(m & 0xffffn));
    const dig = this.alloc(digits.length * 2, 4);
    digits.forEach((d, i) => this.view.setUint16(dig + 2 * i, d, true));
    const at = this.alloc(16);
    this.word(at, Ty.Int);
    this.word(at + 4, (neg ? 1 : 0) | 2 | (digits.length << 2));
    this.word(at + 8, digits.length);
    this.word(at + 12, dig);
    return at;
  }

  private float(v: number): number {
    const at = this.alloc(16, 16);
    this.word(at, Ty.Float);
    if (this.options.floatBits === 64) this.view.setFloat64(at + 8, v, true);
    else this.view.setFloat32(at + 4, v, true);
    return at;
  }

  private bytesObj(b: Uint8Array, type = Ty.Bytes as number): number {
    const d = this.data(b);
    const at = this.alloc(16);
    this.word(at, type);
    this.word(at + 4, hashBytes(b, 0, b.length));
    this.word(at + 8, b.length);
    this.word(at + 12, d);
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
        source: utf8(f.source),
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
    const qstrs = this.alloc(2 * m.qstrs.length, 4);
    m.qstrs.forEach((q, i) => this.view.setUint16(qstrs + 2 * i, this.qstr(q), true));
    const consts = m.constants.map((c) => this.constant(c));
    const objs = this.alloc(4 * consts.length);
    consts.forEach((c, i) => this.word(objs + 4 * i, c));
    const context = this.alloc(16);
    this.word(context, Ty.Module);
    this.word(context + 4, this.helpersDict);
    this.word(context + 8, qstrs);
    this.word(context + 12, objs);
    const raw = this.rawCode(code);
    const fun = this.alloc(16);
    this.word(fun, this.isGenerator(code) ? Ty.GeneratorWrap : Ty.Function);
    this.word(fun + 4, context);
    this.word(fun + 8, this.view.getInt32(raw + 8, true));
    this.word(fun + 12, this.view.getInt32(raw + 4, true));
    this.pyAddr.set(f, fun);
    this.symbols[this.found.paths.get(f) as string] = fun;
  }

  private isGenerator(code: RawCode): boolean {
    return (decodePrelude(code.code).scopeFlags & ScopeFlag.Generator) !== 0;
  }

  private rawCode(code: RawCode): number {
    const children = code.children.map((c) => {
      if (c.kind !== 'bytecode') throw new InternalError('native code in a ROM function');
      return this.rawCode(c);
    });
    const table = this.alloc(4 * children.length);
    children.forEach((c, i) => this.word(table + 4 * i, c));
    const bytes = this.data(code.code);
    const at = this.alloc(16);
    this.word(at, 2 | (this.isGenerator(code) ? 0x100 : 0));
    this.word(at + 4, bytes);
    this.word(at + 8, table);
    return at;
  }

  private constant(c: Constant): number {
    switch (c.kind) {
      case 'str':
        return this.bytesObj(utf8(c.value), Ty.Str);
      case 'bytes':
        return this.bytesObj(c.value);
      case 'int':
        return this.int(c.value);
      case 'float':
        return this.float(c.value);
      case 'none':
        return Word.None;
      case 'true':
        return Word.True;
      case 'false':
        return Word.False;
      case 'ellipsis':
        return this.symbols['...'] as number;
      case 'tuple': {
        const items = c.items.map((x) => this.constant(x));
        const at = this.alloc(8 + 4 * items.length);
        this.word(at, Ty.Tuple);
        this.word(at + 4, items.length);
        items.forEach((x, i) => this.word(at + 8 + 4 * i, x));
        return at;
      }
      default:
        throw new InternalError(`constant of kind ${c.kind} in a ROM function`);
    }
  }

  // ---- qstrs

  private emitQstrs(): number {
    const n = this.qstrs.length;
    const texts = this.qstrs.map((q, i) => (i === 0 ? new Uint8Array(0) : utf8(q)));
    const at = texts.map((t) => this.data(t));
    const table = this.alloc(4 * n + 2 * n + n, 4);
    for (let i = 0; i < n; i++) {
      const t = texts[i] as Uint8Array;
      this.word(table + 4 * i, at[i] as number);
      this.view.setUint16(table + 4 * n + 2 * i, i === 0 ? 0 : hashBytes(t, 0, t.length), true);
      this.bytes[table + 6 * n + i] = t.length;
    }
    return table;
  }
}
