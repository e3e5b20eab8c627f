/**
 * A world: boards, wires between their pins, and the air, on one clock.
 *
 * Every board has a clock of its own and runs ahead of the others only as far as nothing of theirs can reach it: to the next
 * event of the air, or to the earliest moment at which another board may do something plus the least time that a signal takes.
 * What a board does to the air or a wire takes effect no sooner than that time after, so the order in which boards run within a
 * window does not matter; what happens at the same time happens in the order of the boards. A run is the same however it is
 * divided, since windows depend on the boards alone.
 *
 * Runs in Node and in a browser page alike.
 */
import {
  type BoardLink,
  BoardNet,
  type LinkEvent,
  Surroundings,
  type SurroundingsOptions,
  type SurroundingsState,
  VirtualClock,
  type VirtualClockState,
  virtualClocks,
} from '@tsmp/network';
import type { Level, Repl } from '@tsmp/machine';
import { raiseMsg, type RunResult, TYPES, VmUsageError } from '@tsmp/vm';
import { Board, type BoardOptions, type BoardState, DEFAULT_ROUTER } from './board.js';

/** How a world is made. */
export interface WorldOptions {
  /** The air and its routers; default: one router, {@link DEFAULT_ROUTER}. */
  readonly network?: SurroundingsOptions | undefined;
}

/** A wire from a pin of a board to a pin of another (or the same) one, which it drives. */
export interface WorldWire {
  readonly from: number;
  readonly fromPin: number | string;
  readonly to: number;
  readonly toPin: number | string;
  /** Time that an edge takes, ns; 1000 unless given, at least 100. */
  readonly latencyNs?: number | undefined;
}

/** How far to run. Nothing given: to the end. */
export interface WorldLimit {
  /** Time of the world, ns. Windows are not cut short, so a busy board may be some milliseconds past it. */
  readonly untilNs?: number | undefined;
  /** Stop when this holds; asked after each window. */
  readonly until?: (() => boolean) | undefined;
  /** Windows, at most: for hosts that have other things to do. */
  readonly windows?: number | undefined;
}

/** Why a run of a world stopped. */
export type WorldStop =
  /** All programs have ended. */
  | 'done'
  /** Every board waits for something that only the host can bring. */
  | 'idle'
  /** A limit was reached. */
  | 'limit';

/** How a board ended. */
export type Ended = Exclude<RunResult, { reason: 'budget' } | { reason: 'waiting' }>;

/** Where a board of a world stands. */
interface Place {
  readonly board: Board;
  readonly index: number;
  /** Not started: has no program (yet), only events. */
  phase: 'idle' | 'running' | 'waiting' | 'ended';
  /** Deadline of its wait, ns. */
  until: number;
  result: Ended | undefined;
  /** What the air told, until the board's clock is there. */
  readonly inbox: Map<number, LinkEvent>;
  nextMail: number;
  /** Event that ends its slice, 0 for none, and when that is. */
  stop: number;
  stopAt: number;
}

/** A wire's place: levels on the way are events of the receiving board. */
interface Lead {
  readonly latencyNs: number;
  drive: (level: Level) => void;
}

/** A world as plain data. */
export interface WorldState {
  readonly clock: VirtualClockState;
  readonly surroundings: SurroundingsState;
  readonly boards: readonly {
    readonly state: BoardState;
    readonly phase: 'idle' | 'running' | 'waiting' | 'ended';
    readonly until: number;
    readonly reason: string | null;
    readonly word: number;
    readonly inbox: readonly (readonly [number, LinkEvent])[];
    readonly nextMail: number;
  }[];
  readonly wires: number;
}

/** Longest window, ns: what a host may have to wait for. */
const MAX_WINDOW = 10_000_000;
/** Bytes of bytecode that a board runs at once, when nothing else stops it. */
const SLICE_BYTES = 4_000_000;
const LEAST_LATENCY = 100;
const MAX_BOARDS = 64;

/** Boards in one world. */
export class World {
  readonly surroundings: Surroundings;
  private readonly clock = new VirtualClock();
  private readonly places: Place[] = [];
  private readonly leads: Lead[] = [];
  /** A board that waits inside a native while the others run in place. */
  private inPlace = 0;

  constructor(options: WorldOptions = {}) {
    this.surroundings = new Surroundings(virtualClocks(this.clock), options.network ?? { routers: [DEFAULT_ROUTER] });
  }

  /** The boards, in the order in which they were added. */
  get boards(): readonly Board[] {
    return this.places.map((p) => p.board);
  }

  /** Time that the whole world has reached, ns. */
  get now(): number {
    const t = Math.min(this.airNext(), ...this.places.map((p) => this.next(p)));
    return Number.isFinite(t) ? t : Math.max(this.clock.nowMicros() * 1000, ...this.places.map((p) => nowOf(p)));
  }

  /** Adds a board. Boards differ in their unique ids, and so in their addresses, unless they are given. */
  addBoard(options: BoardOptions = {}): Board {
    const index = this.places.length;
    if (index >= MAX_BOARDS) throw new VmUsageError('too-many-boards', `a world has at most ${MAX_BOARDS} boards`);
    const uniqueId = options.uniqueId ?? Uint8Array.of(0xe6, 0x61, 0x64, 0x08, 0x43, 0x21, 0x77, 0x2a + index);
    const holder: { place?: Place } = {};
    const board = new Board(
      { ...options, uniqueId },
      (b) => new BoardNet(b.vm, this.surroundings, this.linkOf(holder)),
    );
    const place: Place = {
      board,
      index,
      phase: 'idle',
      until: 0,
      result: undefined,
      inbox: new Map(),
      nextMail: 1,
      stop: 0,
      stopAt: Number.POSITIVE_INFINITY,
    };
    holder.place = place;
    const { clock } = board.vm;
    clock.on('world.stop', () => this.stopped(place));
    clock.on('world.mail', (id) => {
      const event = place.inbox.get(id);
      place.inbox.delete(id);
      if (event !== undefined) board.network.take(event);
    });
    clock.on('world.edge', (lead, level) => this.edge(lead, level === 1 ? 1 : 0));
    this.places.push(place);
    // a board that comes later starts at the world's time
    const now = index === 0 ? 0 : this.now;
    if (now > 0) clock.advanceTo(now, board.vm.budget);
    return board;
  }

  /** Lays a wire between two pins. */
  addWire(wire: WorldWire): void {
    const latencyNs = wire.latencyNs ?? 1000;
    if (!(latencyNs >= LEAST_LATENCY)) {
      throw new VmUsageError('wire-latency', `a wire takes at least ${LEAST_LATENCY} ns, not ${latencyNs}`);
    }
    const [from, to] = [this.place(wire.from), this.place(wire.to)];
    const index = this.leads.length;
    const lead: Lead = { latencyNs, drive: () => undefined };
    this.leads.push(lead);
    to.board.machine.attach({
      name: `wire${index}.to`,
      attach: (pins) => {
        lead.drive = (level) => pins.drive(wire.toPin, `wire${index}`, level);
      },
      save: () => null,
      load: () => undefined,
    });
    from.board.machine.attach({
      name: `wire${index}.from`,
      attach: (pins) => {
        pins.watch(wire.fromPin, (level, ns) => this.send(index, from, to, level, ns));
        lead.drive(pins.level(wire.fromPin));
      },
      save: () => null,
      load: () => undefined,
    });
  }

  /** Starts a program on a board. */
  start(board: Board | number, program: Uint8Array, fileName: string): void {
    const place = this.place(board);
    place.board.start(program, fileName);
    place.phase = 'running';
    place.result = undefined;
  }

  /** Starts the REPL on a board: boot.py, main.py, then the prompt. */
  startRepl(board: Board | number, options: Parameters<Board['startRepl']>[0] = {}): Repl {
    const place = this.place(board);
    const repl = place.board.startRepl(options);
    place.phase = 'running';
    place.result = undefined;
    return repl;
  }

  /** How a board's program ended; undefined while it has not. */
  result(board: Board | number): Ended | undefined {
    return this.place(board).result;
  }

  /** Runs. */
  run(limit: WorldLimit = {}): WorldStop {
    const until = limit.untilNs ?? Number.POSITIVE_INFINITY;
    for (let windows = limit.windows ?? Number.POSITIVE_INFINITY; windows > 0; windows--) {
      if (limit.until?.() === true) return 'limit';
      const started = this.places.filter((p) => p.phase !== 'idle');
      if (limit.untilNs === undefined && limit.until === undefined && started.every((p) => p.phase === 'ended')) {
        return 'done';
      }
      const now = Math.min(this.airNext(), ...this.places.map((p) => this.next(p)));
      if (now === Number.POSITIVE_INFINITY) {
        // time passes even if nothing happens
        if (limit.untilNs !== undefined) this.passTo(until);
        else if (started.every((p) => p.phase === 'ended')) return 'done';
        return limit.untilNs === undefined ? 'idle' : 'limit';
      }
      if (now >= until) {
        this.passTo(until);
        return 'limit';
      }
      this.window(now, undefined);
    }
    return 'limit';
  }

  /** The world as one plain-data value. */
  save(): WorldState {
    return {
      clock: this.clock.save(),
      surroundings: this.surroundings.save(),
      boards: this.places.map((p) => ({
        state: p.board.save(),
        phase: p.phase,
        until: p.until,
        reason: p.result?.reason ?? null,
        word:
          p.result === undefined
            ? 0
            : p.result.reason === 'done'
              ? p.result.value
              : p.result.reason === 'raised'
                ? p.result.exception
                : 0,
        inbox: [...p.inbox],
        nextMail: p.nextMail,
      })),
      wires: this.leads.length,
    };
  }

  /** Puts this world into a saved state of one with the same boards, routers and wires, added in the same order. */
  load(state: WorldState): void {
    if (state.boards.length !== this.places.length || state.wires !== this.leads.length) {
      throw new VmUsageError(
        'world-parts',
        `snapshot of ${state.boards.length} boards and ${state.wires} wires, expected ${this.places.length} and ${this.leads.length}`,
      );
    }
    this.clock.load(state.clock);
    this.surroundings.load(state.surroundings);
    this.places.forEach((p, i) => {
      const saved = state.boards[i] as WorldState['boards'][number];
      p.board.load(saved.state);
      p.phase = saved.phase;
      p.until = saved.until;
      p.result = resultOf(saved.reason, saved.word);
      p.inbox.clear();
      for (const [id, event] of saved.inbox) p.inbox.set(id, event);
      p.nextMail = saved.nextMail;
    });
  }

  private place(board: Board | number): Place {
    const found = typeof board === 'number' ? this.places[board] : this.places.find((p) => p.board === board);
    if (found === undefined) throw new VmUsageError('no-such-board', 'this world has no such board');
    return found;
  }

  // ---- time ---------------------------------------------------------------------------------------------------------

  /** Next event of the air, ns. */
  private airNext(): number {
    const next = this.clock.nextMicros();
    return next < 0 ? Number.POSITIVE_INFINITY : next * 1000;
  }

  /** The earliest moment at which a board may do something. */
  private next(p: Place): number {
    if (p.phase === 'running') return nowOf(p);
    const due = p.board.vm.clock.nextDue();
    const at = p.phase === 'waiting' ? Math.min(p.until, due) : due;
    return at === Number.POSITIVE_INFINITY ? at : Math.max(at, nowOf(p));
  }

  /** The least time from what a board does until another notices. */
  private latency(): number {
    return Math.min(this.surroundings.air.minLatencyMicros * 1000, ...this.leads.map((l) => l.latencyNs));
  }

  /** The world from `now` on: the air's next event, or each board as far as it may. `waiting`: a board that cannot run. */
  private window(now: number, waiting: Place | undefined): void {
    const air = this.airNext();
    if (air <= now) {
      this.clock.step();
      return;
    }
    const latency = this.latency();
    const next = this.places.map((p) => (p === waiting ? nowOf(p) : this.next(p)));
    const ends = this.places.map((_, i) => {
      let end = Math.min(air, now + MAX_WINDOW);
      next.forEach((t, j) => {
        if (j !== i) end = Math.min(end, t + latency);
      });
      return end;
    });
    this.places.forEach((p, i) => {
      const end = ends[i] as number;
      if (p !== waiting && (next[i] as number) < end) this.advance(p, end);
    });
  }

  /** Runs a board up to `end`. */
  private advance(p: Place, end: number): void {
    const { vm } = p.board;
    p.stopAt = end;
    p.stop = vm.clock.schedule(end, 'world.stop');
    while (nowOf(p) < p.stopAt) {
      if (p.phase !== 'running') {
        const next = this.next(p);
        if (next >= p.stopAt) break;
        p.board.skipTo(next);
      }
      if (p.phase === 'idle' || p.phase === 'ended') {
        let more = true;
        while (more) more = vm.clock.runDue(vm.budget);
        continue;
      }
      this.note(p, p.board.run({ bytes: SLICE_BYTES }));
    }
    vm.clock.cancel(p.stop);
    p.stop = 0;
    p.stopAt = Number.POSITIVE_INFINITY;
  }

  private note(p: Place, r: RunResult): void {
    if (r.reason === 'budget') p.phase = 'running';
    else if (r.reason === 'waiting') {
      p.phase = 'waiting';
      p.until = r.until;
    } else {
      p.phase = 'ended';
      p.result = r;
    }
  }

  /** A board's clock is where its slice ends. */
  private stopped(p: Place): void {
    const { vm } = p.board;
    p.stop = 0;
    if (vm.inPlace === 0) {
      // a nested run goes on to its end, a little late
      vm.sliceBytes = 0;
      vm.attention = true;
      return;
    }
    // a native waits that cannot be suspended: the others go on until this board may
    if (this.inPlace > 0) {
      raiseMsg(vm, TYPES.OSError, 'boards wait for each other inside calls that cannot be suspended');
    }
    this.inPlace++;
    try {
      for (;;) {
        const end = Math.min(this.horizon(p), nowOf(p) + MAX_WINDOW);
        if (end > nowOf(p)) {
          p.stopAt = end;
          p.stop = vm.clock.schedule(end, 'world.stop');
          return;
        }
        vm.host.checkDeadline?.(vm);
        this.window(nowOf(p), p);
      }
    } finally {
      this.inPlace--;
    }
  }

  /** How far a board may run, given where the others are now. */
  private horizon(p: Place): number {
    const latency = this.latency();
    let end = this.airNext();
    for (const other of this.places) if (other !== p) end = Math.min(end, this.next(other) + latency);
    return end;
  }

  /** Nothing happens up to `ns`: all clocks are moved there. */
  private passTo(ns: number): void {
    this.clock.settle(Math.floor(ns / 1000));
    for (const p of this.places) if (p.phase !== 'running') p.board.skipTo(ns);
  }

  /** The running board does something that may come back to it. */
  private shorten(p: Place): void {
    const end = nowOf(p) + this.latency();
    if (p.stop === 0 || p.stopAt <= end) return;
    const { vm } = p.board;
    vm.clock.cancel(p.stop);
    p.stopAt = end;
    p.stop = vm.clock.schedule(end, 'world.stop');
    vm.attention = true;
  }

  // ---- what connects boards -----------------------------------------------------------------------------------------

  private linkOf(holder: { place?: Place }): BoardLink {
    return {
      enter: () => {
        const p = holder.place;
        if (p === undefined) return;
        this.clock.settle(Math.floor(nowOf(p) / 1000));
        this.shorten(p);
      },
      deliver: (event) => {
        const p = holder.place;
        if (p === undefined) return;
        const id = p.nextMail++;
        p.inbox.set(id, event);
        const { vm } = p.board;
        vm.clock.schedule(Math.max(this.clock.nowMicros() * 1000, nowOf(p)), 'world.mail', id);
        vm.attention = true;
      },
    };
  }

  /** An edge sets out on a wire. */
  private send(index: number, from: Place, to: Place, level: Level, ns: number): void {
    const { latencyNs } = this.leads[index] as Lead;
    const { vm } = to.board;
    vm.clock.schedule(Math.max(ns + latencyNs, nowOf(to)), 'world.edge', index, level);
    vm.attention = true;
    this.shorten(from);
  }

  /** An edge arrives. */
  private edge(index: number, level: Level): void {
    this.leads[index]?.drive(level);
  }
}

/** A board's time, ns. */
function nowOf(p: Place): number {
  return p.board.vm.clock.now(p.board.vm.budget);
}

function resultOf(reason: string | null, word: number): Ended | undefined {
  switch (reason) {
    case null:
      return undefined;
    case 'done':
      return { reason, value: word };
    case 'raised':
      return { reason, exception: word };
    case 'hung':
      return { reason, where: '' };
    default:
      return { reason: 'fault', error: new Error('the board faulted before the snapshot'), where: '' };
  }
}

/** Makes a world. */
export function createWorld(options: WorldOptions = {}): World {
  return new World(options);
}
