/**
 * A station on the air: scans, joins a network, stays in it, and exchanges frames.
 *
 *     idle → scanning → authenticating → associating → handshake → connected
 *                 └──────────── failed (with a reason) ◄───────────────┘
 *
 * Each arrow is an exchange of frames that may be lost, with a timer and a bounded number of attempts. A connected station
 * checks now and then that its access point is still there.
 */
import type { Mac } from './address.js';
import { MAC_BROADCAST, getMac, isGroupMac } from './address.js';
import type { AirBody, AirFrame, DeauthReason, Radio, RadioOwner, WlanSecurity } from './air-frame.js';
import { AIR_CHANNELS } from './air-frame.js';
import type { Air } from './air.js';
import { NetError } from './errors.js';
import { ETHERNET_HEADER, ETHERNET_MAX_FRAME } from './ethernet.js';
import { isSsid } from './wlan-ap.js';
import { keyProof } from './wlan-key.js';

/** Where a station stands. */
export type StationPhase =
  | 'off'
  | 'idle'
  | 'scanning'
  | 'authenticating'
  | 'associating'
  | 'handshake'
  | 'connected'
  | 'failed';

/** Why a station failed, or lost its network; empty while neither. */
export type StationReason =
  | ''
  | 'no-ap-found'
  | 'security-mismatch'
  | 'auth-timeout'
  | 'assoc-timeout'
  | 'refused'
  | 'wrong-password'
  | 'handshake-timeout'
  | 'beacon-timeout'
  | 'deauthenticated';

/** A network a scan found. */
export interface ScanResult {
  /** Empty for a hidden network. */
  ssid: string;
  bssid: Mac;
  channel: number;
  rssi: number;
  security: WlanSecurity;
  hidden: boolean;
}

/** Told what happens at a station. */
export interface StationSink {
  /** An Ethernet frame from the network. */
  onFrame(frame: Uint8Array): void;
  /** The phase changed. */
  onPhase?(phase: StationPhase, reason: StationReason): void;
  /** A scan asked for by `scan()` is over. */
  onScan?(results: readonly ScanResult[]): void;
  /** A vendor's action frame was heard. */
  onAction?(src: Mac, payload: Uint8Array, rssi: number): void;
  /** An action frame sent with a ticket was acknowledged or given up. */
  onActionSent?(ticket: number, dst: Mac, acknowledged: boolean): void;
}

/** Plain data of a {@link Station}; its radio is saved with the air. */
export interface StationState {
  phase: StationPhase;
  reason: StationReason;
  ssid: string;
  key: string;
  /** The access point asked for, 0 for any. */
  wish: Mac;
  bssid: Mac;
  aid: number;
  attempts: number;
  nonce: number;
  apNonce: number;
  missed: number;
  /** Channel being scanned, 0 for none, and whether a program asked for the scan. */
  scanChannel: number;
  scanForUser: boolean;
  results: ScanResult[];
  /** Networks found on the last scan a program asked for. */
  found: ScanResult[];
}

/** Time spent on each channel. */
const DWELL_MICROS = 100_000;
const MAX_RESULTS = 64;
/** Time to answer a step of joining, and how often it is tried. */
const STEP_MICROS = 200_000;
const STEP_ATTEMPTS = 3;
/** Longer than the access point takes to give up. */
const HANDSHAKE_MICROS = 6_000_000;
/** How often the access point is checked for, and how many failures mean it is gone. */
const SUPERVISE_MICROS = 2_000_000;
const MAX_MISSED = 3;
/** Longest action payload, that of ESP-NOW's second version. */
const MAX_ACTION = 1490;

const TIMER_STEP = 0;
const TIMER_SCAN = 1;
const TICKET_SUPERVISE = -1;

/** A station; made by `Air.addStation()`. */
export class Station implements RadioOwner {
  /** @internal */
  readonly radio: Radio;
  /** Told what happens. Not saved. */
  sink: StationSink | null = null;
  private readonly air: Air;
  private s: StationState = {
    phase: 'off',
    reason: '',
    ssid: '',
    key: '',
    wish: 0,
    bssid: 0,
    aid: 0,
    attempts: 0,
    nonce: 0,
    apNonce: 0,
    missed: 0,
    scanChannel: 0,
    scanForUser: false,
    results: [],
    found: [],
  };

  /** @internal */
  constructor(air: Air, radio: Radio) {
    this.air = air;
    this.radio = radio;
  }

  /** The hardware address. */
  get mac(): Mac {
    return this.radio.mac;
  }

  get phase(): StationPhase {
    return this.s.phase;
  }

  /** The channel it is on. */
  get channel(): number {
    return this.radio.channel;
  }

  /** Why it failed or lost its network. */
  get reason(): StationReason {
    return this.s.reason;
  }

  /** The access point it is joined to or joining, 0 for none. */
  get bssid(): Mac {
    return this.s.bssid;
  }

  /** Strength of the access point's signal, 0 without one. */
  get rssi(): number {
    return this.s.phase === 'connected' ? this.air.rssi(this.s.bssid, this.radio.mac) : 0;
  }

  /** Whether a scan is under way. */
  get scanning(): boolean {
    return this.s.scanChannel !== 0;
  }

  /** What the last `scan()` found, strongest first. */
  get scanResults(): readonly ScanResult[] {
    return this.s.found;
  }

  /** Switches the radio on or off; off leaves the network without a word. */
  setActive(on: boolean): void {
    if (on === this.radio.on) return;
    this.radio.on = on;
    this.stopTimers();
    this.s.bssid = 0;
    this.enter(on ? 'idle' : 'off', '');
  }

  /** Changes channel while not joined, for action frames. */
  setChannel(channel: number): void {
    if (!Number.isInteger(channel) || channel < 1 || channel > AIR_CHANNELS) {
      throw new NetError('bad-argument', `a channel in 1..${AIR_CHANNELS}`, String(channel));
    }
    if (this.s.bssid !== 0) throw new NetError('bad-state', 'a station that is not joined', this.s.phase);
    this.radio.channel = channel;
  }

  /** Starts looking for all networks; false when off, joining or scanning already. */
  scan(): boolean {
    if (
      !this.radio.on ||
      this.scanning ||
      (this.s.phase !== 'idle' && this.s.phase !== 'connected' && this.s.phase !== 'failed')
    ) {
      return false;
    }
    this.startScan(true);
    return true;
  }

  /** Starts joining a network, leaving the present one; false when off. `bssid` picks one access point. */
  connect(ssid: string, key: string, bssid: Mac = 0): boolean {
    if (!isSsid(ssid)) throw new NetError('bad-argument', 'an SSID of 1..32 characters', JSON.stringify(ssid));
    if (!this.radio.on) return false;
    this.leave();
    this.s.ssid = ssid;
    this.s.key = key;
    this.s.wish = bssid;
    this.enter('scanning', '');
    this.startScan(false);
    return true;
  }

  /** Leaves the network or stops joining. */
  disconnect(): void {
    if (!this.radio.on) return;
    this.leave();
    this.enter('idle', '');
  }

  /** Sends an Ethernet frame into the network; false when it cannot. */
  send(frame: Uint8Array): boolean {
    if (this.s.phase !== 'connected' || frame.length < ETHERNET_HEADER || frame.length > ETHERNET_MAX_FRAME)
      return false;
    return this.air.transmit(this.radio, this.s.bssid, { type: 'data', frame });
  }

  /** Sends a vendor's action frame to a radio on this channel, or to all; `ticket` comes back in `onActionSent`. */
  sendAction(dst: Mac, payload: Uint8Array, ticket: number): boolean {
    if (payload.length > MAX_ACTION) throw new NetError('limit', `at most ${MAX_ACTION} bytes`, String(payload.length));
    if (!Number.isInteger(ticket) || ticket < 0)
      throw new NetError('bad-argument', 'a ticket from 0 up', String(ticket));
    return this.air.transmit(this.radio, dst, { type: 'action', payload: payload.slice() }, ticket);
  }

  /** @internal */
  heard(frame: AirFrame, rssi: number): void {
    const { src, body } = frame;
    if (body.type === 'probe-response') this.note(src, body, rssi);
    else if (body.type === 'action') this.sink?.onAction?.(src, body.payload, rssi);
    else if (src === this.s.bssid && src !== 0) this.fromAccessPoint(frame);
  }

  /** @internal */
  sent(ticket: number, dst: Mac, acknowledged: boolean): void {
    if (ticket !== TICKET_SUPERVISE) {
      this.sink?.onActionSent?.(ticket, dst, acknowledged);
    } else if (this.s.phase === 'connected' && dst === this.s.bssid) {
      this.s.missed = acknowledged ? 0 : this.s.missed + 1;
      if (this.s.missed >= MAX_MISSED) this.fail('beacon-timeout');
    }
  }

  /** @internal */
  onTimer(sub: number): void {
    if (sub === TIMER_SCAN) {
      this.nextChannel();
      return;
    }
    switch (this.s.phase) {
      case 'authenticating':
        if (this.s.attempts >= STEP_ATTEMPTS) this.fail('auth-timeout');
        else this.step();
        break;
      case 'associating':
        if (this.s.attempts >= STEP_ATTEMPTS) this.fail('assoc-timeout');
        else this.step();
        break;
      case 'handshake':
        this.fail('handshake-timeout');
        break;
      case 'connected':
        this.air.transmit(this.radio, this.s.bssid, { type: 'null' }, TICKET_SUPERVISE);
        this.air.setTimer(this.radio, TIMER_STEP, this.air.now() + SUPERVISE_MICROS);
        break;
      default:
        break;
    }
  }

  /** @internal */
  save(): StationState {
    const copy = (results: readonly ScanResult[]) => results.map((result) => ({ ...result }));
    return { ...this.s, results: copy(this.s.results), found: copy(this.s.found) };
  }

  /** @internal */
  load(state: StationState): void {
    const copy = (results: readonly ScanResult[]) => results.map((result) => ({ ...result }));
    this.s = { ...state, results: copy(state.results), found: copy(state.found) };
  }

  private enter(phase: StationPhase, reason: StationReason): void {
    this.s.phase = phase;
    this.s.reason = reason;
    this.sink?.onPhase?.(phase, reason);
  }

  /** Ends whatever is under way; a scan a program waits for ends with what it found so far. */
  private stopTimers(): void {
    this.air.clearTimer(this.radio, TIMER_STEP);
    this.air.clearTimer(this.radio, TIMER_SCAN);
    this.radio.scanChannel = 0;
    const scanning = this.scanning;
    this.s.scanChannel = 0;
    if (scanning && this.s.scanForUser) this.endScan();
  }

  private leave(): void {
    if (this.s.bssid !== 0) this.air.transmit(this.radio, this.s.bssid, { type: 'deauth', reason: 'leaving' });
    this.stopTimers();
    this.s.bssid = 0;
  }

  /** The network is lost or cannot be joined; a scan a program waits for goes on. */
  private fail(reason: StationReason): void {
    this.air.clearTimer(this.radio, TIMER_STEP);
    this.s.bssid = 0;
    this.enter('failed', reason);
  }

  private startScan(forUser: boolean): void {
    this.s.scanForUser = forUser;
    this.s.results = [];
    this.s.scanChannel = 0;
    this.nextChannel();
  }

  /** Turns to the next channel and asks who is there; after the last one the scan is over. */
  private nextChannel(): void {
    this.s.scanChannel++;
    if (this.s.scanChannel > AIR_CHANNELS) {
      this.s.scanChannel = 0;
      this.radio.scanChannel = 0;
      this.endScan();
      return;
    }
    this.radio.scanChannel = this.s.scanChannel;
    const ssid = this.s.scanForUser ? '' : this.s.ssid;
    this.air.transmit(this.radio, MAC_BROADCAST, { type: 'probe-request', ssid }, 0, this.s.scanChannel);
    this.air.setTimer(this.radio, TIMER_SCAN, this.air.now() + DWELL_MICROS);
  }

  private note(bssid: Mac, body: AirBody & { type: 'probe-response' }, rssi: number): void {
    if (!this.scanning || this.s.results.some((result) => result.bssid === bssid)) return;
    if (this.s.results.length >= MAX_RESULTS) return;
    const { ssid, channel, security, hidden } = body;
    this.s.results.push({ ssid, bssid, channel, rssi, security, hidden });
  }

  private endScan(): void {
    const results = this.s.results.sort((a, b) => b.rssi - a.rssi || a.bssid - b.bssid);
    this.s.results = [];
    if (this.s.scanForUser) {
      this.s.found = results;
      this.sink?.onScan?.(results);
      return;
    }
    const named = results.filter(
      (result) => result.ssid === this.s.ssid && (this.s.wish === 0 || result.bssid === this.s.wish),
    );
    // A key means a protected network is expected, and none means an open one.
    const chosen = named.find((result) => (result.security === 'open') === (this.s.key === ''));
    if (chosen === undefined) {
      this.fail(named.length === 0 ? 'no-ap-found' : 'security-mismatch');
      return;
    }
    this.s.bssid = chosen.bssid;
    this.radio.channel = chosen.channel;
    this.begin('authenticating');
  }

  private begin(phase: 'authenticating' | 'associating'): void {
    this.s.attempts = 0;
    this.enter(phase, '');
    this.step();
  }

  /** Sends the request of the present phase. */
  private step(): void {
    const authenticating = this.s.phase === 'authenticating';
    const body: AirBody = authenticating ? { type: 'auth-request' } : { type: 'assoc-request', ssid: this.s.ssid };
    this.s.attempts++;
    this.air.transmit(this.radio, this.s.bssid, body);
    this.air.setTimer(this.radio, TIMER_STEP, this.air.now() + STEP_MICROS);
  }

  private fromAccessPoint(frame: AirFrame): void {
    const body = frame.body;
    const phase = this.s.phase;
    switch (body.type) {
      case 'auth-response':
        if (phase === 'authenticating') this.begin('associating');
        break;
      case 'assoc-response':
        if (phase === 'associating') this.associated(body.aid);
        break;
      case 'key':
        // The first key message may overtake a lost association response.
        if (phase === 'associating' && body.step === 1) this.associated(0);
        if (this.s.phase === 'handshake' || this.s.phase === 'connected') this.exchangeKey(body);
        break;
      case 'deauth':
        this.dismissed(body.reason);
        break;
      case 'data':
        if (phase === 'connected' && (frame.dst === this.radio.mac || isGroupMac(frame.dst))) this.take(body.frame);
        break;
      default:
        break;
    }
  }

  private associated(aid: number): void {
    this.s.aid = aid;
    if (this.s.key === '') {
      this.connected();
      return;
    }
    this.s.nonce = this.air.prng.next();
    this.enter('handshake', '');
    this.air.setTimer(this.radio, TIMER_STEP, this.air.now() + HANDSHAKE_MICROS);
  }

  private exchangeKey(body: { step: number; nonce: number; proof: number }): void {
    const { key, ssid, nonce } = this.s;
    if (body.step === 1) {
      this.s.apNonce = body.nonce;
      this.say({ type: 'key', step: 2, nonce, proof: keyProof(key, ssid, body.nonce, nonce, 2) });
    } else if (body.step === 3 && body.proof === keyProof(key, ssid, this.s.apNonce, nonce, 3)) {
      this.say({ type: 'key', step: 4, nonce, proof: keyProof(key, ssid, this.s.apNonce, nonce, 4) });
      if (this.s.phase === 'handshake') this.connected();
    }
  }

  private connected(): void {
    this.s.missed = 0;
    this.enter('connected', '');
    this.air.setTimer(this.radio, TIMER_STEP, this.air.now() + SUPERVISE_MICROS);
  }

  private dismissed(reason: DeauthReason): void {
    if (reason === 'full') this.fail('refused');
    else if (reason === 'handshake-timeout' && this.s.phase === 'handshake') this.fail('wrong-password');
    else this.fail('deauthenticated');
  }

  private say(body: AirBody): void {
    this.air.transmit(this.radio, this.s.bssid, body);
  }

  /** A frame for this station; its own broadcasts, which the access point repeats, are not. */
  private take(frame: Uint8Array): void {
    if (frame.length >= ETHERNET_HEADER && getMac(frame, 6) !== this.radio.mac) this.sink?.onFrame(frame);
  }
}
