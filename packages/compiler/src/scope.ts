/**
 * Scopes: the module, and every function, lambda, class and comprehension, with the identifiers each of them uses.
 * Counterpart: py/scope.c, with scope_compute_things of py/compile.c and the id functions of py/emitcommon.c.
 *
 * Invariant: `ids` is in the order of first appearance, parameters first. After {@link Scope.assignSlots} the locals are
 * numbered: closed-over variables of the parent, parameters and other locals, then cells.
 */
import { ScopeFlag } from '@tsmp-internal/bytecode';
import type { RawCode } from '@tsmp/mpy-format';
import type { ScopeMemory } from './ledger.js';
import { Q } from './names.js';
import type { ParseNode } from './parser/node.js';

/** What a scope is the scope of. From `Lambda` on they are functions, with locals of their own. */
export const enum ScopeKind {
  Module,
  Class,
  Lambda,
  ListComp,
  DictComp,
  SetComp,
  GenExpr,
  Function,
}

/** What an identifier is to a scope. */
export const enum IdKind {
  Undecided,
  GlobalImplicit,
  GlobalImplicitAssigned,
  GlobalExplicit,
  /** Written, and used by this function only. */
  Local,
  /** A local that inner functions use too. */
  Cell,
  /** Belongs to an enclosing function. */
  Free,
}

/** Bits of {@link IdInfo.flags}. */
export const enum IdFlag {
  Param = 1,
  StarParam = 2,
  DblStarParam = 4,
}

/** An identifier in a scope. */
export class IdInfo {
  /** The number of its text. */
  readonly name: number;
  kind: IdKind;
  flags = 0;
  /** Which local it is, if it is one. */
  localNum = 0;

  constructor(name: number, kind: IdKind) {
    this.name = name;
    this.kind = kind;
  }
}

/** A scope's code, filled in when it has been emitted. */
export interface PendingCode {
  kind: 'bytecode';
  code: Uint8Array;
  children: RawCode[];
}

/** Up to this many identifiers a search is quicker than a map. */
const SEARCH_LIMIT = 12;

/** Whether scopes of this kind have locals. */
export function isFunctionLike(kind: ScopeKind): boolean {
  return kind >= ScopeKind.Lambda;
}

/** Whether it is a comprehension or a generator expression. */
export function isComprehension(kind: ScopeKind): boolean {
  return kind >= ScopeKind.ListComp && kind <= ScopeKind.GenExpr;
}

/** A scope. */
export class Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | null;
  /** How many scopes it is inside of. */
  readonly depth: number;
  readonly node: ParseNode;
  /** The number of its name: a function's or class's, or one such as `<lambda>`. */
  readonly name: number;
  /** Its code, once emitted. */
  readonly code: PendingCode = { kind: 'bytecode', code: new Uint8Array(0), children: [] };
  /** Bits of ScopeFlag. */
  flags = 0;
  numPosArgs = 0;
  numKwonlyArgs = 0;
  numDefPosArgs = 0;
  numLocals = 0;
  /** How many variables of enclosing functions it uses. */
  numFree = 0;
  /** The most operands on the stack at once. */
  stackSize = 0;
  /** The most exception blocks open at once. */
  excStackSize = 0;
  readonly ids: IdInfo[] = [];
  /** The names of the arguments, in order of their slots; closed-over variables are `*`. */
  argNames: number[] = [];
  private byName: Map<number, IdInfo> | null = null;
  private readonly memory: ScopeMemory | null;

  constructor(kind: ScopeKind, node: ParseNode, parent: Scope | null, memory: ScopeMemory | null) {
    this.memory = memory;
    this.kind = kind;
    this.node = node;
    this.parent = parent;
    this.depth = parent === null ? 0 : parent.depth + 1;
    if (kind === ScopeKind.Function || kind === ScopeKind.Class) this.name = (node.nodes[0] as ParseNode).value;
    else if (kind === ScopeKind.Module) this.name = Q.Module;
    else this.name = Q.Lambda + (kind - ScopeKind.Lambda);
  }

  /** The identifier with this name, or null. */
  find(name: number): IdInfo | null {
    const ids = this.ids;
    if (this.byName !== null) return this.byName.get(name) ?? null;
    for (let i = 0; i < ids.length; i++) {
      if (ids[i].name === name) return ids[i];
    }
    return null;
  }

  /** The identifier with this name, added as `kind` if it is new. */
  findOrAdd(name: number, kind: IdKind): IdInfo {
    const found = this.find(name);
    if (found !== null) return found;
    const id = new IdInfo(name, kind);
    this.ids.push(id);
    this.memory?.identifier(this.ids.length);
    if (this.byName !== null) {
      this.byName.set(name, id);
    } else if (this.ids.length > SEARCH_LIMIT) {
      this.index();
    }
    return id;
  }

  private index(): void {
    this.byName = new Map();
    for (const id of this.ids) this.byName.set(id.name, id);
  }

  /** The identifier in the module's scope, or null. */
  findGlobal(name: number): IdInfo | null {
    let scope: Scope = this;
    while (scope.parent !== null) scope = scope.parent;
    return scope.find(name);
  }

  /** Notes that the identifier is assigned to or deleted. */
  modify(name: number): IdInfo {
    const id = this.findOrAdd(name, IdKind.GlobalImplicit);
    if (id.kind === IdKind.GlobalImplicit) {
      id.kind = isFunctionLike(this.kind) ? IdKind.Local : IdKind.GlobalImplicitAssigned;
    }
    return id;
  }

  /** Makes the identifier free if an enclosing function has it, and everything between carry it. */
  closeOver(id: IdInfo): void {
    for (let scope = this.parent; scope !== null && scope.parent !== null; scope = scope.parent) {
      const outer = scope.find(id.name);
      if (outer === null) continue;
      if (outer.kind === IdKind.Local || outer.kind === IdKind.Cell || outer.kind === IdKind.Free) {
        id.kind = IdKind.Free;
        this.carry(id.name);
      }
      return;
    }
  }

  /** Marks a variable in the enclosing scopes, up to the one that owns it. */
  private carry(name: number): void {
    for (let scope = this.parent; scope !== null; scope = scope.parent) {
      const id = scope.findOrAdd(name, IdKind.Undecided);
      if (id.kind === IdKind.Undecided) {
        id.kind = IdKind.Free;
      } else {
        if (id.kind === IdKind.Local) id.kind = IdKind.Cell;
        return;
      }
    }
  }

  /** Numbers the locals. Needs the parent to have been done. */
  assignSlots(): void {
    if ((this.flags & ScopeFlag.VarArgs) !== 0) this.moveStarParam();
    this.numLocals = 0;
    for (const id of this.ids) {
      // A class's __class__ becomes a cell if it is used, and is no local otherwise.
      if (this.kind === ScopeKind.Class && id.name === Q.Class) continue;
      if (id.kind === IdKind.GlobalImplicit && isFunctionLike(this.kind)) id.kind = IdKind.GlobalExplicit;
      if (id.kind === IdKind.Local || (id.flags & IdFlag.Param) !== 0) id.localNum = this.numLocals++;
    }
    for (const id of this.ids) {
      if (id.kind === IdKind.Cell && (id.flags & IdFlag.Param) === 0) id.localNum = this.numLocals++;
    }
    this.placeFree();
    this.nameArguments();
  }

  /** `*args` comes after all parameters but `**kw`: it changes places with the last one. */
  private moveStarParam(): void {
    const ids = this.ids;
    let last = -1;
    for (let i = ids.length - 1; i >= 0; i--) {
      const id = ids[i];
      if ((id.flags & IdFlag.StarParam) !== 0) {
        if (last >= 0) {
          ids[i] = ids[last];
          ids[last] = id;
        }
        return;
      }
      if (last < 0 && id.flags === IdFlag.Param) last = i;
    }
  }

  /** Puts the parent's variables first, in the parent's order. */
  private placeFree(): void {
    if (this.parent === null || !this.ids.some((id) => id.kind === IdKind.Free)) return;
    let count = 0;
    for (const outer of this.parent.ids) {
      if (outer.kind !== IdKind.Cell && outer.kind !== IdKind.Free) continue;
      const id = this.find(outer.name);
      if (id !== null && id.kind === IdKind.Free) id.localNum = count++;
    }
    this.numFree = count;
    for (const id of this.ids) {
      if (id.kind !== IdKind.Free || (id.flags & IdFlag.Param) !== 0) id.localNum += count;
    }
    this.numPosArgs += count;
    this.numLocals += count;
  }

  private nameArguments(): void {
    const names = new Array<number>(this.numPosArgs + this.numKwonlyArgs).fill(Q.Star);
    for (let i = this.ids.length - 1; i >= 0; i--) {
      const id = this.ids[i];
      if ((id.flags & IdFlag.Param) !== 0 && id.localNum < names.length) names[id.localNum] = id.name;
    }
    this.argNames = names;
  }
}
