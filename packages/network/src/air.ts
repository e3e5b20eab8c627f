/**
 * A simulated 2.4 GHz medium: radios on channels that hear each other, with signal strength, air time, loss and retries.
 *
 * A transmission waits until its channel is quiet, takes the time its length needs, and is then heard by every radio on the
 * channel that the signal reaches. A frame to one radio is repeated when that did not hear it, as 802.11 does, and its
 * sender learns the outcome; a radio sends one frame after the other, in order. Nothing is heard sooner than the minimum latency after it was sent. Access points and stations
 * (wlan-ap.ts, wlan-station.ts) are built on radios; frames are described, not laid out as 802.11 bytes.
 */
import type { Mac } from './address.js';
import { MAC_BROADCAST, formatMac, isGroupMac } from './address.js';
import type { AirBody, AirFrame, Radio, RadioOwner } from './air-frame.js';
import { AIR_CHANNELS } from './air-frame.js';
import type { NetClock } from './clock.js';
import { NetError, checkInteger } from './errors.js';
import { Prng } from './prng.js';
import type { TimerQueueState } from './timers.js';
import { TimerQueue } from './timers.js';
import type { AccessPointOptions, AccessPointState } from './wlan-ap.js';
import { AccessPoint } from './wlan-ap.js';
import type { StationState } from './wlan-station.js';
import { Station } from './wlan-station.js';

/** How the medium behaves. */
export interface AirOptions {
  seed: number;
  /** Least time from sending to hearing; 50 unless given. */
  minLatencyMicros?: number;
  /** Strength at which radios hear each other where nothing else is said; -50 unless given. */
  defaultRssi?: number;
  /** Weakest signal that is heard; -92 unless given. */
  sensitivity?: number;
  /** Probability that a frame heard is broken; 0 unless given. */
  loss?: number;
  /** Repetitions of a frame to one radio; 7 unless given. */
  retries?: number;
  /** Data rate; 24 Mbit/s unless given. */
  bitsPerSecond?: number;
  /** Frames of one radio that may wait; 32 unless given. */
  queueFrames?: number;
  /** What the clock hands back; 0 unless given. */
  token?: number;
}

/** Strength of a signal in dBm, for hosts that know where the radios are. */
export type RssiHook = (from: Mac, to: Mac) => number;
/** Probability that a frame is broken, for hosts that model interference. */
export type LossHook = (from: Mac, to: Mac, rssi: number, length: number) => number;
/** Sees each frame as it goes on the air. */
export type AirTap = (frame: AirFrame, channel: number, atMicros: number) => void;

/** A transmission that waits or is on the air. */
export interface AirFlight {
  id: number;
  radio: number;
  channel: number;
  ticket: number;
  tries: number;
  frame: AirFrame;
}

/** Frames on the air, by fate. */
export interface AirCounts {
  sent: number;
  heard: number;
  broken: number;
  repeated: number;
  givenUp: number;
  overflowed: number;
}

/** Plain data of an {@link Air}. */
export interface AirState {
  prng: number;
  nextId: number;
  timers: TimerQueueState;
  radios: Radio[];
  flights: AirFlight[];
  busyUntil: number[];
  rssi: [string, number][];
  counts: AirCounts;
  stations: StationState[];
  accessPoints: AccessPointState[];
}

const TIMER_FLIGHT = 1;
const TIMER_OWNER = 2;
/** Timers of one owner. */
const OWNER_TIMERS = 256;
const MAX_RADIOS = 1024;
/** Preamble, interframe spaces and acknowledgement around a frame, and the unit of back-off. */
const OVERHEAD_MICROS = 64;
const SLOT_MICROS = 20;

/** The medium, with everything that has a radio on it. */
export class Air {
  /** Overrides the table of signal strengths. Not saved. */
  rssiHook: RssiHook | null = null;
  /** Overrides the probability of loss. Not saved. */
  lossHook: LossHook | null = null;
  /** Sees all frames. Not saved. */
  tap: AirTap | null = null;
  /** Counts since the start. */
  counts: AirCounts = { sent: 0, heard: 0, broken: 0, repeated: 0, givenUp: 0, overflowed: 0 };
  /** Probability that a frame heard is broken; may be changed at any moment. */
  loss: number;
  readonly minLatencyMicros: number;
  readonly prng: Prng;
  private readonly clock: NetClock;
  private readonly timers: TimerQueue;
  private readonly defaultRssi: number;
  private readonly sensitivity: number;
  private readonly retries: number;
  private readonly bitsPerSecond: number;
  private readonly queueFrames: number;
  private owners: RadioOwner[] = [];
  private flights = new Map<number, AirFlight>();
  private busyUntil: number[] = new Array<number>(AIR_CHANNELS + 1).fill(0);
  private strengths = new Map<string, number>();
  private nextId = 1;

  constructor(clock: NetClock, options: AirOptions) {
    this.clock = clock;
    this.timers = new TimerQueue(clock, options.token ?? 0);
    this.prng = new Prng(options.seed);
    this.minLatencyMicros = checkInteger('minLatencyMicros', options.minLatencyMicros ?? 50, 1, 1e9);
    this.defaultRssi = options.defaultRssi ?? -50;
    this.sensitivity = options.sensitivity ?? -92;
    this.loss = options.loss ?? 0;
    this.retries = checkInteger('retries', options.retries ?? 7, 0, 100);
    this.bitsPerSecond = checkInteger('bitsPerSecond', options.bitsPerSecond ?? 24_000_000, 1000, 1e12);
    this.queueFrames = checkInteger('queueFrames', options.queueFrames ?? 32, 1, 4096);
  }

  /** Adds a station, which is off. Stations and access points must be added in the same order before `load()`. */
  addStation(mac: Mac): Station {
    const station = new Station(this, this.newRadio(mac, 1));
    this.owners.push(station);
    return station;
  }

  /** Adds an access point, which is off. */
  addAccessPoint(mac: Mac, options: AccessPointOptions): AccessPoint {
    const point = new AccessPoint(this, this.newRadio(mac, options.channel), options);
    this.owners.push(point);
    return point;
  }

  /** Sets the strength at which two radios hear each other, in dBm. */
  setRssi(a: Mac, b: Mac, dbm: number): void {
    this.strengths.set(pairKey(a, b), dbm);
  }

  /** The strength at which `to` hears `from`. */
  rssi(from: Mac, to: Mac): number {
    if (this.rssiHook !== null) return this.rssiHook(from, to);
    return this.strengths.get(pairKey(from, to)) ?? this.defaultRssi;
  }

  /** The time. */
  now(): number {
    return this.clock.nowMicros();
  }

  /** The clock's event came. */
  fire(): void {
    this.timers.fire((kind, id) => {
      if (kind === TIMER_FLIGHT) this.land(id);
      else this.owners[Math.floor(id / OWNER_TIMERS)].onTimer(id % OWNER_TIMERS);
    });
  }

  /** Puts a frame on the air, from a radio on its channel or another; false when too many of its frames wait. */
  transmit(radio: Radio, dst: Mac, body: AirBody, ticket = 0, channel = radio.channel): boolean {
    if (!radio.on || radio.queue.length >= this.queueFrames) {
      this.counts.overflowed++;
      return false;
    }
    const id = this.nextId++;
    radio.queue.push(id);
    this.counts.sent++;
    this.flights.set(id, { id, radio: radio.id, channel, ticket, tries: 0, frame: { src: radio.mac, dst, body } });
    if (radio.queue.length === 1) this.occupy(id);
    return true;
  }

  /** Sets one of a radio owner's timers. */
  setTimer(radio: Radio, sub: number, at: number): void {
    this.timers.set(TIMER_OWNER, radio.id * OWNER_TIMERS + sub, at);
  }

  /** Withdraws one of a radio owner's timers. */
  clearTimer(radio: Radio, sub: number): void {
    this.timers.clear(TIMER_OWNER, radio.id * OWNER_TIMERS + sub);
  }

  /** Plain data. It names an event of the clock, so the clock is to be saved with it. */
  save(): AirState {
    const stations: StationState[] = [];
    const accessPoints: AccessPointState[] = [];
    for (const owner of this.owners) {
      if (owner instanceof Station) stations.push(owner.save());
      else if (owner instanceof AccessPoint) accessPoints.push(owner.save());
    }
    return {
      prng: this.prng.save(),
      nextId: this.nextId,
      timers: this.timers.save(),
      radios: this.owners.map(({ radio }) => ({ ...radio, queue: radio.queue.slice() })),
      flights: [...this.flights.values()].map(copyFlight),
      busyUntil: this.busyUntil.slice(),
      rssi: [...this.strengths],
      counts: { ...this.counts },
      stations,
      accessPoints,
    };
  }

  /** Restores a state into an air with the same radios. */
  load(state: AirState): void {
    const macs = (radios: readonly Radio[]) => radios.map((radio) => formatMac(radio.mac)).join(' ');
    const own = this.owners.map((owner) => owner.radio);
    if (macs(state.radios) !== macs(own)) throw new NetError('bad-state', `radios ${macs(own)}`, macs(state.radios));
    this.prng.load(state.prng);
    this.nextId = state.nextId;
    this.flights = new Map(state.flights.map((flight) => [flight.id, copyFlight(flight)]));
    this.busyUntil = state.busyUntil.slice();
    this.strengths = new Map(state.rssi);
    this.counts = { ...state.counts };
    let station = 0;
    let point = 0;
    for (const owner of this.owners) {
      const saved = state.radios[owner.radio.id];
      Object.assign(owner.radio, saved, { queue: saved.queue.slice() });
      if (owner instanceof Station) owner.load(state.stations[station++]);
      else if (owner instanceof AccessPoint) owner.load(state.accessPoints[point++]);
    }
    this.timers.load(state.timers);
  }

  private newRadio(mac: Mac, channel: number): Radio {
    if (!Number.isInteger(mac) || mac <= 0 || mac >= MAC_BROADCAST || isGroupMac(mac)) {
      throw new NetError('bad-address', 'the MAC of one station', String(mac));
    }
    if (this.owners.some((owner) => owner.radio.mac === mac)) {
      throw new NetError('duplicate', 'a MAC that is not on the air', formatMac(mac));
    }
    if (this.owners.length >= MAX_RADIOS) throw new NetError('limit', `at most ${MAX_RADIOS} radios`, formatMac(mac));
    return { id: this.owners.length, mac, on: false, channel, scanChannel: 0, queue: [] };
  }

  /** Reserves the channel for a transmission from when it is quiet, with a random back-off that grows with each try. */
  private occupy(id: number): void {
    const flight = this.flights.get(id) as AirFlight;
    const now = this.now();
    const backOff = this.prng.below(Math.min(16 << flight.tries, 1024)) * SLOT_MICROS;
    const quiet = Math.max(now, this.busyUntil[flight.channel]);
    const airTime = OVERHEAD_MICROS + Math.ceil((lengthOf(flight.frame.body) * 8_000_000) / this.bitsPerSecond);
    const end = Math.max(quiet + backOff + airTime, now + this.minLatencyMicros);
    this.busyUntil[flight.channel] = end;
    this.timers.set(TIMER_FLIGHT, id, end);
  }

  /** A transmission ends: who hears it? */
  private land(id: number): void {
    const flight = this.flights.get(id);
    if (flight === undefined) return;
    const sender = this.owners[flight.radio];
    const { frame } = flight;
    if (!sender.radio.on) {
      this.drop(flight, sender, false);
      return;
    }
    if (this.tap !== null) this.tap(frame, flight.channel, this.now());
    const group = isGroupMac(frame.dst);
    const hearers: RadioOwner[] = [];
    for (const owner of this.owners) {
      if (owner !== sender && (group || owner.radio.mac === frame.dst) && this.hears(owner.radio, flight))
        hearers.push(owner);
    }
    const acknowledged = !group && hearers.length > 0;
    if (!group && !acknowledged && flight.tries < this.retries) {
      flight.tries++;
      this.counts.repeated++;
      this.occupy(id);
      return;
    }
    // The receivers first, so that what they answer is queued before what the sender does next.
    for (const owner of hearers) {
      this.counts.heard++;
      owner.heard(frame, this.rssi(frame.src, owner.radio.mac));
    }
    if (!group && !acknowledged) this.counts.givenUp++;
    this.drop(flight, sender, acknowledged);
  }

  private drop(flight: AirFlight, sender: RadioOwner, acknowledged: boolean): void {
    this.flights.delete(flight.id);
    sender.radio.queue.shift();
    if (sender.radio.queue.length > 0) this.occupy(sender.radio.queue[0]);
    if (flight.ticket !== 0) sender.sent(flight.ticket, flight.frame.dst, acknowledged);
  }

  private hears(radio: Radio, flight: AirFlight): boolean {
    if (!radio.on || (radio.channel !== flight.channel && radio.scanChannel !== flight.channel)) return false;
    const from = flight.frame.src;
    const rssi = this.rssi(from, radio.mac);
    if (rssi < this.sensitivity) return false;
    const length = lengthOf(flight.frame.body);
    const loss = this.lossHook === null ? this.loss : this.lossHook(from, radio.mac, rssi, length);
    if (!this.prng.chance(loss)) return true;
    this.counts.broken++;
    return false;
  }
}

function pairKey(a: Mac, b: Mac): string {
  return a < b ? `${formatMac(a)} ${formatMac(b)}` : `${formatMac(b)} ${formatMac(a)}`;
}

/** Bytes a frame would have on the air, about. */
function lengthOf(body: AirBody): number {
  switch (body.type) {
    case 'data':
      return 34 + body.frame.length;
    case 'action':
      return 28 + body.payload.length;
    case 'null':
      return 28;
    default:
      return 120;
  }
}

function copyFlight(flight: AirFlight): AirFlight {
  return { ...flight, frame: { ...flight.frame, body: { ...flight.frame.body } } };
}
