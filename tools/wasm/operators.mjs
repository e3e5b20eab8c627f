// Operators, and the functions that are single instructions.
import binaryen from 'binaryen';
import ts from 'typescript';
import { unsupported } from './program.mjs';

const K = ts.SyntaxKind;
const I32 = binaryen.i32;

/** Operators whose result may be no integer. */
export const ARITHMETIC = new Set([
  K.PlusToken,
  K.MinusToken,
  K.AsteriskToken,
  K.SlashToken,
  K.PercentToken,
  K.AsteriskAsteriskToken,
]);
/** Instructions for integers without a sign. */
export const UNSIGNED = new Map([
  [K.LessThanToken, 'lt_u'],
  [K.GreaterThanToken, 'gt_u'],
  [K.LessThanEqualsToken, 'le_u'],
  [K.GreaterThanEqualsToken, 'ge_u'],
]);
/** The operators of compound assignments. */
export const ASSIGN = new Map([
  [K.PlusEqualsToken, K.PlusToken],
  [K.MinusEqualsToken, K.MinusToken],
  [K.AsteriskEqualsToken, K.AsteriskToken],
  [K.BarEqualsToken, K.BarToken],
  [K.AmpersandEqualsToken, K.AmpersandToken],
  [K.CaretEqualsToken, K.CaretToken],
  [K.LessThanLessThanEqualsToken, K.LessThanLessThanToken],
  [K.GreaterThanGreaterThanEqualsToken, K.GreaterThanGreaterThanToken],
  [K.GreaterThanGreaterThanGreaterThanEqualsToken, K.GreaterThanGreaterThanGreaterThanToken],
]);
/** Instructions for integers. */
export const INTEGER = new Map([
  [K.PlusToken, 'add'],
  [K.MinusToken, 'sub'],
  [K.AsteriskToken, 'mul'],
  [K.BarToken, 'or'],
  [K.AmpersandToken, 'and'],
  [K.CaretToken, 'xor'],
  [K.LessThanLessThanToken, 'shl'],
  [K.GreaterThanGreaterThanToken, 'shr_s'],
  [K.GreaterThanGreaterThanGreaterThanToken, 'shr_u'],
  [K.LessThanToken, 'lt_s'],
  [K.GreaterThanToken, 'gt_s'],
  [K.LessThanEqualsToken, 'le_s'],
  [K.GreaterThanEqualsToken, 'ge_s'],
  [K.EqualsEqualsEqualsToken, 'eq'],
  [K.ExclamationEqualsEqualsToken, 'ne'],
]);

/** Whether the value of an expression is wanted. */
export function isUsed(node) {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === K.CommaToken) return isUsed(parent);
  return !ts.isExpressionStatement(parent) && !(ts.isForStatement(parent) && parent.incrementor === node);
}

/** Functions of packages/vm/src/wide.ts, which JavaScript must write otherwise. */
export const INTRINSICS = {
  unsignedModulo: (c, m, [a, b]) => ({ t: 'i32', ref: m.i32.rem_u(c.i32(a), c.i32(b)) }),
  toInt: (c, m, [x]) => ({ t: 'i32', ref: m.i32.trunc_s.f64(c.value(c.expr(x), x, 'f64')) }),
  mulAdd(c, m, [words, at, x, y, carry]) {
    const { i64 } = m;
    if (c.expr(words).base !== 0) return unsupported(words, 'array');
    const place = c.nParams + c.vars.length;
    c.vars.push(I32);
    const sum = c.nParams + c.vars.length;
    c.vars.push(binaryen.i64);
    const address = () => m.local.get(place, I32);
    const get = () => m.local.get(sum, binaryen.i64);
    const wide = (node) => i64.extend_u(c.i32(node));
    return {
      t: 'i32',
      ref: m.block(
        null,
        [
          m.local.set(place, c.scaled(at, 2)),
          m.local.set(sum, i64.add(i64.add(i64.mul(wide(x), wide(y)), i64.load32_u(0, 4, address())), wide(carry))),
          i64.store32(0, 4, address(), get()),
          m.i32.wrap(i64.shr_u(get(), i64.const(32n))),
        ],
        I32,
      ),
    };
  },
  smallProduct(c, m, [a, b]) {
    const { i64 } = m;
    const p = binaryen.i64;
    const local = c.nParams + c.vars.length;
    c.vars.push(p);
    const wide = (v) => i64.extend_s(m.i32.shr_s(v, m.i32.const(1)));
    const get = () => m.local.get(local, p);
    const low = () => i64.shr_s(i64.shl(get(), i64.const(33n)), i64.const(33n));
    return {
      t: 'i32',
      ref: m.block(
        null,
        [
          m.local.set(local, i64.mul(wide(c.i32(a)), wide(c.i32(b)))),
          m.if(
            i64.eq(low(), get()),
            m.i32.or(m.i32.shl(m.i32.wrap(get()), m.i32.const(1)), m.i32.const(1)),
            m.i32.const(0),
          ),
        ],
        I32,
      ),
    };
  },
};
