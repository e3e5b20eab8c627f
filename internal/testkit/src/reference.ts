/**
 * The real MicroPython, compiled to WebAssembly, as an oracle: what it prints is what we must print.
 *
 * Each call gets a fresh instance. The module keeps its current instance in globals, so calls are queued: two never overlap.
 * It is a 32-bit port with asyncio, re, json, struct, deflate, hashlib, vfs, uctypes and framebuf, and without machine,
 * network, ssl and cryptolib. Its heap grows when it is full, so `heapSize` is where it starts, not a limit.
 */

// who imports this file from another package needs the types too
/// <reference path="./micropython-wasm.d.ts" />
import { loadMicroPython, type PythonError } from '@micropython/micropython-webassembly-pyscript';

/** What a reference run may be given. */
export interface ReferenceOptions {
  /** Bytes of heap to start with; 1 MiB if absent. */
  readonly heapSize?: number;
  /** Files put beside the program, by path; missing folders are made. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** What a reference run gave. */
export interface ReferenceResult {
  /** Everything the program printed. */
  readonly stdout: string;
  /** Whether it ran to its end, or exited with a status of zero. */
  readonly exitOk: boolean;
  /** The traceback it ended with, or '' if none. */
  readonly traceback: string;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a program in a fresh instance of the real MicroPython.
 * @param source - The program's text.
 */
export function runReference(source: string, options: ReferenceOptions = {}): Promise<ReferenceResult> {
  const result = last.then(() => run(source, options));
  last = result.catch(() => undefined);
  return result;
}

async function run(source: string, options: ReferenceOptions): Promise<ReferenceResult> {
  const bytes: number[] = [];
  const collect = (chunk: Uint8Array) => {
    for (const byte of chunk) bytes.push(byte);
  };
  const instance = await loadMicroPython({
    heapsize: options.heapSize ?? 1024 * 1024,
    linebuffer: false,
    stdout: collect,
    stderr: collect,
  });
  for (const [path, contents] of Object.entries(options.files ?? {})) {
    const slash = path.lastIndexOf('/');
    if (slash > 0) instance.FS.mkdirTree(path.slice(0, slash));
    instance.FS.writeFile(path, contents);
  }
  let traceback = '';
  let exitOk = true;
  try {
    instance.runPython(source);
  } catch (error) {
    if (!isPythonError(error)) throw error;
    traceback = error.message;
    exitOk = error.type === 'SystemExit' && /^SystemExit: (0|None|False)?\n$/m.test(traceback);
  }
  return { stdout: new TextDecoder().decode(Uint8Array.from(bytes)), exitOk, traceback };
}

/** Anything else that comes out of a run is a fault of the reference itself. */
function isPythonError(error: unknown): error is PythonError {
  return error instanceof Error && error.name === 'PythonError';
}
