/**
 * The listing that MicroPython's unix port prints with `-v -v`. Counterpart: py/showbc.c.
 *
 * Unlike {@link disassemble}'s it counts offsets from the first opcode, as the line table does. Where MicroPython has addresses,
 * this has `#` and a number: functions in the order in which they are printed, constants by their index.
 */
import { BinaryOp, Op, UnaryOp } from '@tsmp-internal/bytecode';
import type { AnyCode, CompiledModule, RawCode } from './code.js';
import { constantText } from './constant-text.js';
import { type Instruction, instructions, smallIntOperand } from './instructions.js';
import { cellLocals, decodePrelude, type Prelude } from './prelude.js';

/** The methods that unary opcodes call, by number. */
const UNARY_METHODS = ['__pos__', '__neg__', '__invert__', ''];

/** The methods that binary opcodes call, by number; `in`, `is` and the match of `except` have none. */
// biome-ignore format: as the operators are grouped
const BINARY_METHODS = [
  '__lt__', '__gt__', '__eq__', '__le__', '__ge__', '__ne__', '__contains__', '', '',
  '__ior__', '__ixor__', '__iand__', '__ilshift__', '__irshift__', '__iadd__', '__isub__', '__imul__', '__imatmul__',
  '__ifloordiv__', '__itruediv__', '__imod__', '__ipow__',
  '__or__', '__xor__', '__and__', '__lshift__', '__rshift__', '__add__', '__sub__', '__mul__', '__matmul__',
  '__floordiv__', '__truediv__', '__mod__', '__pow__',
];

/** All code of a module, outer functions before those inside them. */
function levelOrder(root: AnyCode): AnyCode[] {
  const all = [root];
  for (let i = 0; i < all.length; i++) all.push(...(all[i] as AnyCode).children);
  return all;
}

/**
 * The module's bytecode as text, one part a function.
 * @param functions - The functions in the order to be printed; default: level by level. Those that are not bytecode are left out.
 * @throws MpyFormatError where the bytes are no instructions.
 */
export function formatBytecode(
  module: CompiledModule,
  functions: readonly AnyCode[] = levelOrder(module.root),
): string {
  const numbers = new Map(functions.map((code, i) => [code, i]));
  const out: string[] = [];
  for (const code of functions) if (code.kind === 'bytecode') printFunction(module, code, numbers, out);
  return out.map((line) => `${line}\n`).join('');
}

function printFunction(
  module: CompiledModule,
  code: RawCode,
  numbers: ReadonlyMap<AnyCode, number>,
  out: string[],
): void {
  const bytes = code.code;
  const prelude = decodePrelude(bytes);
  const name = (index: number): string => module.qstrs[index] ?? `<name ${index}>`;
  const number = `#${numbers.get(code) ?? '?'}`;
  out.push(
    `File ${name(0)}, code block '${name(prelude.nameIndex)}' (descriptor: ${number}, bytecode @${number} ${bytes.length} bytes)`,
    `Raw bytecode (code_info_size=${prelude.opcodesStart}, bytecode_size=${bytes.length - prelude.opcodesStart}):`,
  );
  for (let i = 0; i < bytes.length; i += 16) {
    out.push(Array.from(bytes.subarray(i, i + 16), (b) => ` ${b.toString(16).padStart(2, '0')}`).join(''));
  }
  out.push(
    `arg names:${prelude.argNameIndices.map((index) => ` ${name(index)}`).join('')}`,
    `(N_STATE ${prelude.nState})`,
    `(N_EXC_STACK ${prelude.nExcStack})`,
    ...cellLocals(bytes, prelude).map((local) => `(INIT_CELL ${local})`),
  );
  printLines(bytes, prelude, out);
  for (const instruction of instructions(bytes, prelude.opcodesStart)) {
    const offset = instruction.offset - prelude.opcodesStart;
    const operand = operandText(module, code, prelude, instruction, numbers);
    out.push(`${String(offset).padStart(2, '0')} ${instruction.info.name}${operand === '' ? '' : ` ${operand}`}`);
  }
}

/** The steps of the line table, also those that change nothing but the offset. */
function printLines(bytes: Uint8Array, prelude: Prelude, out: string[]): void {
  let offset = 0;
  let line = 1;
  out.push(`  bc=${offset} line=${line}`);
  for (let at = prelude.lineInfoStart; at < prelude.lineInfoEnd; ) {
    const c = bytes[at] as number;
    const long = c >= 0x80;
    offset += long ? c & 0xf : c & 0x1f;
    line += long ? ((c << 4) & 0x700) | (bytes[at + 1] ?? 0) : c >> 5;
    at += long ? 2 : 1;
    out.push(`  bc=${offset} line=${line}`);
  }
}

function operandText(
  module: CompiledModule,
  code: RawCode,
  prelude: Prelude,
  instruction: Instruction,
  numbers: ReadonlyMap<AnyCode, number>,
): string {
  const { op, info, arg, extra, target } = instruction;
  switch (info.operand) {
    case 'none':
      if (op >= Op.BinaryOpMulti) return `${arg} ${BINARY_METHODS[arg - BinaryOp.Less] ?? ''}`;
      if (op >= Op.UnaryOpMulti) return `${arg} ${UNARY_METHODS[arg - UnaryOp.Positive] ?? ''}`;
      return info.count > 1 ? String(arg) : '';
    case 'name': {
      const text = module.qstrs[arg] ?? `<name ${arg}>`;
      return op === Op.LoadConstString || op === Op.ImportName || op === Op.ImportFrom ? `'${text}'` : text;
    }
    case 'constant': {
      const constant = module.constants[arg];
      return `#${arg}=${constant === undefined ? '' : constantText(constant)}`;
    }
    case 'child': {
      const child = code.children[arg];
      const number = child === undefined ? undefined : numbers.get(child);
      return `#${number ?? '?'}${info.extraByte ? ` ${extra}` : ''}`;
    }
    case 'int':
      return smallIntOperand(code.code, instruction).toString();
    case 'call':
      return `n=${arg & 0xff} nkw=${(arg >> 8) & 0xff}`;
    case 'jump':
      return `${target - prelude.opcodesStart}${info.extraByte ? ` ${extra}` : ''}`;
    default:
      return String(arg);
  }
}
