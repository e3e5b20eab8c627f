/**
 * The grammar as data: flat tables, made when the module loads of what tools/gen-grammar.mjs wrote. `grammar-text.ts` has the rules.
 * Counterpart: py/grammar.h.
 *
 * Invariant: no rule but the three start symbols can match nothing, so one look at the next token ({@link startsWith}) tells whether a rule will
 * match; the parser never backtracks.
 */
import { TOKEN_KINDS } from '@tsmp-internal/bytecode';
import { TABLE } from './grammar-table.js';

/** Rule numbers, and after them the kinds of nodes that no rule makes. */
export const enum Rule {
  SingleInput,
  FileInput,
  FileInput2,
  FileInput3,
  EvalInput,
  EvalInput2,
  Decorator,
  Decorators,
  Decorated,
  DecoratedBody,
  AsyncFuncdef,
  Funcdef,
  FuncdefRetType,
  TypedArgsList,
  TypedArgsListItem,
  TypedArgsListName,
  TypedArgsListStar,
  TypedArgsListDblStar,
  Tfpdef,
  VarArgsList,
  VarArgsListItem,
  VarArgsListName,
  VarArgsListStar,
  VarArgsListDblStar,
  Vfpdef,
  GenericColonTest,
  GenericEqualTest,
  Stmt,
  SimpleStmt,
  SimpleStmt2,
  SmallStmt,
  ExprStmt,
  ExprStmt2,
  ExprStmtAugAssign,
  ExprStmtAssignList,
  ExprStmtAssign,
  ExprStmt6,
  TestlistStarExpr,
  TestlistStarExpr2,
  AnnAssign,
  AugAssign,
  DelStmt,
  PassStmt,
  FlowStmt,
  BreakStmt,
  ContinueStmt,
  ReturnStmt,
  YieldStmt,
  RaiseStmt,
  RaiseStmtArg,
  RaiseStmtFrom,
  ImportStmt,
  ImportName,
  ImportFrom,
  ImportFrom2,
  ImportFrom2b,
  ImportFrom3,
  ImportAsNamesParen,
  OneOrMorePeriodOrEllipsis,
  PeriodOrEllipsis,
  ImportAsName,
  DottedAsName,
  AsName,
  ImportAsNames,
  DottedAsNames,
  DottedName,
  GlobalStmt,
  NonlocalStmt,
  NameList,
  AssertStmt,
  AssertStmtExtra,
  CompoundStmt,
  AsyncStmt,
  AsyncStmt2,
  IfStmt,
  IfStmtElifList,
  IfStmtElif,
  WhileStmt,
  ForStmt,
  TryStmt,
  TryStmt2,
  TryStmtExceptAndMore,
  TryStmtExcept,
  TryStmtAsName,
  TryStmtExceptList,
  TryStmtFinally,
  ElseStmt,
  WithStmt,
  WithStmtList,
  WithItem,
  WithItemAs,
  Suite,
  SuiteBlock,
  SuiteBlockStmts,
  NamedExprTest,
  NamedExprTest2,
  Test,
  TestIfExpr,
  TestIfElse,
  TestNocond,
  Lambdef,
  LambdefNocond,
  OrTest,
  AndTest,
  NotTest,
  NotTest2,
  Comparison,
  CompOp,
  CompOpNotIn,
  CompOpIs,
  CompOpIsNot,
  StarExpr,
  /** The next three are in the order of the operations `|`, `^` and `&`. */
  Expr,
  XorExpr,
  AndExpr,
  ShiftExpr,
  ShiftOp,
  ArithExpr,
  ArithOp,
  Term,
  TermOp,
  Factor,
  Factor2,
  FactorOp,
  Power,
  AtomExpr,
  AtomExprAwait,
  AtomExprNormal,
  AtomExprTrailers,
  PowerDblStar,
  Atom,
  AtomParen,
  Atom2b,
  AtomBracket,
  AtomBrace,
  TestlistComp,
  TestlistComp2,
  TestlistComp3,
  TestlistComp3b,
  TestlistComp3c,
  Trailer,
  TrailerParen,
  TrailerBracket,
  TrailerPeriod,
  SubscriptList,
  Subscript,
  Subscript2,
  Subscript3,
  Subscript3b,
  Subscript3c,
  Subscript3d,
  SliceOp,
  ExprList,
  ExprList2,
  Testlist,
  DictOrSetMaker,
  DictOrSetMakerItem,
  DictOrSetMakerTail,
  DictOrSetMakerList,
  DictOrSetMakerList2,
  Classdef,
  Classdef2,
  ArgList,
  ArgList2,
  ArgListStar,
  ArgListDblStar,
  Argument,
  Argument2,
  Argument3,
  CompIter,
  CompFor,
  CompIf,
  YieldExpr,
  YieldArg,
  YieldArgFrom,
  /** How many rules there are. */
  Count,
  /** A constant that is not a small int or an interned string. */
  ConstObject = Count,
  /** An identifier. */
  Id,
  /** An interned string. */
  String,
  /** A token that carries meaning: an operator, `None`, `...` */
  Token,
  SmallInt,
}

/** How a rule combines its parts. */
export const enum Act {
  Or = 0,
  And = 1,
  Ident = 2,
  Blank = 3,
  List = 4,
  ListWithEnd = 5,
  Many = 6,
  Count = 7,
}

/** A part of a rule: a kind and, in the low bits, a token kind or a rule. */
export const enum Part {
  Token = 0x1000,
  Rule = 0x2000,
  OptRule = 0x3000,
  KindMask = 0xf000,
  ValueMask = 0x0fff,
}

/** Of `TABLE`'s characters. */
const FIRST_CHAR = 0x5d;

/** The {@link Act} of each rule. */
export const ACTS = new Uint8Array(Rule.Count);
/** Where each rule's parts start in {@link PARTS}; one entry more than there are rules. */
export const PART_START = new Uint16Array(Rule.Count + 1);
/** All parts of all rules. */
export const PARTS: Uint16Array = readParts();

/** Rows of {@link RISE} are this many bits apart. */
const RISE_SHIFT = 7;
/** Words of a row of {@link FIRST}. */
const FIRST_WORDS = 4;
/** A bit for each token that a rule can start with, {@link FIRST_WORDS} words a rule. */
const FIRST: Int32Array = findFirst();
/** See {@link rise}, indexed `rule << RISE_SHIFT | token`; 0: not asked for yet. */
const RISE = new Uint8Array(Rule.Count << RISE_SHIFT);

/** Whether a rule can start with a token. */
export function startsWith(rule: number, token: number): boolean {
  return ((FIRST[rule * FIRST_WORDS + (token >> 5)] >> (token & 31)) & 1) === 1;
}

/**
 * How many places MicroPython's rule stack, which does backtrack, rises by when it looks at whether a rule starts with a
 * token.
 */
export function rise(rule: number, token: number): number {
  const index = (rule << RISE_SHIFT) | token;
  const known = RISE[index];
  return known === 0 ? findRise(rule, token) : known;
}

/**
 * The rules between an expression and a lone operand in it, outermost first. Each adds one kind of operator and leaves a
 * lone operand as it is.
 */
const OPERAND_RULES: readonly Rule[] = [
  Rule.TestIfExpr,
  Rule.OrTest,
  Rule.AndTest,
  Rule.Comparison,
  Rule.Expr,
  Rule.XorExpr,
  Rule.AndExpr,
  Rule.ShiftExpr,
  Rule.ArithExpr,
  Rule.Term,
  Rule.Power,
  Rule.AtomExprNormal,
];

/** Rules that do nothing but lead to the first of two of those. */
const OPERAND_ALIASES: readonly (readonly [Rule, Rule])[] = [
  [Rule.Test, Rule.TestIfExpr],
  [Rule.TestNocond, Rule.OrTest],
  [Rule.NotTest, Rule.Comparison],
  [Rule.Factor, Rule.Power],
  [Rule.AtomExpr, Rule.AtomExprNormal],
];

/** {@link OPERAND_RULES} as the parser reads it. */
export const OPERAND_CHAIN: Uint8Array = Uint8Array.from(OPERAND_RULES);
/** For each rule one more than its place, or that of what it leads to, in {@link OPERAND_CHAIN}; 0 for other rules. */
export const OPERAND_LEVEL: Uint8Array = findOperandLevels();
/** For each token one more than the place of the innermost rule in {@link OPERAND_CHAIN} that it continues, or 0. */
export const CONTINUES: Uint8Array = findContinuations();

function findOperandLevels(): Uint8Array {
  const levels = new Uint8Array(Rule.Count);
  OPERAND_RULES.forEach((rule, i) => {
    levels[rule] = i + 1;
  });
  for (const [alias, rule] of OPERAND_ALIASES) levels[alias] = levels[rule];
  return levels;
}

function findContinuations(): Uint8Array {
  const continues = new Uint8Array(TOKEN_KINDS);
  OPERAND_RULES.forEach((rule, i) => {
    const part = PARTS[PART_START[rule] + 1];
    const value = part & Part.ValueMask;
    const isToken = (part & Part.KindMask) === Part.Token;
    for (let token = 0; token < TOKEN_KINDS; token++) {
      if (isToken ? token === value : startsWith(value, token)) continues[token] = i + 1;
    }
  });
  return continues;
}

/** {@link TABLE} has a character for each rule, its {@link Act}, with those of its parts behind, which begin at `Act.Count`. */
function readParts(): Uint16Array {
  const parts: number[] = [];
  let rule = 0;
  for (let i = 0; i < TABLE.length; i++) {
    const n = TABLE.charCodeAt(i) - FIRST_CHAR;
    if (n < Act.Count) {
      ACTS[rule] = n;
      PART_START[rule++] = parts.length;
    } else {
      const part = n - Act.Count;
      parts.push(((1 + Math.floor(part / Rule.Count)) << 12) | (part % Rule.Count));
    }
  }
  PART_START[rule] = parts.length;
  return Uint16Array.from(parts);
}

function findFirst(): Int32Array {
  const first = new Int32Array(Rule.Count * FIRST_WORDS);
  const done = new Uint8Array(Rule.Count);
  const visit = (rule: number): void => {
    if (done[rule] === 1) return;
    done[rule] = 1;
    const start = PART_START[rule];
    // All alternatives of an `or`, otherwise what comes first.
    const end = ACTS[rule] === Act.Or ? PART_START[rule + 1] : start + 1;
    for (let i = start; i < end; i++) {
      const value = PARTS[i] & Part.ValueMask;
      if ((PARTS[i] & Part.KindMask) === Part.Token) {
        first[rule * FIRST_WORDS + (value >> 5)] |= 1 << (value & 31);
        continue;
      }
      visit(value);
      for (let w = 0; w < FIRST_WORDS; w++) first[rule * FIRST_WORDS + w] |= first[value * FIRST_WORDS + w];
    }
  };
  for (let rule = 0; rule < Rule.Count; rule++) visit(rule);
  return first;
}

function findRise(rule: number, token: number): number {
  const start = PART_START[rule];
  const end = PART_START[rule + 1];
  let height = 1;
  if (ACTS[rule] === Act.Or) {
    for (let i = start; i < end; i++) {
      const value = PARTS[i] & Part.ValueMask;
      if ((PARTS[i] & Part.KindMask) === Part.Token) {
        if (value === token) break;
        continue;
      }
      // The rule itself waits below, unless this is its last alternative.
      height = Math.max(height, (i + 1 < end ? 1 : 0) + rise(value, token));
      if (startsWith(value, token)) break;
    }
  } else if ((PARTS[start] & Part.KindMask) !== Part.Token) {
    height = 1 + rise(PARTS[start] & Part.ValueMask, token);
  }
  RISE[(rule << RISE_SHIFT) | token] = height;
  return height;
}
