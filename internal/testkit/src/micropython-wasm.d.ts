/** The part that we use of the package, which comes without types. */
declare module '@micropython/micropython-webassembly-pyscript' {
  export interface LoadOptions {
    heapsize?: number;
    pystack?: number;
    linebuffer?: boolean;
    stdout?: (bytes: Uint8Array) => void;
    stderr?: (bytes: Uint8Array) => void;
  }

  export interface MicroPython {
    readonly FS: {
      writeFile(path: string, contents: string | Uint8Array): void;
      mkdirTree(path: string): void;
    };
    runPython(source: string): unknown;
  }

  /** Thrown by `runPython`; it is not exported, and known by its `name`. */
  export interface PythonError extends Error {
    readonly name: 'PythonError';
    /** The Python exception's type. */
    readonly type: string;
  }

  export function loadMicroPython(options?: LoadOptions): Promise<MicroPython>;
}
