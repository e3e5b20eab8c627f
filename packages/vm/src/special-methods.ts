/**
 * Names of the special methods behind operators, by operation number. Feature levels leave some out; the lookups then find
 * nothing. Counterpart: mp_unary_op_method_name, mp_binary_op_method_name in py/objtype.c.
 */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { Q } from './q.js';
import type { Vm } from './vm.js';

/** Indexed by `UnaryOp`. */
export const UNARY_METHODS: readonly number[] = [
  Q.__pos__,
  Q.__neg__,
  Q.__invert__,
  Q.Null,
  Q.__bool__,
  Q.__len__,
  Q.__hash__,
  Q.__abs__,
  Q.__int__,
  Q.__float__,
  Q.__complex__,
  Q.__sizeof__,
];

/** Indexed by `BinaryOp`. */
const BINARY_METHODS: readonly number[] = [
  Q.__lt__,
  Q.__gt__,
  Q.__eq__,
  Q.__le__,
  Q.__ge__,
  Q.__ne__,
  Q.Null,
  Q.Null,
  Q.Null,
  Q.__ior__,
  Q.__ixor__,
  Q.__iand__,
  Q.__ilshift__,
  Q.__irshift__,
  Q.__iadd__,
  Q.__isub__,
  Q.__imul__,
  Q.__imatmul__,
  Q.__ifloordiv__,
  Q.__itruediv__,
  Q.__imod__,
  Q.__ipow__,
  Q.__or__,
  Q.__xor__,
  Q.__and__,
  Q.__lshift__,
  Q.__rshift__,
  Q.__add__,
  Q.__sub__,
  Q.__mul__,
  Q.__matmul__,
  Q.__floordiv__,
  Q.__truediv__,
  Q.__mod__,
  Q.__pow__,
  Q.__divmod__,
  Q.__contains__,
  Q.__ror__,
  Q.__rxor__,
  Q.__rand__,
  Q.__rlshift__,
  Q.__rrshift__,
  Q.__radd__,
  Q.__rsub__,
  Q.__rmul__,
  Q.__rmatmul__,
  Q.__rfloordiv__,
  Q.__rtruediv__,
  Q.__rmod__,
  Q.__rpow__,
];

/** The method behind a binary operation. Below the highest feature level most in-place methods do not exist, and have no name. */
export function binaryMethod(vm: Vm, op: number): number {
  const scarce =
    op >= BinaryOp.InplaceOr && op < BinaryOp.Or && op !== BinaryOp.InplaceAdd && op !== BinaryOp.InplaceSubtract;
  return scarce && vm.profile.level !== 'everything' ? Q.Null : (BINARY_METHODS[op] as number);
}
