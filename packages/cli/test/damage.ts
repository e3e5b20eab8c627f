/**
 * Ways to damage programs: bytes of `.mpy` files and sources, tokens of sources, and single instructions of a module whose structure
 * stays whole, which get past the reader and often past the verifier.
 */
import { type AnyCode, type CompiledModule, decodePrelude, type Instruction, instructions } from '@tsmp/mpy-format';
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

/** An instruction, or some names or constants, of a module changed; its structure stays whole. */
export function damageModule(module: CompiledModule, random: Random): CompiledModule {
  const { qstrs, constants, root } = module;
  switch (random(8)) {
    case 0:
      return { ...module, qstrs: qstrs.map((name) => (random(qstrs.length) === 0 ? pick(random, qstrs) : name)) };
    case 1:
      return { ...module, constants: constants.map((c) => (random(4) === 0 ? pick(random, constants) : c)) };
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

/** To another opcode, mostly of the same group: those with the same high four bits have operands of the same form. */
function changeOpcode(bytes: Uint8Array, at: Instruction, random: Random): void {
  bytes[at.offset] = random(4) === 0 ? random(256) : (at.op & 0xf0) | random(16);
}
