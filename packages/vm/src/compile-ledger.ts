/**
 * What compiling takes of the board's RAM. The compiler runs in JavaScript, but each block that upstream's compiler would
 * allocate is one of the heap's, from when to when upstream would have it.
 * Counterpart: the allocations of py/lexer.c, py/parse.c and py/compile.c, and of the readers in py/reader.c, extmod/vfs_reader.c.
 *
 * Invariant: a block is a root exactly as long as it is in `live`; nothing is, once the compilation is over.
 */
import type { Constant } from '@tsmp/mpy-format';
import type { CompileMemory } from './host.js';
import type { Addr } from './words.js';
import type { Vm } from './vm.js';

/** What the source is read through while it is compiled. */
export interface SourceReader {
  /** Bytes of the open file's object; 0: none. The collector frees it, not the reader. */
  readonly file: number;
  /** Bytes of the reader, its buffer included; 0: none. */
  readonly reader: number;
}

/** Source in memory: a reader of four words. */
export const MEMORY_READER: SourceReader = { file: 0, reader: 16 };
/** A file of the host's: an object with its handle, and a reader whose buffer fills two blocks. */
export const FILE_READER: SourceReader = { file: 8, reader: 32 };

/** The blocks of one compilation, in the board's heap. Its numbers for blocks are their addresses. */
export class HeapLedger implements CompileMemory {
  private readonly live = new Set<Addr>();
  /** The handle log's top: `live` holds what the log would. */
  private readonly mark: number;
  private readonly outer: HeapLedger | null;
  private reader: Addr = 0;
  /** The first block that the compiler asks for is the lexer's; the reader is closed with it. */
  private lexer: Addr = 0;

  /** The blocks of what was made, once compiling has succeeded; none where a program's code takes more room than the compiler's. */
  kept: readonly Addr[] = [];
  /** The same for constants that are objects. */
  constants: ReadonlyMap<Constant, readonly Addr[]> = new Map();
  readonly keep?: (blocks: readonly Addr[], constants: ReadonlyMap<Constant, readonly Addr[]>) => void;

  /** Opens the source; raises MemoryError. */
  constructor(
    private readonly vm: Vm,
    source: SourceReader,
    /** Of the source, for those who watch the heap. */
    readonly fileName: string,
    /** Called when the lexer is there and parsing begins. */
    readonly opened: () => void,
  ) {
    if (vm.profile.level !== 'everything') {
      this.keep = (blocks, constants) => {
        this.kept = blocks;
        this.constants = constants;
      };
    }
    this.mark = vm.heap.logTop;
    this.outer = vm.compiling;
    vm.compiling = this;
    try {
      if (source.file !== 0) this.take(source.file);
      if (source.reader !== 0) this.reader = this.take(source.reader);
    } catch (e) {
      this.close();
      throw e;
    }
  }

  alloc(bytes: number): Addr {
    const p = this.take(bytes);
    if (this.lexer === 0) this.lexer = p;
    return p;
  }

  private take(bytes: number): Addr {
    const p = this.vm.alloc(bytes);
    this.vm.heap.logTop = this.mark;
    this.live.add(p);
    return p;
  }

  realloc(block: Addr, _oldBytes: number, newBytes: number): Addr {
    const p = this.vm.realloc(block, newBytes);
    this.vm.heap.logTop = this.mark;
    if (p !== block) {
      this.live.delete(block);
      this.live.add(p);
    }
    return p;
  }

  resizeInPlace(block: Addr, _oldBytes: number, newBytes: number): boolean {
    return this.vm.heap.realloc(block, newBytes, false) !== 0;
  }

  free(block: Addr): void {
    this.live.delete(block);
    this.vm.heap.free(block);
    if (block === this.lexer) {
      this.lexer = -1;
      if (this.reader !== 0) this.free(this.reader);
    }
  }

  drop(block: Addr): void {
    this.live.delete(block);
  }

  /** The compilation is over: what it has not given back is garbage. */
  close(): void {
    this.live.clear();
    this.vm.compiling = this.outer;
  }

  /** For a collection: what is in use. */
  markRoots(): void {
    for (const p of this.live) this.vm.heap.markWord(p);
    this.outer?.markRoots();
  }
}
