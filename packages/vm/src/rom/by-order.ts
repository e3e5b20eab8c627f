/**
 * Links images with the natives of this process by the order in which they stand in the definitions, so that code needs no names for
 * them: a bundle whose property names are shortened, say. The image must be of the very definitions.
 */
import { ALL_PY_FUNS, type TypeDef } from './define.js';
import type { Linking, RomDefinitions, RomImage, RomPart } from './image.js';
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

/** See {@link RomDefinitions.link}. */
export function linkByOrder(image: RomImage, part?: RomPart): Linking {
  // anew each time: natives that other parts brought are met again
  const order = new Order(image.definitions);
  if (part !== undefined) order.part(part);
  const place = (part === undefined ? image.order?.core : image.order?.parts[part.name]) as PlaceOrder;
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  const fns: Function[] = [];
  const protocols: object[] = [];
  const { natives, types } = order;
  natives.forEach((fn, i) => {
    fns[place.natives[i] as number] = fn;
  });
  types.forEach((t, i) => {
    if (t.protocol !== undefined) protocols[place.protocols[i] as number] = t.protocol;
  });
  return {
    fns,
    protocols,
    addrs: [
      ...types.map((t, i) => [t, place.types[i] as number] as const),
      ...ALL_PY_FUNS.map((f) => [f, image.order?.python[f.name] as number] as const),
    ],
  };
}
