/** Operators as methods of built-in types, which subclasses reach with `super()`. Counterpart: py/opmethods.c. */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { fun2, fun3 } from '../rom/define.js';
import { tailBinaryOp, tailSubscr } from '../tail.js';
import { Word } from '../words.js';

/** `__getitem__` */
export const opGetitem = fun2((vm, self, key) => tailSubscr(vm, self, key, Word.Sentinel));
/** `__setitem__` */
export const opSetitem = fun3((vm, self, key, value) => tailSubscr(vm, self, key, value));
/** `__delitem__` */
export const opDelitem = fun2((vm, self, key) => tailSubscr(vm, self, key, Word.Null));
/** `__contains__` */
export const opContains = fun2((vm, self, item) => tailBinaryOp(vm, BinaryOp.In, item, self));
