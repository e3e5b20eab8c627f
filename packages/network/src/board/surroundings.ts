/**
 * What a board's radio finds around it: an air, and the routers that a host put into it. One belongs to a world, or to a board
 * that is alone. Radios get their places in the order in which they are added, which must be the same before `load()`.
 */
import { Air, type AirOptions, type AirState } from '../air.js';
import type { NetClock, VirtualClock } from '../clock.js';
import { NetError } from '../errors.js';
import { Router, type RouterOptions, type RouterState } from './router.js';

/** Something the host does to the surroundings, now or later, as plain data. Times are microseconds of their clock. */
export type AirStimulus =
  /** A router's access point goes away: without a word, as in a power failure, or with a farewell. */
  | { readonly kind: 'router-off'; readonly router: number; readonly politely?: boolean }
  | { readonly kind: 'router-on'; readonly router: number }
  /** The key that the router asks for from now on; who is in stays in. */
  | { readonly kind: 'router-key'; readonly router: number; readonly key: string }
  /** A router throws out all who joined it. */
  | { readonly kind: 'router-kick'; readonly router: number }
  /** Strength at which two radios hear each other, dBm. */
  | { readonly kind: 'rssi'; readonly a: number; readonly b: number; readonly dbm: number }
  /** Probability that a frame is broken. */
  | { readonly kind: 'loss'; readonly probability: number };

/** A stimulus with its time. */
export interface TimedStimulus {
  readonly atMicros: number;
  readonly what: AirStimulus;
}

/** How surroundings are made. */
export interface SurroundingsOptions {
  /** Behaviour of the medium. */
  readonly air?: Partial<AirOptions> | undefined;
  readonly routers?: readonly RouterOptions[] | undefined;
}

/** Plain data of {@link Surroundings}. */
export interface SurroundingsState {
  readonly air: AirState;
  readonly routers: readonly RouterState[];
  readonly stimuli: readonly TimedStimulus[];
  readonly done: number;
}

/** Gives a component its clock; `name` is its own. */
export type ClockSource = (name: string, fire: (token: number) => void) => NetClock;

/** Clocks that are ports of one virtual clock. */
export function virtualClocks(clock: VirtualClock): ClockSource {
  return (_name, fire) => clock.port(fire);
}

/** An air and its routers. */
export class Surroundings {
  readonly air: Air;
  readonly routers: Router[] = [];
  private readonly stimuli: TimedStimulus[] = [];
  private done = 0;
  private readonly host: NetClock;

  constructor(
    private readonly clocks: ClockSource,
    options: SurroundingsOptions = {},
  ) {
    this.air = new Air(
      clocks('air', () => this.air.fire()),
      { seed: 1, ...options.air },
    );
    this.host = clocks('stimuli', (index) => this.take(index));
    for (const router of options.routers ?? []) this.addRouter(router);
  }

  /** Adds a router, which goes on the air at once. */
  addRouter(options: RouterOptions): Router {
    const router = new Router(this.air, this.clocks, this.routers.length, options);
    this.routers.push(router);
    return router;
  }

  /** Does something to the surroundings at a time (or at once when that is past); it is noted, so the run can be repeated. */
  schedule(atMicros: number, what: AirStimulus): void {
    this.check(what);
    const now = this.host.nowMicros();
    this.stimuli.push({ atMicros: Math.max(now, atMicros), what });
    if (atMicros <= now) this.take(this.stimuli.length - 1);
    else this.host.schedule(atMicros, this.stimuli.length - 1);
  }

  /** Everything that was scheduled so far: given to like surroundings at their start, it makes the same happen. */
  get journal(): readonly TimedStimulus[] {
    return this.stimuli;
  }

  /** Plain data; it names events of the clock, so the clock is to be saved with it. */
  save(): SurroundingsState {
    return {
      air: this.air.save(),
      routers: this.routers.map((r) => r.save()),
      stimuli: this.stimuli.map((s) => ({ atMicros: s.atMicros, what: { ...s.what } })),
      done: this.done,
    };
  }

  /** Takes on a saved state; the same routers and stations must have been added in the same order. */
  load(state: SurroundingsState): void {
    if (state.routers.length !== this.routers.length) {
      throw new NetError('bad-state', `${this.routers.length} routers`, String(state.routers.length));
    }
    this.air.load(state.air);
    this.routers.forEach((r, i) => r.load(state.routers[i]));
    this.stimuli.splice(0, this.stimuli.length, ...state.stimuli.map((s) => ({ ...s })));
    this.done = state.done;
  }

  private check(what: AirStimulus): void {
    if ('router' in what && this.routers[what.router] === undefined) {
      throw new NetError('unknown-id', 'the number of a router', String(what.router));
    }
    if (what.kind === 'router-key') this.routers[what.router].checkKey(what.key);
    if (what.kind === 'loss' && !(what.probability >= 0 && what.probability <= 1)) {
      throw new NetError('bad-argument', 'a probability', String(what.probability));
    }
    if (what.kind === 'rssi' && !Number.isFinite(what.dbm))
      throw new NetError('bad-argument', 'a strength in dBm', String(what.dbm));
  }

  private take(index: number): void {
    const what = this.stimuli[index]?.what;
    if (what === undefined) return;
    this.done++;
    switch (what.kind) {
      case 'router-off':
        this.routers[what.router].point.stop(what.politely === true);
        break;
      case 'router-on':
        this.routers[what.router].point.start();
        break;
      case 'router-key':
        this.routers[what.router].setKey(what.key);
        break;
      case 'router-kick':
        for (const mac of this.routers[what.router].point.stations()) this.routers[what.router].point.kick(mac);
        break;
      case 'rssi':
        this.air.setRssi(what.a, what.b, what.dbm);
        break;
      case 'loss':
        this.air.loss = what.probability;
        break;
    }
  }
}
