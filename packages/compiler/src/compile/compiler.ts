/**
 * The state of a compilation and its passes. Counterpart: mp_compile_to_raw_code and compile_scope in py/compile.c.
 *
 * All scopes go through the scope pass first, in the order in which they are found; then what each identifier is gets
 * decided; then every scope in turn is measured and emitted. The statements and expressions are in the files beside this
 * one, as functions of the compiler and a node.
 */
import type { CompiledModule, Constant } from '@tsmp/mpy-format';
import { ScopeFlag } from '@tsmp-internal/bytecode';
import { Emitter, Pass } from '../emit.js';
import { CompileError } from '../errors.js';
import { CompilerMemory, type ParserMemory } from '../ledger.js';
import { exceedsBytes, MAX_NAME_BYTES, type Names, Q } from '../names.js';
import type { Settings } from '../options.js';
import { Rule } from '../parser/grammar.js';
import { isKind, isStruct, type ParseNode } from '../parser/node.js';
import type { Parsed } from '../parser/parser.js';
import { IdKind, isComprehension, Scope, ScopeKind } from '../scope.js';
import { ConstantTable, NameTable } from '../tables.js';
import { compileScopeComprehension } from './comprehensions.js';
import { declareParams } from './functions.js';
import { checkForDocString, compileNode } from './node.js';

/** No loop to break out of. */
export const NO_LABEL = -1;

/**
 * How deep the tree may be; a block in a block takes two levels. The worst constructs (a `range` loop in another) need 820
 * bytes of JavaScript stack a level, so this is a third of what hosts have by default. MicroPython has no limit but its
 * C stack's end.
 */
const MAX_DEPTH = 400;
/** Labels that are reserved at the start of a scope. */
const START_LABELS = 6;
/** Scopes may nest this deep: what reads the code again recurses. */
const MAX_SCOPE_DEPTH = 190;

/** Compiles one tree. */
export class Compiler {
  readonly settings: Settings;
  readonly names: Names;
  readonly emit: Emitter;
  readonly isRepl: boolean;
  readonly scopes: Scope[] = [];
  pass: Pass = Pass.Scope;
  scope!: Scope;

  // While parameters are compiled
  haveStar = false;
  numDictParams = 0;
  numDefaultParams = 0;

  // While a loop is compiled
  breakLabel = NO_LABEL;
  continueLabel = NO_LABEL;
  breakContinueExceptLevel = 0;

  exceptLevel = 0;
  /** The first error. Upstream goes on behind it, which may still find a line for it; so do we. */
  private error: string | null = null;
  private errorLine = 0;
  private labelCount = 0;
  /** Labels for emitters of machine code, which only count. */
  private reserved = 0;
  private depth = 0;
  private readonly nameTable: NameTable;
  private readonly constants: ConstantTable;

  private readonly memory: CompilerMemory | null;
  private readonly parserMemory: ParserMemory | null;

  constructor(parsed: Parsed, settings: Settings) {
    const names = parsed.names;
    this.settings = settings;
    this.names = names;
    this.memory = settings.ledger === null ? null : new CompilerMemory(settings.ledger);
    this.parserMemory = parsed.memory;
    this.isRepl = settings.kind === 'single';
    this.nameTable = new NameTable(names, settings.fileName, this.memory);
    this.constants = new ConstantTable(this.memory);
    const lines = settings.sourceLines && settings.optLevel < 3;
    this.emit = new Emitter(this.nameTable, this.constants, lines, this.memory, settings.positions);
    this.addScope(ScopeKind.Module, parsed.root, null);
  }

  /** Finds all scopes and what every identifier in them is. */
  analyse(): Scope[] {
    let maxLabels = 0;
    let maxReserved = 0;
    // The list grows while it is walked.
    for (let i = 0; i < this.scopes.length; i++) {
      const scope = this.scopes[i];
      this.runPass(scope, Pass.Scope);
      for (let k = 0; k < scope.ids.length; k++) {
        if (scope.ids[k].kind === IdKind.GlobalImplicit) scope.closeOver(scope.ids[k]);
      }
      maxLabels = Math.max(maxLabels, this.labelCount);
      maxReserved = Math.max(maxReserved, this.labelCount + this.reserved);
    }
    for (const scope of this.scopes) scope.assignSlots();
    this.emit.setMaxLabels(maxLabels);
    this.memory?.labelTable(maxReserved);
    return this.scopes;
  }

  /** Emits the code of all scopes; needs {@link analyse} first. */
  emitAll(): CompiledModule {
    for (const scope of this.scopes) {
      this.runPass(scope, Pass.StackSize);
      if (this.memory !== null) this.runPass(scope, Pass.CodeSize);
      this.runPass(scope, Pass.Emit);
      if (this.emit.overflowed) throw this.failure('RuntimeError', 'bytecode overflow');
    }
    return {
      qstrs: this.nameTable.texts,
      constants: this.constants.items as readonly Constant[],
      root: this.scopes[0].code,
    };
  }

  /** Nothing more is to be done: tells the ledger. `module`: what came of it, if it did not fail. */
  finish(module: CompiledModule | null = null): void {
    if (this.memory === null) return;
    const codes = module === null ? [] : this.scopes.map((scope) => scope.code);
    this.memory.finish(this.parserMemory, module, codes);
  }

  /** A new scope inside the current one. */
  newScope(kind: ScopeKind, node: ParseNode): Scope {
    return this.addScope(kind, node, this.scope);
  }

  private addScope(kind: ScopeKind, node: ParseNode, parent: Scope | null): Scope {
    const scope = new Scope(kind, node, parent, this.memory?.scope() ?? null);
    if (scope.depth > MAX_SCOPE_DEPTH) throw this.tooDeep();
    this.scopes.push(scope);
    return scope;
  }

  /** Upstream reserves `n` labels here, for its emitters of machine code. */
  reserveLabels(n: number): void {
    this.reserved += n;
  }

  /** A fresh label. */
  label(): number {
    return this.labelCount++;
  }

  /** To be called at every level of recursion over the tree, with {@link leave} behind it. */
  enter(): void {
    if (++this.depth > MAX_DEPTH) throw this.tooDeep();
  }

  leave(): void {
    this.depth--;
  }

  private tooDeep(): CompileError {
    return this.failure('RuntimeError', 'maximum recursion depth exceeded');
  }

  private failure(type: 'RuntimeError', message: string): CompileError {
    return new CompileError(type, message, this.settings.fileName, -1, 0, null);
  }

  /** Interns the path of a module, which must not be too long for a name. */
  internPath(path: string): number {
    if (exceedsBytes(path, MAX_NAME_BYTES)) throw this.failure('RuntimeError', 'name too long');
    return this.names.intern(path);
  }

  /** Notes a SyntaxError at `node`, unless there is an error already. The scope is compiled to its end nevertheless. */
  fail(node: ParseNode | null, message: string): void {
    if (this.error !== null) return;
    this.error = message;
    this.setErrorLine(node);
  }

  get failed(): boolean {
    return this.error !== null;
  }

  private setErrorLine(node: ParseNode | null): void {
    if (this.errorLine === 0 && isStruct(node)) this.errorLine = node.line;
  }

  /** Compiles a list of nodes, up to the first with an error. One without a line gets that of the node. */
  compileAll(nodes: readonly (ParseNode | null)[]): void {
    for (let i = 0; i < nodes.length; i++) {
      compileNode(this, nodes[i]);
      if (this.error !== null) {
        this.setErrorLine(nodes[i]);
        return;
      }
    }
  }

  private runPass(scope: Scope, pass: Pass): void {
    this.pass = pass;
    this.scope = scope;
    this.labelCount = 0;
    this.reserved = START_LABELS;
    this.depth = 0;
    this.emit.startPass(pass, scope);
    if (pass === Pass.Scope) {
      scope.stackSize = 0;
      scope.excStackSize = 0;
    }
    this.compileBody(scope);
    if (this.error !== null) {
      this.setErrorLine(scope.node);
      const block = this.names.texts[scope.name];
      throw new CompileError('SyntaxError', this.error, this.settings.fileName, this.errorLine, 0, block);
    }
    this.emit.endPass();
  }

  private compileBody(scope: Scope): void {
    const emit = this.emit;
    const node = scope.node;
    if (isKind(node, Rule.EvalInput)) {
      compileNode(this, node.nodes[0]);
      emit.returnValue();
    } else if (scope.kind === ScopeKind.Module) {
      if (!this.isRepl) checkForDocString(this, node);
      compileNode(this, node);
      emit.loadNone();
      emit.returnValue();
    } else if (scope.kind === ScopeKind.Function) {
      if (this.pass === Pass.Scope) declareParams(this, node.nodes[1], Rule.TypedArgsList);
      compileNode(this, node.nodes[3]);
      emit.loadNone();
      emit.returnValue();
    } else if (scope.kind === ScopeKind.Lambda) {
      emit.setLine(node.line);
      if (this.pass === Pass.Scope) declareParams(this, node.nodes[0], Rule.VarArgsList);
      compileNode(this, node.nodes[1]);
      // A generator returns None, not the value of its expression.
      if ((scope.flags & ScopeFlag.Generator) !== 0) {
        emit.popTop();
        emit.loadNone();
      }
      emit.returnValue();
    } else if (isComprehension(scope.kind)) {
      compileScopeComprehension(this, scope);
    } else {
      this.compileClassBody(scope, node);
    }
  }

  private compileClassBody(scope: Scope, node: ParseNode): void {
    const emit = this.emit;
    if (this.pass === Pass.Scope) scope.findOrAdd(Q.Class, IdKind.Local);
    if (this.settings.settrace) emit.setLine(node.line);
    this.loadId(Q.DunderName);
    this.storeId(Q.DunderModule);
    emit.loadString(scope.name);
    this.storeId(Q.Qualname);
    checkForDocString(this, node.nodes[2]);
    compileNode(this, node.nodes[2]);
    const id = scope.find(Q.Class);
    if (id === null || id.kind === IdKind.Local) emit.loadNone();
    else emit.loadFast(id.localNum);
    emit.returnValue();
  }

  // Identifiers

  loadId(name: number): void {
    const scope = this.scope;
    if (this.pass === Pass.Scope) {
      scope.findOrAdd(name, IdKind.GlobalImplicit);
      return;
    }
    const id = scope.find(name);
    switch (id?.kind) {
      case IdKind.Local:
        this.emit.loadFast(id.localNum);
        break;
      case IdKind.Cell:
      case IdKind.Free:
        this.emit.loadDeref(id.localNum);
        break;
      case IdKind.GlobalExplicit:
        this.emit.loadGlobal(name);
        break;
      default:
        this.emit.loadName(name);
    }
  }

  storeId(name: number): void {
    const scope = this.scope;
    if (this.pass === Pass.Scope) {
      scope.modify(name);
      return;
    }
    const id = scope.find(name);
    switch (id?.kind) {
      case IdKind.Local:
        this.emit.storeFast(id.localNum);
        break;
      case IdKind.Cell:
      case IdKind.Free:
        this.emit.storeDeref(id.localNum);
        break;
      case IdKind.GlobalExplicit:
        this.emit.storeGlobal(name);
        break;
      default:
        this.emit.storeName(name);
    }
  }

  deleteId(name: number): void {
    const scope = this.scope;
    if (this.pass === Pass.Scope) {
      scope.modify(name);
      return;
    }
    const id = scope.find(name);
    switch (id?.kind) {
      case IdKind.Local:
        this.emit.deleteFast(id.localNum);
        break;
      case IdKind.Cell:
      case IdKind.Free:
        this.emit.deleteDeref(id.localNum);
        break;
      case IdKind.GlobalExplicit:
        this.emit.deleteGlobal(name);
        break;
      default:
        this.emit.deleteName(name);
    }
  }

  // Exception blocks

  /** An exception block has been set up. */
  enterExceptBlock(): void {
    if (++this.exceptLevel > this.scope.excStackSize) this.scope.excStackSize = this.exceptLevel;
  }

  /** The end of what handles a block. */
  leaveExceptBlock(): void {
    this.exceptLevel--;
    this.reserveLabels(1);
    this.emit.endFinally();
  }
}
