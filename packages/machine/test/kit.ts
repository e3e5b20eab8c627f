/** Runs programs on a VM with a machine around it. */
import { compile } from '@tsmp/compiler';
import {
  boot,
  buildRom,
  type CompileFn,
  type Profile,
  PROFILES,
  printException,
  romDefinitions,
  type RomImage,
  run,
  type RunLimit,
  startSource,
  Vm,
  type VmHost,
} from '@tsmp/vm';
import { Machine, machineExtension, type MachineOptions } from '../src/index.js';

const boardCompile: CompileFn = (request) =>
  compile(request.source, {
    fileName: request.fileName,
    kind: request.kind,
    optLevel: 0,
    smallIntBits: request.smallIntBits,
    floatBits: request.floatBits,
    knownQstrs: { has: request.isKnownQstr },
    orderedDictLiteral: true,
  });

const images = new Map<string, RomImage>();

function imageOf(p: Profile): RomImage {
  let image = images.get(p.name);
  if (image === undefined) {
    image = buildRom(romDefinitions(p, [machineExtension(p)]), { floatBits: p.floatBits, compile: boardCompile });
    images.set(p.name, image);
  }
  return image;
}

/** A board that runs programs one after the other. */
export class TestBoard {
  readonly vm: Vm;
  readonly machine: Machine;
  private out = '';

  constructor(
    options: MachineOptions & {
      readonly board?: string;
      readonly stress?: boolean;
      readonly diagnostic?: VmHost['diagnostic'];
    } = {},
  ) {
    const profile = PROFILES[options.board ?? 'pico-w'] as Profile;
    const decoder = new TextDecoder();
    this.vm = new Vm(profile, imageOf(profile), {
      stdout: (b) => {
        this.out += decoder.decode(b, { stream: true });
      },
      compile: boardCompile,
      diagnostic: options.diagnostic,
    });
    boot(this.vm);
    this.machine = new Machine(this.vm, options);
    this.vm.heap.stress = options.stress === true;
  }

  /** Prepares a program. */
  start(source: string): void {
    this.out = '';
    startSource(this.vm, new TextEncoder().encode(source), 'test.py');
  }
  /** Runs up to `slices` slices of it; sleeps take no host time. */
  step(limit: RunLimit, slices: number): void {
    for (let i = 0; i < slices; i++) if (this.slice(limit)) return;
  }
  /** Runs it to its end: its output, with its traceback when it raises. */
  finish(limit: RunLimit = {}): string {
    while (!this.slice(limit));
    return this.out;
  }
  /** The output of a program. */
  run(source: string): string {
    this.start(source);
    return this.finish();
  }

  /** Runs a slice; true when the program has ended. */
  private slice(limit: RunLimit): boolean {
    const { vm } = this;
    const r = run(vm, limit);
    if (r.reason === 'budget') return false;
    if (r.reason === 'waiting') {
      const next = Math.min(r.until, vm.clock.nextDue());
      if (next === Number.POSITIVE_INFINITY) throw new Error('the program waits for ever');
      vm.clock.advanceTo(next, vm.budget);
      return false;
    }
    if (r.reason === 'raised') printException(vm, vm.stdout, r.exception);
    vm.flush();
    if (r.reason !== 'raised' && r.reason !== 'done') throw new Error(`the program stopped: ${r.reason}`);
    return true;
  }
}

/** The output of a program on a board of its own. */
export function program(source: string): string {
  return new TestBoard().run(source);
}
