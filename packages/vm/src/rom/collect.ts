/**
 * Walks definitions and names everything in them: natives by their place, types, functions and modules by their path. The
 * builder and the linker use the same walk, so their names agree. What belongs to a part has the part's name in front; a part is
 * walked after the core and knows nothing of other parts, so its names do not depend on which of them there are.
 */
import { ALL_PY_FUNS, type FunDef, type ModuleDef, type PyFunDef, type RomValue, type TypeDef } from './define.js';
import type { RomDefinitions, RomPart } from './image.js';
import { VmUsageError } from '../raise.js';
import { HELPERS } from '../helpers.js';

/** The native slots of a type, in the order of its memory layout. */
export const SLOTS = [
  'makeNew',
  'print',
  'call',
  'unaryOp',
  'binaryOp',
  'attr',
  'subscr',
  'getiter',
  'iternext',
  'buffer',
] as const;

export interface Collected {
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly natives: ReadonlyMap<string, Function>;
  /** Name of a slot's or function's native. */
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly nativeNames: ReadonlyMap<Function, string>;
  readonly paths: ReadonlyMap<TypeDef | PyFunDef | ModuleDef, string>;
  readonly funPaths: ReadonlyMap<FunDef, string>;
  readonly protocols: ReadonlyMap<string, object>;
  /** Types in the order they were met. */
  readonly types: readonly TypeDef[];
  readonly pyFuns: readonly PyFunDef[];
  /** Every name and string that needs a qstr. */
  readonly names: ReadonlySet<string>;
}

export function localsOf(t: TypeDef): Readonly<Record<string, RomValue>> | undefined {
  return typeof t.locals === 'function' ? t.locals() : t.locals;
}

const cache = new WeakMap<RomDefinitions, Collected>();

/** Names what a part adds to definitions that have been collected; answers what was not there before. */
export function collectPart(collected: Collected, part: RomPart): void {
  (collected as Walker).part(part);
}

export function collect(defs: RomDefinitions): Collected {
  let c = cache.get(defs);
  if (c === undefined) {
    c = new Walker().run(defs);
    cache.set(defs, c);
  }
  return c;
}

class Walker implements Collected {
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly natives = new Map<string, Function>();
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly nativeNames = new Map<Function, string>();
  readonly paths = new Map<TypeDef | PyFunDef | ModuleDef, string>();
  readonly funPaths = new Map<FunDef, string>();
  readonly protocols = new Map<string, object>();
  readonly types: TypeDef[] = [];
  readonly pyFuns: PyFunDef[] = [];
  readonly names = new Set<string>();
  private readonly used = new Set<string>();
  /** The part that is being walked, and its name with a slash; null and '' in the core. */
  private current: RomPart | null = null;
  private prefix = '';
  /** Of which part what is not the core's is. */
  private readonly owners = new Map<object, RomPart>();

  run(defs: RomDefinitions): Collected {
    for (const t of defs.types) this.value(t, `type ${t.core ?? t.name}`);
    for (const [name, v] of Object.entries(HELPERS)) this.value(v, `helpers.${name}`);
    for (const [name, v] of Object.entries(defs.helpers)) this.named(name, v, `helpers.${name}`);
    for (const m of defs.modules) this.value(m, m.name);
    this.pythonFunctions();
    for (const p of defs.parts ?? []) this.part(p);
    return this;
  }

  part(part: RomPart): void {
    this.pythonFunctions();
    this.current = part;
    this.prefix = `${part.name}/`;
    for (const t of part.types ?? []) this.value(t, '');
    for (const m of part.modules) this.value(m, m.name);
    this.current = null;
    this.prefix = '';
  }

  /** ROM functions written in Python are known by their own names. */
  private pythonFunctions(): void {
    for (const f of ALL_PY_FUNS) this.value(f, f.name);
  }

  /** Whether a declaration or native was met before. Parts can only share what is in the core. */
  private isKnown(map: ReadonlyMap<object, string>, key: object): boolean {
    if (!map.has(key)) {
      if (this.current !== null) this.owners.set(key, this.current);
      return false;
    }
    const owner = this.owners.get(key);
    if (owner !== undefined && owner !== this.current)
      throw new VmUsageError('shared-between-parts', `'${map.get(key)}' is in ${owner.name} and in ${this.prefix}`);
    return true;
  }

  private unique(path: string): string {
    let p = this.prefix + path;
    for (let i = 2; this.used.has(p); i++) p = `${this.prefix}${path}#${i}`;
    this.used.add(p);
    return p;
  }

  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  private native(fn: Function, path: string): void {
    if (this.isKnown(this.nativeNames, fn)) return;
    const name = this.unique(path);
    this.natives.set(name, fn);
    this.nativeNames.set(fn, name);
  }

  private named(name: string, v: RomValue, path: string): void {
    this.names.add(name);
    this.value(v, path);
  }

  private value(v: RomValue, path: string): void {
    if (typeof v === 'string') this.names.add(v);
    if (typeof v !== 'object' || v === null) return;
    switch (v.def) {
      case 'fun':
        if (this.isKnown(this.funPaths, v)) return;
        this.funPaths.set(v, this.unique(`fun ${path}`));
        this.native(v.fn, path);
        break;
      case 'py':
        if (this.isKnown(this.paths, v)) return;
        this.paths.set(v, this.unique(`py ${path}`));
        this.pyFuns.push(v);
        break;
      case 'type':
        this.type(v);
        break;
      case 'module':
        if (this.isKnown(this.paths, v)) return;
        this.paths.set(v, `module ${v.name}`);
        this.names.add(v.name);
        if (v.attr !== undefined) this.native(v.attr, `${v.name}.(attr)`);
        if (v.init !== undefined) this.native(v.init, `${v.name}.(init)`);
        for (const [name, x] of Object.entries(v.globals)) this.named(name, x, `${v.name}.${name}`);
        for (const [i, x] of (v.constants ?? []).entries()) this.value(x, `${v.name}[${i}]`);
        break;
      case 'static':
      case 'classmethod':
        this.value(v.fun, path);
        break;
      case 'tuple':
      case 'attrtuple':
        for (const [i, x] of v.items.entries()) this.value(x, `${path}[${i}]`);
        if (v.def === 'attrtuple') for (const n of v.names) this.names.add(n);
        break;
      case 'dict':
        for (const [k, x] of v.entries) {
          this.value(k, path);
          this.value(x, `${path}[${k}]`);
        }
        break;
      case 'object':
        this.type(v.type);
        break;
      default:
        break;
    }
  }

  private type(t: TypeDef): void {
    if (this.isKnown(this.paths, t)) return;
    const path = this.unique(`type ${t.core ?? t.name}`);
    const label = path.slice(this.prefix.length + 5);
    this.paths.set(t, path);
    this.types.push(t);
    this.names.add(t.name);
    for (const slot of SLOTS) {
      const fn = t[slot];
      if (typeof fn === 'function') this.native(fn, `${label}.(${slot})`);
    }
    if (t.protocol !== undefined) this.protocols.set(path, t.protocol);
    const parents = t.parent === undefined ? [] : 'def' in t.parent ? [t.parent] : t.parent;
    for (const p of parents) this.type(p);
    const locals = localsOf(t);
    if (locals !== undefined) for (const [name, v] of Object.entries(locals)) this.named(name, v, `${label}.${name}`);
  }
}
