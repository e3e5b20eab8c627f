/**
 * Ways to damage programs: bytes of `.mpy` files and sources; tokens, lines and nesting of sources; and instructions, preludes
 * and children of a module whose structure stays whole, which get past the reader and often past the verifier.
 */
import {
  type AnyCode,
  type CompiledModule,
  type Constant,
  decodePrelude,
  encodePrelude,
  type Instruction,
  instructions,
  type RawCode,
} from '@tsmp/mpy-format';
import type { Random } from '@tsmp-internal/testkit';

/** One of the items. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random(items.length)] as T;
}

/** One to four bytes behind `from` changed, dropped or added. */
export function damageBytes(bytes: Uint8Array, random: Random, from: number): Uint8Array {
  const out = [...bytes];
  for (let n = 1 + random(4); n > 0 && out.length > from + 1; n--) {
    const at = from + random(out.length - from);
    switch (random(6)) {
      case 0:
        out.splice(at, 1 + random(3));
        break;
      case 1:
        out.splice(at, 0, random(256));
        break;
      case 2:
        out[at] = (out[at] as number) ^ (1 << random(8));
        break;
      case 3:
        if (random(8) === 0) out.length = at;
        break;
      default:
        out[at] = random(256);
    }
  }
  return Uint8Array.from(out);
}

/** What source is made of: tokens, names and line ends. */
function tokensOf(source: Uint8Array): string[] {
  return new TextDecoder().decode(source).match(/\w+|\n *|\s+|"[^"\n]*"|[^\w\s]/g) ?? [];
}

/** One to five tokens of a source changed, dropped, or replaced by some of another source. */
export function damageTokens(source: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const tokens = tokensOf(source);
  const others = tokensOf(other);
  for (let n = 1 + random(5); n > 0; n--) {
    const at = random(tokens.length);
    switch (random(5)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens[at] = pick(random, others);
        break;
      case 2:
        tokens.splice(at, 0, pick(random, others));
        break;
      case 3:
        tokens[at] = pick(random, tokens);
        break;
      default: {
        const from = random(others.length);
        tokens.splice(at, random(4), ...others.slice(from, from + 1 + random(8)));
      }
    }
  }
  return new TextEncoder().encode(tokens.join(''));
}

/** Lines dropped, repeated, moved, indented anew or taken from another source; or a piece wrapped or repeated many times. */
export function damageLines(source: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const decode = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).split('\n');
  const lines = decode(source);
  const others = decode(other);
  for (let n = 1 + random(3); n > 0; n--) {
    const at = random(lines.length);
    const line = lines[at] as string;
    switch (random(9)) {
      case 0:
        lines.splice(at, 1 + random(3));
        break;
      case 1:
        lines.splice(at, 0, pick(random, lines));
        break;
      case 2:
        lines.splice(at, 0, ...others.slice(random(others.length)).slice(0, 1 + random(6)));
        break;
      case 3:
        lines[at] = `${' '.repeat(random(9))}${line.trimStart()}`;
        break;
      case 4:
        lines[at] = line.replace(/\d+/, () => pick(random, NUMBERS));
        break;
      case 5: {
        const [open, close] = pick(random, WRAPPERS);
        const depth = 1 + random(random(8) === 0 ? 300 : 6);
        lines[at] = line.replace(/[\w.]+(?=\W*$)/, (piece) => open.repeat(depth) + piece + close.repeat(depth));
        break;
      }
      case 6: {
        // the body of a block of its own
        const space = /^ */.exec(line)?.[0] ?? '';
        lines[at] = `${space}${pick(random, HEADS)}\n ${space}${line.trimStart()}`;
        break;
      }
      case 7:
        lines[at] = `${line.slice(0, random(line.length + 1))}${pick(random, PIECES)}`;
        break;
      default:
        lines[at] = Array.from({ length: 2 + random(random(8) === 0 ? 400 : 10) }, () => line).join('\n');
    }
    if (lines.length === 0) lines.push('');
  }
  return new TextEncoder().encode(lines.join('\n'));
}

// biome-ignore format: a table
const NUMBERS = [
  '0', '-1', '1', '255', '65536', '1073741823', '1073741824', '-1073741825', '4294967296', '9223372036854775808', '1 << 200',
  '1e308', '1e-320', '0x7fffffff', '0b1', '0o777', '1_0', '00', '1j', '1e', '0x', '12345678901234567890123456789',
];
const WRAPPERS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['-', ''],
  ['not ', ''],
  ['(lambda: ', ')()'],
  ['[', ' for x in [1]]'],
  ['(', ',)'],
  ['str(', ')'],
  ['(1 if ', ' else 0)'],
  ["f'{", "}'"],
  ['f(', ')'],
];
// biome-ignore format: a table
const HEADS = [
  'if x:', 'while True:', 'for i in range(3):', 'try:', 'except:', 'finally:', 'else:', 'with open() as f:', 'def f(*a, k=1, **b):',
  'async def g():', 'class C(object):', 'lambda:', '@property', 'async for x in y:', 'async with a as b:', 'elif x:',
  'except ValueError as e:', 'match x:', 'def g(x=yield):',
];
// biome-ignore format: a table
const PIECES = [
  '\\', '"', "'", '"""', "f'{", 'f"{x!r:{y}}"', '#', ':=', '**', '*', '(', ')', '[', ']', '{', '}', ';', ',', '...', '@', '->', '\t',
  '\r', '\0', '\u00e9', ' yield ', ' await ', ' nonlocal x', ' global x', ' del x', ' import a.b as c', ' from . import *', ' return',
  " b'\\xff'", " '\\u{110000}'", " '\\N{DASH}'", ' 1if 1else 2', ' x = y = *z, w', ' *a, *b = c', ' (a, [b, *c]) = d',
];

/** An instruction, or some names or constants, of a module changed; its structure stays whole. */
export function damageModule(module: CompiledModule, random: Random): CompiledModule {
  const { qstrs, constants, root } = module;
  switch (random(8)) {
    case 0:
      return { ...module, qstrs: qstrs.map((name) => (random(qstrs.length) === 0 ? pick(random, qstrs) : name)) };
    case 1:
      return { ...module, constants: constants.map((c) => (random(4) === 0 ? anyConstant(random, constants) : c)) };
    default:
      return { ...module, root: damageCode(root, random) };
  }
}

function damageCode(code: AnyCode, random: Random): AnyCode {
  if (code.kind !== 'bytecode') return code;
  const { children } = code;
  if (children.length > 0 && random(3) > 0) {
    const which = random(children.length);
    return {
      ...code,
      children: children.map((child, i) => (i === which ? damageCode(child, random) : child)),
    };
  }
  switch (random(10)) {
    case 0:
      return damagePrelude(code, random);
    case 1:
      return damageChildren(code, random);
    case 2:
      return spliceInstructions(code, random);
    default:
      return damageInstruction(code, random);
  }
}

function damageInstruction(code: RawCode, random: Random): RawCode {
  const bytes = code.code.slice();
  const list = [...instructions(bytes, decodePrelude(bytes).opcodesStart)];
  const at = pick(random, list);
  const like = list.filter((i) => i.size === at.size && i !== at);
  if (random(3) === 0 || at.size === 1) changeOpcode(bytes, at, random);
  else if (random(2) === 0 && like.length > 0) {
    const from = pick(random, like).offset;
    bytes.set(code.code.subarray(from, from + at.size), at.offset);
  } else bytes[at.offset + 1 + random(at.size - 1)] = random(3) === 0 ? random(256) : random(24);
  return { ...code, code: bytes };
}

/** Other sizes, flags, argument counts, cells or line steps; the instructions stay. */
function damagePrelude(code: RawCode, random: Random): RawCode {
  const p = decodePrelude(code.code);
  const info = code.code.slice(p.lineInfoStart, p.cellsStart);
  const names = code.code.subarray(p.cellsStart - p.nInfo, p.lineInfoStart);
  const cells = code.code.slice(p.cellsStart, p.opcodesStart);
  const near = (n: number): number => Math.max(0, n + random(5) - 2);
  const fields = { ...p };
  switch (random(8)) {
    case 0:
      fields.nState = Math.max(1, random(3) === 0 ? random(300) : near(p.nState));
      break;
    case 1:
      fields.nExcStack = near(p.nExcStack);
      break;
    case 2:
      fields.scopeFlags = random(16);
      break;
    case 3:
      fields.nPosArgs = near(p.nPosArgs);
      break;
    case 4:
      fields.nKwonlyArgs = near(p.nKwonlyArgs);
      break;
    case 5:
      fields.nDefPosArgs = near(p.nDefPosArgs);
      break;
    case 6:
      if (cells.length > 0) cells[random(cells.length)] = random(3) === 0 ? random(256) : random(p.nState + 2);
      break;
    default:
      if (info.length > 0) info[random(info.length)] = random(256);
  }
  const head = encodePrelude(fields);
  return {
    ...code,
    code: Uint8Array.from([...head, ...names, ...info, ...cells, ...code.code.subarray(p.opcodesStart)]),
  };
}

/** Children dropped, repeated, exchanged, or put in each other's place. */
function damageChildren(code: RawCode, random: Random): RawCode {
  const children = [...code.children];
  if (children.length === 0) return { ...code, children: [code] };
  const at = random(children.length);
  switch (random(4)) {
    case 0:
      children.splice(at, 1);
      break;
    case 1:
      children.splice(at, 0, pick(random, children));
      break;
    case 2:
      children[at] = pick(random, children);
      break;
    default: {
      const child = children[at] as AnyCode;
      children[at] = child.children.length > 0 ? pick(random, child.children) : { ...code, children: [] };
    }
  }
  return { ...code, children };
}

/** A few instructions repeated, dropped or moved; jumps over them keep their distances, and so lead elsewhere. */
function spliceInstructions(code: RawCode, random: Random): RawCode {
  const { opcodesStart } = decodePrelude(code.code);
  const list = [...instructions(code.code, opcodesStart)];
  const piece = (): Uint8Array => {
    const from = random(list.length);
    const last = list[Math.min(list.length - 1, from + random(4))] as Instruction;
    return code.code.subarray((list[from] as Instruction).offset, last.offset + last.size);
  };
  const at = pick(random, list);
  const until = random(2) === 0 ? at.offset : at.offset + at.size;
  const put = random(4) === 0 ? [] : piece();
  return {
    ...code,
    code: Uint8Array.from([...code.code.subarray(0, at.offset), ...put, ...code.code.subarray(until)]),
  };
}

/** A constant of any kind. */
function anyConstant(random: Random, constants: readonly Constant[]): Constant {
  const other = constants.length > 0 ? pick(random, constants) : ({ kind: 'none' } as const);
  switch (random(10)) {
    case 0:
      return { kind: 'tuple', items: [other, other] };
    case 1:
      return { kind: 'int', value: BigInt(random(2 ** 31)) << BigInt(random(90)) };
    case 2:
      return { kind: 'ellipsis' };
    case 3:
      return { kind: 'float', value: random(1000) / 7 };
    case 4:
      return { kind: 'bytes', value: new Uint8Array(random(40)) };
    case 5:
      return { kind: 'str', value: 'x'.repeat(random(40)) };
    default:
      return other;
  }
}

/** To another opcode, mostly of the same group: those with the same high four bits have operands of the same form. */
function changeOpcode(bytes: Uint8Array, at: Instruction, random: Random): void {
  bytes[at.offset] = random(4) === 0 ? random(256) : (at.op & 0xf0) | random(16);
}
