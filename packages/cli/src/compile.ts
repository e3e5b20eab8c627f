/** The compiler as a board uses it. */
import { compile, CompileError } from '@tsmp/compiler';
import type { CompileFn } from '@tsmp/vm';
import { LexError } from '@tsmp/lexer';

/** Compiles for a board; throws what `CompileFn` documents. */
export const boardCompile: CompileFn = (request) => {
  try {
    return compile(request.source, {
      fileName: request.fileName,
      kind: request.kind,
      optLevel: Math.min(3, Math.max(0, request.optLevel)) as 0 | 1 | 2 | 3,
      smallIntBits: request.smallIntBits,
      floatBits: request.floatBits,
      knownQstrs: { has: request.isKnownQstr },
      allowNative: true,
      orderedDictLiteral: true,
    });
  } catch (e) {
    if (e instanceof LexError) throw new CompileError(e.exception, e.message, request.fileName, -1, 0, null);
    throw e;
  }
};
