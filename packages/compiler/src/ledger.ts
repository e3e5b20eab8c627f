/**
 * The memory that MicroPython's compiler would use on a 32-bit port: what it allocates, in its order and sizes, reported to
 * a ledger. Counterparts: the allocations in py/parse.c, py/compile.c, py/scope.c, py/emitbc.c and py/emitcommon.c.
 *
 * Invariant: a block is reported freed exactly where upstream frees it. What upstream leaves to its collector is dropped;
 * what outlives compiling (code, constants) is freed at the end, because whoever loads the module allocates it anew, or kept for
 * whoever says so (`keep`).
 */
import type { LexerLedger } from '@tsmp/lexer';
import type { AnyCode, CompiledModule, Constant } from '@tsmp/mpy-format';

/**
 * Where the compiler reports the memory that MicroPython's compiler would use. The lexer reports to it as well. When compiling
 * ends, normally or not, a block that has been neither freed nor dropped is garbage.
 */
export interface CompileLedger extends LexerLedger {
  /** Block `block` changes size where it is, or cannot and stays as it is: then the answer is false. Shrinking always can. */
  resizeInPlace(block: number, oldBytes: number, newBytes: number): boolean;
  /** Block `block` is not used any more, but nobody frees it: it is garbage from now on. */
  drop(block: number, bytes: number): void;
  /** The lexer has its blocks; parsing is about to begin. */
  opened?(): void;
  /**
   * Compiling has succeeded, and these blocks are its result: the module's context, its tables, then for a function its code, the
   * table of the functions in it if there are any, those functions, and its raw code; and those of objects for constants. Without this
   * method they are freed, and the context and the tables are not allocated.
   */
  keep?(blocks: readonly number[], constants: ReadonlyMap<Constant, readonly number[]>): void;
}

const RULE_FRAME = 8;
const RULE_INIT = 64;
const RULE_STEP = 16;
const RESULT_SIZE = 4;
const RESULT_INIT = 32;
const RESULT_STEP = 16;
const CHUNK_HEADER = 8;
const CHUNK_INIT = 128;
const NODE_HEADER = 8;
const MAP_ELEMENT = 8;
const SCOPE_SIZE = 52;
const ID_SIZE = 8;
const ID_INIT = 4;
const ID_STEP = 6;
const RAW_CODE_SIZE = 12;
const EMITTER_SIZE = 68;
const LABEL_SIZE = 4;
const POINTER_SIZE = 4;
const LIST_INIT = 4;
const OBJECT_SIZE = 16;
const TUPLE_HEADER = 8;

/** How big hash tables get, as far as steps are uneven; then by half. */
const MAP_SIZES = [
  0, 2, 4, 6, 8, 10, 12, 17, 23, 29, 37, 47, 59, 73, 97, 127, 167, 223, 293, 389, 521, 691, 919, 1223, 1627, 2161, 3229,
  4831, 7243, 10861, 16273, 24407, 36607, 54907,
];

/** A block in the ledger. */
class Block {
  bytes: number;
  handle: number;
  private readonly ledger: CompileLedger;

  constructor(ledger: CompileLedger, bytes: number) {
    this.ledger = ledger;
    this.bytes = bytes;
    this.handle = ledger.alloc(bytes);
  }

  resize(bytes: number): void {
    this.handle = this.ledger.realloc(this.handle, this.bytes, bytes);
    this.bytes = bytes;
  }

  resizeInPlace(bytes: number): boolean {
    if (!this.ledger.resizeInPlace(this.handle, this.bytes, bytes)) return false;
    this.bytes = bytes;
    return true;
  }

  free(): void {
    this.ledger.free(this.handle, this.bytes);
  }

  drop(): void {
    this.ledger.drop(this.handle, this.bytes);
  }
}

/** A hash table, which is rebuilt when it is full. */
class MapModel {
  private readonly ledger: CompileLedger;
  private alloc: number;
  private used = 0;
  private block: Block | null;

  constructor(ledger: CompileLedger, alloc: number) {
    this.ledger = ledger;
    this.alloc = alloc;
    this.block = alloc === 0 ? null : new Block(ledger, alloc * MAP_ELEMENT);
  }

  add(): void {
    if (this.used++ < this.alloc) return;
    const needed = this.alloc + 1;
    this.alloc = MAP_SIZES.find((size) => size >= needed) ?? needed + (needed >> 1);
    const old = this.block;
    this.block = new Block(this.ledger, this.alloc * MAP_ELEMENT);
    old?.free();
  }

  free(): void {
    this.block?.free();
  }

  drop(): void {
    this.block?.drop();
  }
}

/** What goes on while parsing. */
export class ParserMemory {
  private readonly ledger: CompileLedger;
  private readonly rules: Block;
  private readonly results: Block;
  private ruleRoom = RULE_INIT;
  private resultRoom = RESULT_INIT;
  private readonly consts: MapModel;
  private readonly chunks: Block[] = [];
  private chunk: Block | null = null;
  private chunkUsed = 0;
  /** The nodes in the current chunk that tuples may take up. */
  private current = new Set<object>();
  private readonly objects: Block[] = [];
  private readonly objectsOf = new Map<Constant, readonly Block[]>();

  constructor(ledger: CompileLedger) {
    this.ledger = ledger;
    this.rules = new Block(ledger, RULE_INIT * RULE_FRAME);
    this.results = new Block(ledger, RESULT_INIT * RESULT_SIZE);
    this.consts = new MapModel(ledger, 0);
  }

  /** The rule stack has this many places at once. */
  rise(height: number): void {
    while (height > this.ruleRoom) {
      this.ruleRoom += RULE_STEP;
      this.rules.resize(this.ruleRoom * RULE_FRAME);
    }
  }

  /** The result stack has this many. */
  resultCount(count: number): void {
    while (count > this.resultRoom) {
      this.resultRoom += RESULT_STEP;
      this.results.resize(this.resultRoom * RESULT_SIZE);
    }
  }

  /** A node of `slots` words is made. */
  node(node: object, slots: number): void {
    const bytes = NODE_HEADER + slots * POINTER_SIZE;
    let chunk = this.chunk;
    if (chunk !== null && CHUNK_HEADER + this.chunkUsed + bytes > chunk.bytes) {
      if (!chunk.resizeInPlace(chunk.bytes + bytes)) {
        chunk.resizeInPlace(CHUNK_HEADER + this.chunkUsed);
        this.chunks.push(chunk);
        chunk = null;
      }
    }
    if (chunk === null) {
      chunk = new Block(this.ledger, CHUNK_HEADER + Math.max(CHUNK_INIT, bytes));
      this.chunkUsed = 0;
      this.current.clear();
    }
    this.chunk = chunk;
    this.chunkUsed += bytes;
    if (slots <= 1) this.current.add(node);
  }

  /** A node goes up in a tuple; its room is used again if it is in the current chunk. */
  takeUp(node: object, slots: number): void {
    if (this.current.delete(node)) this.chunkUsed -= NODE_HEADER + slots * POINTER_SIZE;
  }

  /** A name is bound by `const()`. */
  constName(): void {
    this.consts.add();
  }

  /** An object is made for a constant. */
  constant(constant: Constant, floatBits: number): void {
    const first = this.objects.length;
    const add = (bytes: number) => this.objects.push(new Block(this.ledger, bytes));
    switch (constant.kind) {
      case 'str':
        add(OBJECT_SIZE);
        add(utf8Bytes(constant.value) + 1);
        break;
      case 'bytes':
        add(OBJECT_SIZE);
        add(constant.value.length + 1);
        break;
      case 'int': {
        const value = constant.value;
        const digits = Math.ceil((value < 0n ? -value : value).toString(16).length / 4);
        add(OBJECT_SIZE);
        add(Math.max(2, digits) * 2);
        break;
      }
      case 'float':
        add(POINTER_SIZE + floatBits / 8);
        break;
      case 'complex':
        add(POINTER_SIZE + floatBits / 4);
        break;
      case 'tuple':
        if (constant.items.length > 0) add(TUPLE_HEADER + constant.items.length * POINTER_SIZE);
        break;
    }
    this.objectsOf.set(constant, this.objects.slice(first));
  }

  /** An int too big for a word is read: its digits get the room that the length of the text says. */
  bigLiteral(text: string, constant: Constant): void {
    const length = /^0[xob]/i.test(text) ? text.length - 2 : text.length;
    const first = this.objects.length;
    this.objects.push(new Block(this.ledger, OBJECT_SIZE));
    this.objects.push(new Block(this.ledger, Math.max(2, Math.floor((length * 8) / 16) + 1) * 2));
    this.objectsOf.set(constant, this.objects.slice(first));
  }

  /** Parsing is over; the tree stays. */
  finish(): void {
    this.consts.free();
    if (this.chunk !== null) {
      this.chunk.resizeInPlace(CHUNK_HEADER + this.chunkUsed);
      this.chunks.push(this.chunk);
    }
    this.rules.free();
    this.results.free();
  }

  /** The tree is not needed any more. */
  freeTree(): void {
    // The newest chunk is first in upstream's list.
    for (let i = this.chunks.length - 1; i >= 0; i--) this.chunks[i].free();
  }

  /** Whoever loads the module allocates the constants. */
  freeObjects(): void {
    for (const block of this.objects) block.free();
  }

  /** The blocks of `constants`' objects; what is no part of these is garbage. */
  keepObjectsOf(constants: readonly Constant[]): Map<Constant, readonly number[]> {
    const used = new Set<Block>();
    const kept = new Map<Constant, readonly number[]>();
    const note = (constant: Constant): void => {
      const blocks = this.objectsOf.get(constant) ?? [];
      for (const block of blocks) used.add(block);
      if (blocks.length > 0)
        kept.set(
          constant,
          blocks.map((block) => block.handle),
        );
      if (constant.kind === 'tuple') for (const item of constant.items) note(item);
    };
    for (const constant of constants) note(constant);
    for (const block of this.objects) if (!used.has(block)) block.drop();
    return kept;
  }

  /** There is no module. */
  dropObjects(): void {
    for (const block of this.objects) block.drop();
  }

  /** An exception ends parsing: everything is garbage. */
  abandon(): void {
    for (const block of this.objects) block.drop();
    if (this.chunk !== null) this.chunk.drop();
    for (const block of this.chunks) block.drop();
    this.consts.drop();
    this.rules.drop();
    this.results.drop();
  }
}

/** What goes on while compiling. */
export class CompilerMemory {
  private readonly ledger: CompileLedger;
  private readonly names: MapModel;
  private readonly constants: Block;
  private constantRoom = LIST_INIT;
  private readonly scopes: ScopeMemory[] = [];
  private emitter: Block | null = null;
  private labels: Block | null = null;
  /** How many scopes have their code. */
  private coded = 0;
  /** The module's context, for a ledger that keeps things. */
  private readonly context: Block | null;

  constructor(ledger: CompileLedger) {
    this.ledger = ledger;
    this.context = ledger.keep === undefined ? null : new Block(ledger, OBJECT_SIZE);
    this.names = new MapModel(ledger, 1);
    this.constants = new Block(ledger, LIST_INIT * POINTER_SIZE);
  }

  /** A name enters the module's table. */
  name(): void {
    this.names.add();
  }

  /** A constant does; there are `count` now. */
  constant(count: number): void {
    if (count <= this.constantRoom) return;
    this.constantRoom *= 2;
    this.constants.resize(this.constantRoom * POINTER_SIZE);
  }

  /** A scope is made. The emitter is, behind the first. */
  scope(): ScopeMemory {
    const scope = new ScopeMemory(this.ledger);
    this.scopes.push(scope);
    if (this.emitter === null) this.emitter = new Block(this.ledger, EMITTER_SIZE);
    return scope;
  }

  /** All scopes are known. */
  labelTable(count: number): void {
    this.labels = new Block(this.ledger, count * LABEL_SIZE);
  }

  /** The size of a scope's code is about to be found; it has `count` functions inside. */
  children(count: number): void {
    if (count > 0) this.scopes[this.coded].children = new Block(this.ledger, count * POINTER_SIZE);
  }

  /** It is found. */
  codeBuffer(bytes: number): void {
    this.scopes[this.coded++].code = new Block(this.ledger, bytes);
  }

  /**
   * Compiling is over. `parser` is what parsing left, if the same ledger saw it; `module`: the result, unless it failed; `codes`: the
   * code of each scope.
   */
  finish(parser: ParserMemory | null, module: CompiledModule | null, codes: readonly AnyCode[]): void {
    const context = this.context;
    let tables: Block | null = null;
    if (context !== null && module !== null) {
      const words = ((module.qstrs.length + 1) >> 1) + module.constants.length;
      tables = new Block(this.ledger, words * POINTER_SIZE);
    }
    this.labels?.free();
    this.emitter?.free();
    parser?.freeTree();
    for (const scope of this.scopes) scope.free();
    this.names.drop();
    this.constants.drop();
    if (context === null) {
      for (const scope of this.scopes) scope.rawCode.free();
      for (const scope of this.scopes) scope.freeCode();
      parser?.freeObjects();
    } else if (module === null || tables === null) {
      context.drop();
      for (const scope of this.scopes) scope.dropCode();
      parser?.dropObjects();
    } else {
      const scopes = new Map(codes.map((code, i) => [code, this.scopes[i]]));
      const objects = parser?.keepObjectsOf(module.constants) ?? new Map<Constant, readonly number[]>();
      this.ledger.keep?.([context.handle, tables.handle, ...blocksOf(module.root, scopes)], objects);
    }
  }
}

/** The blocks of a function and those in it, in the order of `keep`. */
function blocksOf(code: AnyCode, scopes: ReadonlyMap<AnyCode, ScopeMemory>): number[] {
  const blocks: number[] = [];
  const add = (code: AnyCode): void => {
    const scope = scopes.get(code);
    if (scope?.code == null) return;
    blocks.push(scope.code.handle);
    if (scope.children !== null) blocks.push(scope.children.handle);
    for (const child of code.children) add(child);
    blocks.push(scope.rawCode.handle);
  };
  add(code);
  return blocks;
}

/** What a scope has. */
export class ScopeMemory {
  readonly rawCode: Block;
  children: Block | null = null;
  code: Block | null = null;
  private readonly scope: Block;
  private readonly ids: Block;
  private idRoom = ID_INIT;

  constructor(ledger: CompileLedger) {
    this.scope = new Block(ledger, SCOPE_SIZE);
    this.rawCode = new Block(ledger, RAW_CODE_SIZE);
    this.ids = new Block(ledger, ID_INIT * ID_SIZE);
  }

  /** An identifier is added; there are `count` now. */
  identifier(count: number): void {
    if (count <= this.idRoom) return;
    this.idRoom += ID_STEP;
    this.ids.resize(this.idRoom * ID_SIZE);
  }

  free(): void {
    this.ids.free();
    this.scope.free();
  }

  freeCode(): void {
    this.children?.free();
    this.code?.free();
  }

  dropCode(): void {
    this.children?.drop();
    this.code?.drop();
    this.rawCode.drop();
  }
}

function utf8Bytes(text: string): number {
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    size += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;
  }
  return size;
}
