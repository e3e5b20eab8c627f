/** The compiler as a board uses it. */
import { compile, mathConstants } from '@tsmp/compiler';
import type { Constant } from '@tsmp/mpy-format';
import { type CompileFn, ERRNO } from '@tsmp/vm';

/** Constants that a board's compiler knows: those of `math` and `errno`. */
function moduleConstants(module: string, name: string): Constant | undefined {
  const errno = module === 'errno' ? ERRNO[name] : undefined;
  return errno === undefined ? mathConstants(module, name) : { kind: 'int', value: BigInt(errno) };
}

/** Compiles for a board; throws what `CompileFn` documents. */
export const boardCompile: CompileFn = (request) =>
  compile(request.source, {
    fileName: request.fileName,
    kind: request.kind,
    optLevel: Math.min(3, Math.max(0, request.optLevel)) as 0 | 1 | 2 | 3,
    smallIntBits: request.smallIntBits,
    floatBits: request.floatBits,
    hostBits: 32,
    knownQstrs: { has: request.isKnownQstr, ...(request.addQstr === undefined ? {} : { add: request.addQstr }) },
    ...(request.ledger === undefined ? {} : { ledger: request.ledger }),
    moduleConstants,
    tstrings: request.level === 'everything',
    allowNative: true,
    orderedDictLiteral: true,
  });
