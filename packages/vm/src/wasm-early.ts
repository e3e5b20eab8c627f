/**
 * Compiling the interpreter's WebAssembly, with its loop well from the start. Hosts compile a function quickly first, and well in the
 * background when it has been called often: for the loop that takes them as long as all of a short program. So it is called often at
 * once, with nothing to do, and is ready when the program is.
 */

/** What is used of the host's WebAssembly, whose types are not JavaScript's own. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number }) => object;
  Module: {
    new (code: Uint8Array): object;
    imports(module: object): readonly { module: string; name: string; kind: string }[];
  };
  Instance: new (module: object, imports: object) => { readonly exports: { readonly execute: () => number } };
};

/** Calls after which V8 compiles a function as small as what one call does here: its budget is 1.8 million bytes of machine code. */
const CALLS = 4000;

const ONE_PAGE = { initial: 1, maximum: 1 };

/** In place of all functions: all state is 0, so no budget is left, and the loop asks what to do. */
const stop = (): number => 1;

/** The module, whose loop the host is compiling well. */
export function compileEarly(code: Uint8Array): object {
  const module = new WebAssembly.Module(code);
  const imports: Record<string, Record<string, unknown>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = kind === 'function' ? stop : kind === 'memory' ? new WebAssembly.Memory(ONE_PAGE) : 0;
  }
  const { execute } = new WebAssembly.Instance(module, imports).exports;
  for (let i = 0; i < CALLS; i++) execute();
  return module;
}
