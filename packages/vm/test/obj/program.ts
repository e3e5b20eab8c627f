/** Runs programs on a VM of their own. */
import { compile } from '@tsmp/compiler';
import {
  boot,
  buildRom,
  type CompileFn,
  type Profile,
  PROFILES,
  printException,
  romDefinitions,
  run,
  startSource,
  Vm,
} from '../../src/index.js';
import type { RomImage } from '../../src/index.js';

/** The compiler of a board. */
export const boardCompile: CompileFn = (request) =>
  compile(request.source, {
    fileName: request.fileName,
    kind: request.kind,
    optLevel: 0,
    smallIntBits: request.smallIntBits,
    floatBits: request.floatBits,
    knownQstrs: { has: request.isKnownQstr },
    orderedDictLiteral: true,
    ...(request.ledger === undefined ? {} : { ledger: request.ledger }),
  });

const images = new Map<string, RomImage>();

function imageOf(p: Profile): RomImage {
  let image = images.get(p.name);
  if (image === undefined) {
    image = buildRom(romDefinitions(p), { floatBits: p.floatBits, compile: boardCompile });
    images.set(p.name, image);
  }
  return image;
}

/** What a program does differently from the defaults. */
export interface ProgramOptions {
  /** Name of a profile; coverage32 by default. */
  readonly board?: string;
  /** Collect at every allocation. */
  readonly stress?: boolean;
  /** What the console brings, a piece each time the program waits for it; then the input is closed. */
  readonly input?: readonly string[];
  /** Bytecodes in a slice. */
  readonly slice?: number;
  /** Called now and then while a native works. */
  readonly checkDeadline?: () => void;
}

/** The output of a program; with its traceback when it raises. */
export function program(source: string, options: ProgramOptions = {}): string {
  const profile = PROFILES[options.board ?? 'coverage32'] as Profile;
  const decoder = new TextDecoder();
  let out = '';
  const vm = new Vm(profile, imageOf(profile), {
    stdout: (b) => {
      out += decoder.decode(b, { stream: true });
    },
    compile: boardCompile,
    checkDeadline: options.checkDeadline,
  });
  boot(vm);
  vm.heap.stress = options.stress === true;
  startSource(vm, new TextEncoder().encode(source), 'test.py');
  const input = [...(options.input ?? [])];
  for (;;) {
    const r = run(vm, options.slice === undefined ? {} : { bytecodes: options.slice });
    if (r.reason === 'budget') continue;
    if (r.reason === 'waiting' && options.input !== undefined) {
      const piece = input.shift();
      if (piece === undefined) vm.input.closed = true;
      else vm.input.push(new TextEncoder().encode(piece));
      continue;
    }
    if (r.reason === 'raised') printException(vm, vm.stdout, r.exception);
    vm.stdout.flush();
    if (r.reason === 'raised') return out;
    if (r.reason !== 'done') throw new Error(`the program stopped: ${r.reason}`);
    return out;
  }
}

/** What each expression evaluates to (its repr), or the exception that it raises. */
export function evaluate(expressions: readonly string[], options: ProgramOptions = {}): string[] {
  const source = `def t(s):
 try: print(repr(eval(s)))
 except Exception as e: print(type(e).__name__ + ': ' + str(e))
import math, cmath
${expressions.map((e) => `t(${JSON.stringify(e)})`).join('\n')}
`;
  return program(source, options).trimEnd().split('\n');
}
