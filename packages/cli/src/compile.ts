/** The compiler as a board uses it. */
import { compile, compileInStages, type CompileOptions, formatParseTree, mathConstants } from '@tsmp/compiler';
import { type Constant, formatBytecode } from '@tsmp/mpy-format';
import { type CompileFn, type CompileRequest, ERRNO } from '@tsmp/vm';

/** Constants that a board's compiler knows: those of `math` and `errno`. */
function moduleConstants(module: string, name: string): Constant | undefined {
  const errno = module === 'errno' ? ERRNO[name] : undefined;
  return errno === undefined ? mathConstants(module, name) : { kind: 'int', value: BigInt(errno) };
}

function optionsOf(request: CompileRequest): CompileOptions {
  return {
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
  };
}

/** Compiles for a board; throws what `CompileFn` documents. */
export const boardCompile: CompileFn = (request) => compile(request.source, optionsOf(request));

const RULE = '----------------\n';

/**
 * {@link boardCompile} that also prints what it compiled, as MicroPython's unix port does: the bytecode at level 2, above that the
 * parse tree, too.
 */
export function verboseCompile(level: number, print: (text: string) => void): CompileFn {
  return (request) => {
    const { module, functions } = compileInStages(request.source, optionsOf(request), (tree) => {
      if (level >= 3) print(`${RULE}${formatParseTree(tree)}${RULE}`);
    });
    print(formatBytecode(module, functions));
    return module;
  };
}
