/**
 * The parser: tokens to a parse tree, by rules on an explicit stack. Counterpart: mp_parse in py/parse.c.
 *
 * Invariant: a rule is put on the stack only when the current token can start it, so whatever does not match from there on
 * is a syntax error at the current token. The results of a rule's parts lie on the result stack in order, null for an
 * absent optional part, until the rule is complete and replaces them with its own node.
 */
import { LexError, Lexer } from '@tsmp/lexer';
import { type Constant, decodeString } from '@tsmp/mpy-format';
import { BinaryOp, TokenKind } from '@tsmp-internal/bytecode';
import { CompileError, type CompileErrorType } from '../errors.js';
import { ParserMemory } from '../ledger.js';
import { exceedsBytes, MAX_NAME_BYTES, type Names, Q } from '../names.js';
import type { Settings } from '../options.js';
import { fitsHostSmallInt, type Numeric } from './arith.js';
import { constantOf, foldChain, foldUnary, isConstant, isConstFalse, isConstTrue, isNumber } from './fold.js';
import {
  Act,
  ACTS,
  CONTINUES,
  OPERAND_CHAIN,
  OPERAND_LEVEL,
  Part,
  PART_START,
  PARTS,
  Rule,
  rise,
  startsWith,
} from './grammar.js';
import { constantNode, isKind, isStruct, leaf, ParseNode, ruleNode } from './node.js';
import { NumberError, parseDecimal, parseInteger } from './numbers.js';

/** Strings up to this many bytes become qstrs. */
const INTERN_BYTES = 10;
/** Constant tuples may nest this deep: what reads them again recurses. */
const MAX_TUPLE_DEPTH = 200;
/** All constants made by folding and not small may have this many bits together. */
const MAX_FOLDED_BITS = 1 << 26;

/** Parses one source; use it once. */
export class Parser {
  readonly names: Names;
  private readonly lexer: Lexer;
  private readonly settings: Settings;

  private ruleIds = new Uint8Array(256);
  private ruleArgs = new Int32Array(256);
  private ruleLines = new Int32Array(256);
  /** Where in the source each rule starts. */
  private ruleStarts = new Int32Array(256);
  private ruleTop = 0;
  /** The start of the rule that is being worked on, and the end of the last token that was read. */
  private from = 0;
  private lastEnd = 0;
  /** How high upstream's rule stack is below each rule: it has some more rules waiting, to backtrack to. */
  private ruleHeights = new Int32Array(256);
  private readonly results: (ParseNode | null)[] = [];
  private top = 0;

  private readonly idLeaves: ParseNode[] = [];
  private readonly stringLeaves: ParseNode[] = [];
  private readonly tokenLeaves: ParseNode[] = [];
  /** Names bound by `name = const(value)`. */
  private readonly consts = new Map<number, Constant>();
  private readonly tupleDepths = new Map<Constant, number>();
  private readonly minSmallInt: bigint;
  private readonly maxSmallInt: bigint;
  private readonly minSmall: number;
  private readonly maxSmall: number;
  private foldedBits = 0;
  readonly memory: ParserMemory | null;

  constructor(lexer: Lexer, names: Names, settings: Settings) {
    this.lexer = lexer;
    this.names = names;
    this.settings = settings;
    this.memory = settings.ledger === null ? null : new ParserMemory(settings.ledger);
    this.maxSmallInt = (1n << BigInt(settings.smallIntBits - 1)) - 1n;
    this.minSmallInt = -this.maxSmallInt - 1n;
    this.maxSmall = Math.min(Number(this.maxSmallInt), Number.MAX_SAFE_INTEGER);
    this.minSmall = Math.max(Number(this.minSmallInt), Number.MIN_SAFE_INTEGER);
  }

  /** Parses all of the source. */
  parse(): ParseNode {
    const kind = this.settings.kind;
    const start = kind === 'single' ? Rule.SingleInput : kind === 'eval' ? Rule.EvalInput : Rule.FileInput;
    const lexer = this.lexer;
    if (start === Rule.FileInput || this.canStart(start)) {
      this.pushRule(start, 0, lexer.line, 0, 0);
      this.run();
    }
    if (lexer.kind !== TokenKind.End || this.top === 0) throw this.syntaxError();
    return this.results[0] as ParseNode;
  }

  private canStart(rule: number): boolean {
    return startsWith(rule, this.lexer.kind);
  }

  private run(): void {
    const lexer = this.lexer;
    while (this.ruleTop > 0) {
      const frame = --this.ruleTop;
      const rule = this.ruleIds[frame];
      const line = this.ruleLines[frame];
      const i = this.ruleArgs[frame];
      const height = this.ruleHeights[frame];
      const from = this.ruleStarts[frame];
      this.from = from;
      switch (ACTS[rule]) {
        case Act.Or:
          this.choose(rule, height);
          break;
        case Act.List:
        case Act.ListWithEnd:
        case Act.Many:
          this.continueList(rule, i, line, height);
          break;
        default: {
          const start = PART_START[rule];
          const end = PART_START[rule + 1];
          let at = start + i;
          for (; at < end; at++) {
            const part = PARTS[at];
            const value = part & Part.ValueMask;
            const kind = part & Part.KindMask;
            if (kind === Part.Token) {
              if (lexer.kind !== value) throw this.syntaxError();
              if (value === TokenKind.Name) this.pushToken(rule);
              this.lastEnd = lexer.endOffset;
              lexer.next();
            } else {
              if (this.memory !== null) this.consider(value, height + 1);
              if (startsWith(value, lexer.kind)) {
                this.pushRule(rule, at + 1 - start, line, height, from);
                this.descend(value, height + 1);
                break;
              }
              if (kind !== Part.OptRule) throw this.syntaxError();
              this.push(null);
            }
          }
          if (at === end) this.finishAnd(rule, line);
        }
      }
    }
  }

  /** The alternative of an `or` rule that the current token starts. There is one. */
  private choose(rule: number, height: number): void {
    const lexer = this.lexer;
    const end = PART_START[rule + 1];
    for (let at = PART_START[rule]; at < end; at++) {
      const part = PARTS[at];
      const value = part & Part.ValueMask;
      if ((part & Part.KindMask) === Part.Token) {
        if (lexer.kind !== value) continue;
        this.pushToken(rule);
        this.lastEnd = lexer.endOffset;
        lexer.next();
        return;
      }
      if (startsWith(value, lexer.kind)) {
        this.descend(value, at + 1 < end ? height + 1 : height);
        return;
      }
    }
  }

  /** Upstream looks at whether the current token can start a rule, which takes room on its stack. */
  private consider(rule: number, height: number): void {
    this.memory?.rise(height + rise(rule, this.lexer.kind));
  }

  /**
   * Starts a rule that the current token can start. Most expressions are one operand: that is read at once, and only as
   * many of the rules around it as the token behind it may continue go on the stack, as they would be there by then.
   */
  private descend(rule: number, height: number): void {
    const lexer = this.lexer;
    const line = lexer.line;
    const kind = lexer.kind;
    const from = lexer.offset;
    const level = OPERAND_LEVEL[rule];
    if (level === 0 || kind < TokenKind.Name || kind > TokenKind.KwTrue) {
      this.pushRule(rule, 0, line, height, from);
      return;
    }
    this.pushToken(Rule.Atom);
    this.lastEnd = lexer.endOffset;
    lexer.next();
    const last = CONTINUES[lexer.kind];
    for (let i = level; i <= last; i++) this.pushRule(OPERAND_CHAIN[i - 1], 1, line, height + i - level, from);
    if (this.memory !== null) this.passOperand(level, last, height);
  }

  /**
   * What upstream does between reading an operand and the first rule around it that goes on: every rule looks for its own
   * operators, and some put a null on the result stack on the way.
   */
  private passOperand(level: number, last: number, height: number): void {
    for (let i = OPERAND_CHAIN.length; i > last && i >= level; i--) {
      const part = PARTS[PART_START[OPERAND_CHAIN[i - 1]] + 1];
      if ((part & Part.KindMask) === Part.Token) continue;
      this.consider(part & Part.ValueMask, height + i - level + 1);
      if ((part & Part.KindMask) === Part.OptRule) this.memory?.resultCount(this.top + 1);
    }
  }

  /** Goes on with a list that has `i` parts so far, separators included. */
  private continueList(rule: number, i: number, line: number, height: number): void {
    const lexer = this.lexer;
    const start = PART_START[rule];
    const act = ACTS[rule];
    const separated = act !== Act.Many;
    let trailing = false;
    for (;;) {
      const separator = separated && (i & 1) === 1;
      const part = PARTS[separator ? start + 1 : start];
      const value = part & Part.ValueMask;
      if ((part & Part.KindMask) === Part.Token) {
        if (lexer.kind !== value) {
          if (separator || !separated) break;
          if (i === 0 || act !== Act.ListWithEnd) throw this.syntaxError();
          trailing = true;
          break;
        }
        if (!separator) this.pushToken(rule);
        this.lastEnd = lexer.endOffset;
        lexer.next();
        i++;
      } else {
        if (this.memory !== null) this.consider(value, height + 1);
        if (startsWith(value, lexer.kind)) {
          this.pushRule(rule, i + 1, line, height, this.from);
          this.descend(value, height + 1);
          return;
        }
        if (separator || !separated) break;
        if (act !== Act.ListWithEnd) throw this.syntaxError();
        trailing = true;
        break;
      }
    }
    // Separators that are tokens leave no result.
    const count = separated && (PARTS[start + 1] & Part.KindMask) === Part.Token ? (i + 1) >> 1 : i;
    if (count !== 1 || trailing) this.reduce(rule, line, count);
  }

  /** All parts of an `and` rule have matched. */
  private finishAnd(rule: number, line: number): void {
    if (rule === Rule.ExprStmt && !this.settings.docStrings && this.settings.kind !== 'single') {
      // A constant alone, such as a docstring, is dropped at once.
      if (this.peek(0) === null) {
        const node = this.peek(1) as ParseNode;
        if (node.rule === Rule.ConstObject || (node.rule > Rule.ConstObject && node.rule !== Rule.Id)) {
          this.top -= 2;
          this.reduce(Rule.PassStmt, line, 0);
          return;
        }
      }
    }
    const act = ACTS[rule];
    let count = 0;
    let present = 0;
    let only: ParseNode | null = null;
    for (let at = PART_START[rule + 1] - 1; at >= PART_START[rule]; at--) {
      const part = PARTS[at];
      if ((part & Part.KindMask) === Part.Token && (part & Part.ValueMask) !== TokenKind.Name) continue;
      const node = this.peek(count++);
      if (node !== null) {
        present++;
        only = node;
      }
    }
    if (present === 1 && act === Act.Ident) {
      this.top -= count;
      this.push(only);
    } else {
      this.reduce(rule, line, count);
    }
  }

  /** Replaces the topmost `count` results with a node of `rule`, or with what that folds to. */
  private reduce(rule: number, line: number, count: number): void {
    switch (rule) {
      case Rule.AtomParen: {
        // Parentheses stay where they make a tuple or are empty.
        const node = this.peek(0);
        if (node !== null && node.rule !== Rule.TestlistComp) return;
        break;
      }
      case Rule.TestlistComp: {
        const node = this.peek(0);
        if (isKind(node, Rule.TestlistComp3b)) {
          this.top--;
          count--;
        } else if (isKind(node, Rule.TestlistComp3c)) {
          // It has the first item already, and takes this rule's place.
          this.top--;
          node.rule = Rule.TestlistComp;
          return;
        }
        break;
      }
      case Rule.TestlistComp3c:
        count++; // the first item, which belongs to the testlist_comp around
        break;
      case Rule.OrTest:
      case Rule.AndTest:
        count = this.foldLogical(rule, count);
        if (count === 1) return;
        break;
      case Rule.NotTest2:
        if (this.foldNot()) return;
        break;
      case Rule.ExprStmt:
        if (this.foldConstAssignment()) return;
        break;
      case Rule.AtomExprNormal:
        if (this.foldModuleConstant(count)) return;
        break;
      case Rule.Expr:
      case Rule.XorExpr:
      case Rule.AndExpr:
      case Rule.ShiftExpr:
      case Rule.ArithExpr:
      case Rule.Term:
      case Rule.Factor2:
      case Rule.Power:
        if (this.foldNumbers(rule, count)) return;
        break;
    }
    if (this.buildTuple(rule, line, count)) return;

    const nodes = this.results.slice(this.top - count, this.top);
    this.top -= count;
    const node = ruleNode(rule, line, nodes);
    node.start = this.from;
    node.end = this.lastEnd;
    this.memory?.node(node, ACTS[rule] === Act.Blank ? count + 1 : count);
    if (rule === Rule.TestlistComp3c) this.push(node); // stands for the stolen first item
    this.push(node);
  }

  /** Drops what short-circuiting decides; returns how many operands are left. */
  private foldLogical(rule: number, count: number): number {
    const base = this.top - count;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const node = this.results[base + i];
      const decides = rule === Rule.OrTest ? isConstTrue(node) : isConstFalse(node);
      if (i + 1 === count || decides) {
        this.results[base + kept++] = node;
        break;
      }
      const neutral = rule === Rule.OrTest ? isConstFalse(node) : isConstTrue(node);
      if (!neutral) this.results[base + kept++] = node;
    }
    this.top = base + kept;
    return kept;
  }

  private foldNot(): boolean {
    const node = this.peek(0);
    const isFalse = isConstFalse(node);
    if (!isFalse && !isConstTrue(node)) return false;
    this.top--;
    this.push(this.tokenLeaf(isFalse ? TokenKind.KwTrue : TokenKind.KwFalse));
    return true;
  }

  private foldNumbers(rule: number, count: number): boolean {
    const base = this.top - count;
    const results = this.results;
    let value: Numeric | null;
    let staysBig = false;
    if (rule === Rule.Factor2) {
      const operand = results[base + 1] as ParseNode;
      if (!isNumber(operand)) return false;
      value = foldUnary(results[base] as ParseNode, operand);
      staysBig = this.isBigInt(operand);
    } else {
      if (!isNumber(results[base])) return false;
      const op =
        rule === Rule.Expr
          ? BinaryOp.Or
          : rule === Rule.XorExpr
            ? BinaryOp.Xor
            : rule === Rule.AndExpr
              ? BinaryOp.And
              : rule === Rule.Power
                ? BinaryOp.Power
                : null;
      value = foldChain(results, base, count, op, this.settings);
    }
    if (value === null) return false;
    if (typeof value === 'bigint' && (value > this.maxSmallInt || value < this.minSmallInt)) {
      this.foldedBits += value.toString(16).length * 4;
      if (this.foldedBits > MAX_FOLDED_BITS) return false;
    }
    this.top = base;
    this.push(staysBig ? this.newConstant(0, { kind: 'int', value: value as bigint }) : this.numberNode(0, value));
    return true;
  }

  /**
   * Whether upstream has the number as a big int object. Unary operators do not turn such a one into a small int even if the
   * result would fit, so a value that fits and is no leaf came from one.
   */
  private isBigInt(node: ParseNode): boolean {
    if (node.rule !== Rule.ConstObject || node.constant?.kind !== 'int') return false;
    const value = node.constant.value;
    return !fitsHostSmallInt(value, this.settings) || (value >= this.minSmallInt && value <= this.maxSmallInt);
  }

  /** `name = const(value)`: remembers the value; drops the statement if the name is private. */
  private foldConstAssignment(): boolean {
    const target = this.peek(1);
    let value = this.peek(0);
    if (!isKind(target, Rule.Id) || value === null) return false;
    if (value.rule === Rule.ExprStmtAugAssign || value.rule === Rule.ExprStmtAssignList) return false;
    if (value.rule === Rule.AnnAssign) value = value.nodes[1];
    if (!isKind(value, Rule.AtomExprNormal)) return false;
    const callee = value.nodes[0];
    const call = value.nodes[1];
    if (!isKind(callee, Rule.Id) || callee.value !== Q.Const || !isKind(call, Rule.TrailerParen)) return false;
    const argument = call.nodes[0];
    if (argument === null || !isConstant(argument)) {
      throw this.error('SyntaxError', 'not a constant', value.line);
    }
    this.memory?.constName();
    this.consts.set(target.value, constantOf(argument, this.names.texts));
    if (this.names.texts[target.value].startsWith('_')) {
      this.top -= 2;
      this.reduce(Rule.PassStmt, 0, 0);
      return true;
    }
    this.top--;
    this.push(argument);
    return false;
  }

  /** `module.name` where both are known now. */
  private foldModuleConstant(count: number): boolean {
    const base = this.peek(1);
    const trailer = this.peek(0);
    if (!isKind(base, Rule.Id) || !isKind(trailer, Rule.TrailerPeriod)) return false;
    const texts = this.names.texts;
    const constant = this.settings.moduleConstants(texts[base.value], texts[(trailer.nodes[0] as ParseNode).value]);
    if (constant === undefined) return false;
    this.top -= count;
    this.push(this.constant(0, constant));
    return true;
  }

  /** Makes a constant of a tuple of constants. */
  private buildTuple(rule: number, line: number, count: number): boolean {
    switch (rule) {
      case Rule.TestlistComp:
        return this.ruleBelow(0) === Rule.AtomParen && this.tupleFromResults(line, count);
      case Rule.TestlistComp3c:
        if (this.ruleBelow(2) !== Rule.AtomParen || !this.tupleFromResults(line, count)) return false;
        this.ruleTop -= 2; // testlist_comp_3b and testlist_comp are done as well
        return true;
      case Rule.TestlistStarExpr:
      case Rule.Testlist:
      case Rule.SubscriptList:
        return this.tupleFromResults(line, count);
      default:
        return false;
    }
  }

  private tupleFromResults(line: number, count: number): boolean {
    const base = this.top - count;
    for (let i = base; i < this.top; i++) {
      if (!isConstant(this.results[i])) return false;
    }
    const items: Constant[] = [];
    let depth = 1;
    for (let i = base; i < this.top; i++) {
      const item = constantOf(this.results[i] as ParseNode, this.names.texts);
      if (item.kind === 'tuple') depth = Math.max(depth, (this.tupleDepths.get(item) ?? 0) + 1);
      items.push(item);
    }
    if (depth > MAX_TUPLE_DEPTH) throw this.error('RuntimeError', 'maximum recursion depth exceeded', -1);
    const tuple: Constant = { kind: 'tuple', items };
    this.tupleDepths.set(tuple, depth);
    if (this.memory !== null) {
      this.memory.constant(tuple, this.settings.floatBits);
      for (let i = this.top - 1; i >= base; i--) this.memory.takeUp(this.results[i] as ParseNode, 1);
    }
    this.top = base;
    this.push(this.oldConstant(line, tuple));
    return true;
  }

  /** Puts the current token on the result stack, as a rule part of `rule`. */
  private pushToken(rule: number): void {
    this.pushLeaf(rule);
    if (!this.settings.positions) return;
    const shared = this.results[this.top - 1] as ParseNode;
    let node = shared;
    if (!isStruct(shared)) {
      node = new ParseNode(shared.rule, shared.line, shared.nodes, shared.value, shared.constant);
      this.results[this.top - 1] = node;
    }
    node.start = this.lexer.offset;
    node.end = this.lexer.endOffset;
  }

  private pushLeaf(rule: number): void {
    const lexer = this.lexer;
    switch (lexer.kind) {
      case TokenKind.Name: {
        const id = this.nameNumber();
        const constant = rule === Rule.Atom && this.consts.size > 0 ? this.consts.get(id) : undefined;
        this.push(constant === undefined ? this.idLeaf(id) : this.constant(lexer.line, constant));
        break;
      }
      case TokenKind.Integer:
        this.push(this.integer());
        break;
      case TokenKind.FloatOrImag:
        this.push(this.newConstant(lexer.line, this.decimal()));
        break;
      case TokenKind.String:
        this.push(this.string());
        break;
      case TokenKind.Bytes:
        this.push(this.newConstant(lexer.line, { kind: 'bytes', value: lexer.bytes }));
        break;
      default:
        this.push(this.tokenLeaf(lexer.kind));
    }
  }

  /** The text of the current token, with bytes that are not UTF-8 kept apart. */
  private text(): string {
    const text = this.lexer.text;
    return text.includes('\ufffd') ? decodeString(this.lexer.bytes) : text;
  }

  private nameNumber(): number {
    const text = this.text();
    if (text.length * 3 > MAX_NAME_BYTES && exceedsBytes(text, MAX_NAME_BYTES)) {
      throw this.error('RuntimeError', 'name too long', -1);
    }
    return this.names.intern(text);
  }

  private string(): ParseNode {
    const text = this.text();
    const number = exceedsBytes(text, INTERN_BYTES) ? this.names.find(text) : this.names.intern(text);
    if (number < 0) return this.newConstant(this.lexer.line, { kind: 'str', value: text });
    let node = this.stringLeaves[number];
    if (node === undefined) {
      node = leaf(Rule.String, number);
      this.stringLeaves[number] = node;
    }
    return node;
  }

  private integer(): ParseNode {
    try {
      const value = parseInteger(this.lexer.text);
      if (typeof value === 'number' && value <= this.maxSmall) return leaf(Rule.SmallInt, value);
      const big = BigInt(value);
      if (fitsHostSmallInt(big, this.settings)) return this.numberNode(this.lexer.line, big);
      const constant: Constant = { kind: 'int', value: big };
      this.memory?.bigLiteral(this.lexer.text, constant);
      return this.numberNode(this.lexer.line, big, constant);
    } catch (error) {
      throw this.numberError(error);
    }
  }

  private decimal(): Constant {
    try {
      return parseDecimal(this.lexer.text, this.settings.floatBits);
    } catch (error) {
      throw this.numberError(error);
    }
  }

  private numberError(error: unknown): unknown {
    if (!(error instanceof NumberError)) return error;
    return this.error('SyntaxError', error.message, this.lexer.line);
  }

  private idLeaf(id: number): ParseNode {
    let node = this.idLeaves[id];
    if (node === undefined) {
      node = leaf(Rule.Id, id);
      this.idLeaves[id] = node;
    }
    return node;
  }

  private tokenLeaf(kind: number): ParseNode {
    let node = this.tokenLeaves[kind];
    if (node === undefined) {
      node = leaf(Rule.Token, kind);
      this.tokenLeaves[kind] = node;
    }
    return node;
  }

  /** A constant as a node: a leaf if it is a small int. */
  private constant(line: number, constant: Constant): ParseNode {
    if (constant.kind === 'int') return this.numberNode(line, constant.value, constant);
    return this.oldConstant(line, constant);
  }

  private numberNode(line: number, value: Numeric, constant?: Constant): ParseNode {
    if (typeof value === 'number') return this.newConstant(line, { kind: 'float', value });
    if (value >= this.minSmallInt && value <= this.maxSmallInt) {
      const number = Number(value);
      if (number >= this.minSmall && number <= this.maxSmall) return leaf(Rule.SmallInt, number);
      return new ParseNode(Rule.SmallInt, 0, [], NaN, constant ?? { kind: 'int', value });
    }
    return constant === undefined ? this.newConstant(line, { kind: 'int', value }) : this.oldConstant(line, constant);
  }

  /** A node for a constant that has just come into being. */
  private newConstant(line: number, constant: Constant): ParseNode {
    this.memory?.constant(constant, this.settings.floatBits);
    return this.oldConstant(line, constant);
  }

  private oldConstant(line: number, constant: Constant): ParseNode {
    const node = constantNode(line, constant);
    node.start = this.from;
    node.end = this.lastEnd;
    this.memory?.node(node, 1);
    return node;
  }

  private push(node: ParseNode | null): void {
    this.results[this.top++] = node;
    if (this.memory !== null) this.memory.resultCount(this.top);
  }

  private peek(depth: number): ParseNode | null {
    return this.results[this.top - 1 - depth];
  }

  private pushRule(rule: number, arg: number, line: number, height: number, from: number): void {
    const top = this.ruleTop;
    if (top === this.ruleIds.length) {
      const ids = new Uint8Array(top * 2);
      const args = new Int32Array(top * 2);
      const lines = new Int32Array(top * 2);
      const heights = new Int32Array(top * 2);
      const starts = new Int32Array(top * 2);
      ids.set(this.ruleIds);
      args.set(this.ruleArgs);
      lines.set(this.ruleLines);
      heights.set(this.ruleHeights);
      starts.set(this.ruleStarts);
      this.ruleIds = ids;
      this.ruleArgs = args;
      this.ruleLines = lines;
      this.ruleHeights = heights;
      this.ruleStarts = starts;
    }
    this.ruleIds[top] = rule;
    this.ruleArgs[top] = arg;
    this.ruleLines[top] = line;
    this.ruleHeights[top] = height;
    this.ruleStarts[top] = from;
    this.ruleTop = top + 1;
  }

  /** The rule that waits `depth` places below the current one. */
  private ruleBelow(depth: number): number {
    return this.ruleIds[this.ruleTop - 1 - depth];
  }

  private syntaxError(): CompileError {
    const line = this.lexer.line;
    switch (this.lexer.kind) {
      case TokenKind.Indent:
        return this.error('IndentationError', 'unexpected indent', line);
      case TokenKind.DedentMismatch:
        return this.error('IndentationError', "unindent doesn't match any outer indent level", line);
      case TokenKind.MalformedFstring:
        return this.error('SyntaxError', 'malformed f-string', line);
      default:
        return this.error('SyntaxError', 'invalid syntax', line);
    }
  }

  private error(type: CompileErrorType, message: string, line: number): CompileError {
    return new CompileError(type, message, this.lexer.fileName, line, this.lexer.column, null);
  }
}

/** What parsing leaves. */
export interface Parsed {
  readonly names: Names;
  readonly root: ParseNode;
  /** What the ledger has of it still. */
  readonly memory: ParserMemory | null;
}

/** Makes the lexer and parses; everything that is wrong with the source arrives as a {@link CompileError}. */
export function parseSource(source: string | Uint8Array | Lexer, names: Names, settings: Settings): Parsed {
  let lexer: Lexer | null = source instanceof Lexer ? source : null;
  let memory: ParserMemory | null = null;
  try {
    lexer ??= newLexer(source as string | Uint8Array, settings);
    settings.ledger?.opened?.();
    const parser = new Parser(lexer, names, settings);
    memory = parser.memory;
    const root = parser.parse();
    memory?.finish();
    lexer.close();
    return { names, root, memory };
  } catch (error) {
    lexer?.close();
    memory?.abandon();
    if (!(error instanceof LexError)) throw error;
    throw new CompileError(error.exception, error.message, error.fileName, -1, error.column, null);
  }
}

function newLexer(source: string | Uint8Array, settings: Settings): Lexer {
  const { fileName, fstrings, tstrings, asyncAwait, ledger } = settings;
  const options = { fileName, fstrings, tstrings, asyncAwait, optimise: settings.optLevel };
  return new Lexer(source, ledger === null ? options : { ...options, ledger });
}
