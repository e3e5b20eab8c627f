export { HeaderFlag, ObjType } from './mpy.js';
export { BinaryOp, Op, OP_FORMAT_NIBBLES, OpFormat, OpRange, opFormat, ScopeFlag, UnaryOp } from './opcodes.js';
export { TOKEN_KINDS, TokenKind } from './tokens.js';
