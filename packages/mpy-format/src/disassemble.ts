/**
 * Listings of compiled code, as data and as text. Counterparts: py/showbc.c and `mpy-tool.py -d`; the form is our own.
 *
 * A listing is plain data: `JSON.stringify` of it loses nothing. Offsets count from the start of a function's code, as in
 * all of this package; what a traceback's line table counts from is the listing's `opcodesStart`.
 *
 * The text of a function has its head, then one line an instruction: the source line where it changes, the offset, the
 * bytes in hex, the opcode, the operand. `>` before an offset says that something jumps there.
 */
import { Op, ScopeFlag } from '@tsmp-internal/bytecode';
import type { AnyCode, CompiledModule, RawCode } from './code.js';
import { constantText, stringLiteral } from './constant-text.js';
import { MpyFormatError } from './errors.js';
import { type Instruction, instructions, smallIntOperand } from './instructions.js';
import { operatorSymbol } from './opcode-table.js';
import { cellLocals, decodePrelude, lineTable, type Prelude } from './prelude.js';
import { MAX_DEPTH } from './read.js';

/** One instruction of a listing. */
export interface ListedInstruction {
  readonly offset: number;
  readonly line: number;
  /** The bytes, in hex. */
  readonly bytes: string;
  readonly name: string;
  /** The operand, resolved: a name, a constant, a function, a jump target as `-> offset`; '' without one. Long ones are cut. */
  readonly operand: string;
  /** The operand as a number; absent without one. */
  readonly arg?: number;
  /** The extra byte, where there is one. */
  readonly extra?: number;
  /** For jumps: the offset that is jumped to. */
  readonly target?: number;
}

/** One function of a listing. */
export interface FunctionListing {
  readonly kind: AnyCode['kind'];
  /** Names from the module's body to here, joined by dots. */
  readonly path: string;
  readonly name: string;
  /** Length of the code, prelude included. */
  readonly size: number;
  /** As a `def` would have it; names only. */
  readonly signature: string;
  readonly flags: readonly string[];
  readonly nState: number;
  readonly nExcStack: number;
  readonly cells: readonly number[];
  readonly opcodesStart: number;
  readonly instructions: readonly ListedInstruction[];
  readonly children: readonly FunctionListing[];
}

/** A whole module's listing. */
export interface ModuleListing {
  readonly sourceFile: string;
  readonly qstrs: readonly string[];
  /** Constants as Python source. */
  readonly constants: readonly string[];
  readonly root: FunctionListing;
}

/**
 * List a module. The code need not be verified: an index that leads nowhere is shown as such, and where the bytes are no
 * instructions {@link MpyFormatError} is thrown.
 */
export function disassemble(module: CompiledModule): ModuleListing {
  const constants = module.constants.map(constantText);
  const texts: Texts = {
    names: module.qstrs.map(clip),
    literals: module.qstrs.map((name) => clip(stringLiteral(name))),
    constants: constants.map(clip),
  };
  return {
    sourceFile: module.qstrs[0] ?? '',
    qstrs: [...module.qstrs],
    constants,
    root: listCode(texts, module.root, '', 0),
  };
}

/** What indices into the tables are shown as, made once for the module. */
interface Texts {
  readonly names: readonly string[];
  readonly literals: readonly string[];
  readonly constants: readonly string[];
}

/** Operands are shown at most this long: a hostile file can refer to one huge name or constant very often. */
const MAX_OPERAND = 255;

function clip(text: string): string {
  return text.length <= MAX_OPERAND ? text : `${text.slice(0, MAX_OPERAND)}…`;
}

/** List one function and those inside it. */
function listCode(texts: Texts, code: AnyCode, outer: string, depth: number): FunctionListing {
  if (depth === MAX_DEPTH) throw new MpyFormatError('too-deep', `functions nest deeper than ${MAX_DEPTH}`);
  const prelude = preludeOf(code);
  const name = prelude === null ? `<${code.kind}>` : nameAt(texts, prelude.nameIndex);
  const path = outer === '' ? name : clip(`${outer}.${name}`);
  return {
    kind: code.kind,
    path,
    name,
    size: code.code.length,
    signature: prelude === null ? '' : signature(texts, prelude),
    flags: prelude === null ? [] : flagNames(prelude),
    nState: prelude?.nState ?? 0,
    nExcStack: prelude?.nExcStack ?? 0,
    cells: prelude === null ? [] : cellLocals(code.code, prelude),
    opcodesStart: prelude?.opcodesStart ?? 0,
    instructions: code.kind === 'bytecode' ? listInstructions(texts, code, prelude as Prelude) : [],
    children: code.children.map((child) => listCode(texts, child, path, depth + 1)),
  };
}

function preludeOf(code: AnyCode): Prelude | null {
  if (code.kind === 'bytecode') return decodePrelude(code.code);
  return code.kind === 'native' ? decodePrelude(code.code, code.preludeOffset ?? 0) : null;
}

function nameAt(texts: Texts, index: number): string {
  return texts.names[index] ?? `<name ${index}>`;
}

function flagNames(prelude: Prelude): string[] {
  const names: string[] = [];
  if (prelude.scopeFlags & ScopeFlag.Generator) names.push('generator');
  if (prelude.scopeFlags & ScopeFlag.VarArgs) names.push('varargs');
  if (prelude.scopeFlags & ScopeFlag.VarKeywords) names.push('varkeywords');
  if (prelude.scopeFlags & ScopeFlag.DefKwArgs) names.push('defkwargs');
  return names;
}

/** Closed-over variables come first and have the name `*` where they are no parameter themselves. */
function signature(texts: Texts, prelude: Prelude): string {
  const names = prelude.argNameIndices.map((index) => nameAt(texts, index));
  const parts = names.slice(0, prelude.nPosArgs);
  for (let i = prelude.nPosArgs - prelude.nDefPosArgs; i < prelude.nPosArgs; i++) parts[i] += '=…';
  if (prelude.scopeFlags & ScopeFlag.VarArgs) parts.push('*args');
  else if (prelude.nKwonlyArgs > 0) parts.push('*');
  parts.push(...names.slice(prelude.nPosArgs));
  if (prelude.scopeFlags & ScopeFlag.VarKeywords) parts.push('**kwargs');
  return `${nameAt(texts, prelude.nameIndex)}(${parts.join(', ')})`;
}

function hex(bytes: Uint8Array): string {
  let out = '';
  for (const b of bytes) out += b.toString(16).padStart(2, '0');
  return out;
}

function listInstructions(texts: Texts, code: RawCode, prelude: Prelude): ListedInstruction[] {
  const list: ListedInstruction[] = [];
  const lines = lineTable(code.code, prelude);
  let row = 0;
  for (const instruction of instructions(code.code, prelude.opcodesStart)) {
    const { offset, size, info, arg, extra, target } = instruction;
    while ((lines[row + 1]?.offset ?? Infinity) <= offset) row++;
    list.push({
      offset,
      line: lines[row]?.line ?? 1,
      bytes: hex(code.code.subarray(offset, offset + size)),
      name: info.name,
      operand: operandText(texts, code, instruction),
      ...(info.operand !== 'none' || info.count > 1 ? { arg } : {}),
      ...(info.extraByte ? { extra } : {}),
      ...(target >= 0 ? { target } : {}),
    });
  }
  return list;
}

function operandText(texts: Texts, code: RawCode, instruction: Instruction): string {
  const { op, info, arg, extra, target } = instruction;
  switch (info.operand) {
    case 'none':
      return operatorSymbol(op) || (info.count > 1 ? String(arg) : '');
    case 'name':
      return (op === Op.LoadConstString ? texts.literals : texts.names)[arg] ?? `<name ${arg}>`;
    case 'constant':
      return texts.constants[arg] ?? `<constant ${arg}>`;
    case 'child':
      return `${arg} ${childName(texts, code.children[arg])}${info.extraByte ? `, ${extra} cells` : ''}`;
    case 'int':
      return smallIntOperand(code.code, instruction).toString();
    case 'call':
      return `${arg & 0xff} positional, ${arg >> 8} keyword`;
    case 'jump':
      return `-> ${target}${op === Op.UnwindJump ? `, ${extra & 0x7f} blocks${extra & 0x80 ? ', drop iterator' : ''}` : ''}`;
    default:
      return String(arg);
  }
}

function childName(texts: Texts, child: AnyCode | undefined): string {
  if (child === undefined) return '<no such child>';
  const prelude = preludeOf(child);
  return prelude === null ? `<${child.kind}>` : nameAt(texts, prelude.nameIndex);
}

/** The listing as text. */
export function formatListing(listing: ModuleListing): string {
  const out = [`file ${listing.sourceFile}`];
  for (const [i, name] of listing.qstrs.entries()) out.push(`name ${i}: ${stringLiteral(name)}`);
  for (const [i, text] of listing.constants.entries()) out.push(`constant ${i}: ${text}`);
  formatFunction(listing.root, out);
  return `${out.join('\n')}\n`;
}

/** The lines of one function's listing and of those inside it. */
export function formatFunction(fn: FunctionListing, out: string[]): void {
  const flags = fn.flags.length === 0 ? '' : `, ${fn.flags.join(', ')}`;
  const cells = fn.cells.length === 0 ? '' : `, cells ${fn.cells.join(' ')}`;
  out.push('', `${fn.path}: ${fn.kind} ${fn.signature}`);
  out.push(`  ${fn.size} bytes, state ${fn.nState}, exception blocks ${fn.nExcStack}${flags}${cells}`);
  const targets = new Set(fn.instructions.map((instruction) => instruction.target));
  let line = 0;
  for (const instruction of fn.instructions) {
    const shownLine = instruction.line === line ? '' : String(instruction.line);
    line = instruction.line;
    const mark = targets.has(instruction.offset) ? '>' : ' ';
    const head = `${shownLine.padStart(6)} ${mark}${String(instruction.offset).padStart(5)}  ${instruction.bytes.padEnd(10)}`;
    out.push(`${head}  ${instruction.name} ${instruction.operand}`.trimEnd());
  }
  for (const child of fn.children) formatFunction(child, out);
}
