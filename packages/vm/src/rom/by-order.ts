/**
 * Links images with the natives of this process by the order in which they stand in the definitions, so that code needs no names for
 * them: a bundle whose property names are shortened, say. The image must be of the very definitions.
 */
import { ALL_PY_FUNS, type TypeDef } from './define.js';
import { collect, type Collected } from './collect.js';
import type { Linking, RomData, RomDefinitions, RomImage, RomPart } from './image.js';
import { VmUsageError } from '../raise.js';
import { HELPERS } from '../helpers.js';

/** Where what is met in definitions is in an image. */
export interface PlaceOrder {
  /** Number of each native; -1: a function that is none. */
  readonly natives: readonly number[];
  /** Address of each type. */
  readonly types: readonly number[];
  /** Number of each type's protocol, or -1. */
  readonly protocols: readonly number[];
}

/** {@link PlaceOrder} of the core and of what each part adds to it. */
export interface RomOrder {
  /** Address of each function in Python, by name. */
  readonly python: Readonly<Record<string, number>>;
  readonly core: PlaceOrder;
  readonly parts: Readonly<Record<string, PlaceOrder>>;
}

/** Functions and types in the order in which they are met. */
export class Order {
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  natives: Function[] = [];
  types: TypeDef[] = [];
  private readonly met = new Set<unknown>();

  constructor(defs: RomDefinitions) {
    for (const x of [defs.types, HELPERS, defs.helpers, defs.modules]) this.visit(x);
  }

  /** What a part adds; what `again` names counts as new, though it was met in the core. */
  part(part: RomPart, again: Iterable<unknown> = []): this {
    for (const x of again) this.met.delete(x);
    this.natives = [];
    this.types = [];
    this.visit([part.types, part.modules, part.natives]);
    return this;
  }

  private visit(x: unknown): void {
    if (x === null || this.met.has(x)) return;
    if (typeof x === 'function') {
      this.met.add(x);
      this.natives.push(x);
    } else if (typeof x === 'object') {
      this.met.add(x);
      const t = x as TypeDef;
      const isType = t.def === 'type';
      if (isType) this.types.push(t);
      for (const y of Object.values(x)) {
        if (isType && y === t.protocol) continue;
        this.visit(isType && y === t.locals && typeof y === 'function' ? y() : y);
      }
    }
  }
}

/** Natives, types and protocols of what an {@link Order} met last, by their places. */
function place({ natives, types }: Order, at: PlaceOrder, into: Found): void {
  natives.forEach((fn, i) => {
    into.fns[at.natives[i] as number] = fn;
  });
  types.forEach((t, i) => {
    if (t.protocol !== undefined) into.protocols[at.protocols[i] as number] = t.protocol;
    into.addrs.push([t, at.types[i] as number]);
  });
}

interface Found {
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly fns: Function[];
  readonly protocols: object[];
  readonly addrs: Linking['addrs'][number][];
}

/** See {@link RomDefinitions.link}. */
export function linkByOrder(image: RomImage, part?: RomPart): Linking {
  const { definitions, order } = image;
  if (order === undefined) throw new VmUsageError('no-order', 'the ROM image was made without an order of its natives');
  const found: Found = { fns: [], protocols: [], addrs: [] };
  // anew each time: natives that other parts brought are met again
  const met = new Order(definitions);
  if (part === undefined) place(met, order.core, found);
  for (const p of part === undefined ? (definitions.parts ?? []) : [part])
    place(met.part(p), order.parts[p.name] as PlaceOrder, found);
  for (const f of ALL_PY_FUNS) {
    const addr = order.python[f.name];
    if (addr !== undefined) found.addrs.push([f, addr]);
  }
  return found;
}

/** For {@link RomData.order}: what {@link linkByOrder} needs, of a {@link Order} that has met the core, or then a part. */
export function placesOf({ natives, types }: Order, image: RomData, names: Collected): PlaceOrder {
  const native = new Map(image.natives.map((name, i) => [name, i]));
  const protocol = new Map(image.protocols.map((path, i) => [path, i]));
  return {
    natives: natives.map((fn) => native.get(names.nativeNames.get(fn) ?? '') ?? -1),
    types: types.map((t) => image.symbols[names.paths.get(t) ?? ''] ?? -1),
    protocols: types.map((t) => protocol.get(names.paths.get(t) ?? '') ?? -1),
  };
}

/** The order of an image whose definitions have no parts that are linked later. */
export function romOrder(image: RomImage): RomOrder {
  const { definitions } = image;
  const names = collect(definitions);
  const met = new Order(definitions);
  const core = placesOf(met, image, names);
  const parts = (definitions.parts ?? []).map((p) => [p.name, placesOf(met.part(p), image, names)] as const);
  const python = names.pyFuns.flatMap((f) => {
    const addr = image.symbols[names.paths.get(f) ?? ''];
    return addr === undefined ? [] : [[f.name, addr] as const];
  });
  return { core, parts: Object.fromEntries(parts), python: Object.fromEntries(python) };
}
