/** The compiler as a board calls it. */
import { compile, type CompileOptions, mathConstants } from '@tsmp/compiler';
import { type CompileFn, ERRNO } from '@tsmp/vm';

/** Numbers that a board's compiler knows: those of `math` and `errno`. */
const moduleConstants: CompileOptions['moduleConstants'] = (module, name) => {
  const errno = module === 'errno' ? ERRNO[name] : undefined;
  return errno === undefined ? mathConstants(module, name) : { kind: 'int', value: BigInt(errno) };
};

export const boardCompile: CompileFn = (request) =>
  compile(request.source, {
    fileName: request.fileName,
    kind: request.kind,
    optLevel: Math.min(3, request.optLevel) as 0 | 1 | 2 | 3,
    smallIntBits: request.smallIntBits,
    floatBits: request.floatBits,
    hostBits: 32,
    knownQstrs: { has: request.isKnownQstr, ...(request.addQstr && { add: request.addQstr }) },
    ...(request.ledger && { ledger: request.ledger }),
    moduleConstants,
    tstrings: false,
    allowNative: true,
    orderedDictLiteral: true,
  });
