/**
 * An access point on the air: answers probes, lets stations in, relays their frames, throws them out.
 *
 * Frames of members go to the access point, which hands over those for itself and repeats those for other members, as an
 * 802.11 infrastructure network does.
 */
import type { Mac } from './address.js';
import { MAC_BROADCAST, getMac, isGroupMac } from './address.js';
import type { AirBody, AirFrame, DeauthReason, Radio, RadioOwner, WlanSecurity } from './air-frame.js';
import { AIR_CHANNELS } from './air-frame.js';
import type { Air } from './air.js';
import { NetError, checkInteger } from './errors.js';
import { ETHERNET_HEADER, ETHERNET_MAX_FRAME } from './ethernet.js';
import { keyProof } from './wlan-key.js';

/** How an access point is set up. */
export interface AccessPointOptions {
  /** 1..32 characters of Latin-1. */
  ssid: string;
  channel: number;
  security: WlanSecurity;
  /** Empty for an open network, 8..63 characters for WPA, 5 or 13 for WEP. */
  key: string;
  /** Whether the name is told only to who asks for it. */
  hidden?: boolean;
  /** Members at a time, at most 32; 4 unless given. */
  maxStations?: number;
}

/** A station that is, or is about to be, a member. */
export interface WlanMember {
  mac: Mac;
  aid: number;
  state: 'authenticated' | 'handshake' | 'joined';
  nonce: number;
  attempts: number;
  /** Frames to it that were given up in a row. */
  failures: number;
}

/** Told what happens at an access point. */
export interface AccessPointSink {
  /** A frame for the access point, or for all. */
  onFrame(frame: Uint8Array): void;
  /** A station became a member or ceased to be one. */
  onStation?(mac: Mac, joined: boolean): void;
}

/** Plain data of an {@link AccessPoint}; its radio is saved with the air. */
export interface AccessPointState {
  options: Required<AccessPointOptions>;
  members: WlanMember[];
  enabled: boolean;
}

const MAX_STATIONS = 32;
/** Time to answer a message of the key exchange, and how often it is sent. */
const HANDSHAKE_MICROS = 1_000_000;
const HANDSHAKE_ATTEMPTS = 4;
/** Time from authentication to association. */
const AUTH_MICROS = 2_000_000;
/** Given-up frames after which a member counts as gone. */
const MAX_FAILURES = 5;
/** Time for the farewells of a polite stop. */
const FAREWELL_MICROS = 100_000;
const TICKET_MEMBER = 1;
/** Members' timers have their association ids, which start at 1. */
const TIMER_STOP = 0;

/** An access point; made by `Air.addAccessPoint()`. */
export class AccessPoint implements RadioOwner {
  /** @internal */
  readonly radio: Radio;
  /** Told what happens. Not saved. */
  sink: AccessPointSink | null = null;
  private readonly air: Air;
  private options: Required<AccessPointOptions>;
  private members: WlanMember[] = [];
  /** The radio stays on a little longer, for the farewells of a polite stop. */
  private enabled = false;

  /** @internal */
  constructor(air: Air, radio: Radio, options: AccessPointOptions) {
    this.air = air;
    this.radio = radio;
    this.options = checkOptions(options);
  }

  /** The network's hardware address. */
  get bssid(): Mac {
    return this.radio.mac;
  }

  /** Whether it is on the air. */
  get active(): boolean {
    return this.enabled;
  }

  /** Its settings. */
  get settings(): Readonly<Required<AccessPointOptions>> {
    return this.options;
  }

  /** Hardware addresses of the members. */
  stations(): Mac[] {
    return this.members.filter((member) => member.state === 'joined').map((member) => member.mac);
  }

  /** Changes the settings; only while it is off the air. */
  configure(options: AccessPointOptions): void {
    if (this.enabled) throw new NetError('bad-state', 'an access point that is off', `${this.options.ssid} on`);
    this.options = checkOptions(options);
  }

  /** Changes the key that newcomers have to know, also while it is on the air. */
  changeKey(key: string): void {
    this.options = checkOptions({ ...this.options, key });
  }

  /** Goes on the air. */
  start(): void {
    this.air.clearTimer(this.radio, TIMER_STOP);
    this.radio.channel = this.options.channel;
    this.radio.on = true;
    this.enabled = true;
  }

  /** Goes off the air. `politely` tells the members; otherwise they find out as after a power failure. */
  stop(politely: boolean): void {
    if (!this.enabled) return;
    this.enabled = false;
    for (const member of this.members.slice()) {
      if (politely) this.dismiss(member, 'stopping');
      else this.forget(member);
    }
    if (politely) this.air.setTimer(this.radio, TIMER_STOP, this.air.now() + FAREWELL_MICROS);
    else this.radio.on = false;
  }

  /** Throws a member out; false when it is none. */
  kick(mac: Mac): boolean {
    const member = this.find(mac);
    if (member === undefined) return false;
    this.dismiss(member, 'kicked');
    return true;
  }

  /** Sends a frame of the access point's own to a member or to all; false when it cannot. */
  send(frame: Uint8Array): boolean {
    if (!this.enabled || frame.length < ETHERNET_HEADER || frame.length > ETHERNET_MAX_FRAME) return false;
    return this.forward(frame);
  }

  /** @internal What a member sends before it proved the key is dropped; strangers are told that they are. */
  heard(frame: AirFrame): void {
    if (!this.enabled) return;
    const { src, body } = frame;
    const member = this.find(src);
    switch (body.type) {
      case 'probe-request':
        this.answerProbe(src, body.ssid);
        break;
      case 'auth-request':
        this.authenticate(src, member);
        break;
      case 'assoc-request':
        this.associate(src, member, body.ssid);
        break;
      case 'key':
        if (member !== undefined && member.state === 'handshake') this.checkKey(member, body);
        break;
      case 'deauth':
        if (member !== undefined) this.forget(member);
        break;
      case 'data':
      case 'null':
        if (frame.dst !== this.radio.mac) break;
        if (member === undefined) this.say(src, { type: 'deauth', reason: 'not-associated' });
        else if (member.state === 'joined' && body.type === 'data') this.relay(src, body.frame);
        break;
      default:
        break;
    }
  }

  /** @internal */
  sent(_ticket: number, dst: Mac, acknowledged: boolean): void {
    const member = this.find(dst);
    if (member === undefined) return;
    if (acknowledged) member.failures = 0;
    else if (++member.failures >= MAX_FAILURES) this.forget(member);
  }

  /** @internal A member took too long with its next step, or the farewells are said. */
  onTimer(sub: number): void {
    if (sub === TIMER_STOP) {
      this.radio.on = false;
      return;
    }
    const member = this.members.find((m) => m.aid === sub);
    if (member === undefined) return;
    if (member.state === 'handshake' && member.attempts < HANDSHAKE_ATTEMPTS) this.sendFirstKey(member);
    else this.dismiss(member, 'handshake-timeout');
  }

  /** @internal */
  save(): AccessPointState {
    return {
      options: { ...this.options },
      members: this.members.map((member) => ({ ...member })),
      enabled: this.enabled,
    };
  }

  /** @internal */
  load(state: AccessPointState): void {
    this.options = { ...state.options };
    this.members = state.members.map((member) => ({ ...member }));
    this.enabled = state.enabled;
  }

  private find(mac: Mac): WlanMember | undefined {
    return this.members.find((member) => member.mac === mac);
  }

  private say(dst: Mac, body: AirBody): void {
    this.air.transmit(this.radio, dst, body);
  }

  private answerProbe(src: Mac, ssid: string): void {
    const { channel, security, hidden } = this.options;
    if (ssid !== '' && ssid !== this.options.ssid) return;
    // To a general question a hidden network answers without its name, as its beacons would.
    const name = hidden && ssid === '' ? '' : this.options.ssid;
    this.say(src, { type: 'probe-response', ssid: name, channel, security, hidden });
  }

  private authenticate(src: Mac, known: WlanMember | undefined): void {
    if (known !== undefined) this.forget(known);
    if (this.members.length >= this.options.maxStations) {
      this.say(src, { type: 'deauth', reason: 'full' });
      return;
    }
    let aid = 1;
    while (this.members.some((member) => member.aid === aid)) aid++;
    this.members.push({ mac: src, aid, state: 'authenticated', nonce: 0, attempts: 0, failures: 0 });
    this.air.setTimer(this.radio, aid, this.air.now() + AUTH_MICROS);
    this.say(src, { type: 'auth-response' });
  }

  private associate(src: Mac, member: WlanMember | undefined, ssid: string): void {
    if (member === undefined || ssid !== this.options.ssid) {
      this.say(src, { type: 'deauth', reason: 'not-associated' });
      return;
    }
    if (member.state !== 'authenticated') {
      // Our answer was lost.
      this.say(src, { type: 'assoc-response', aid: member.aid });
      return;
    }
    this.say(src, { type: 'assoc-response', aid: member.aid });
    if (this.options.security === 'open') {
      this.admit(member);
    } else {
      member.state = 'handshake';
      member.nonce = this.air.prng.next();
      this.sendFirstKey(member);
    }
  }

  private sendFirstKey(member: WlanMember): void {
    member.attempts++;
    this.say(member.mac, { type: 'key', step: 1, nonce: member.nonce, proof: 0 });
    this.air.setTimer(this.radio, member.aid, this.air.now() + HANDSHAKE_MICROS);
  }

  private checkKey(member: WlanMember, body: { step: number; nonce: number; proof: number }): void {
    const { ssid, key } = this.options;
    if (body.step === 2) {
      // A wrong proof is met with silence, and the exchange runs out of time.
      if (body.proof !== keyProof(key, ssid, member.nonce, body.nonce, 2)) return;
      const proof = keyProof(key, ssid, member.nonce, body.nonce, 3);
      this.say(member.mac, { type: 'key', step: 3, nonce: member.nonce, proof });
    } else if (body.step === 4 && body.proof === keyProof(key, ssid, member.nonce, body.nonce, 4)) {
      this.admit(member);
    }
  }

  private admit(member: WlanMember): void {
    member.state = 'joined';
    member.failures = 0;
    this.air.clearTimer(this.radio, member.aid);
    this.sink?.onStation?.(member.mac, true);
  }

  private relay(src: Mac, frame: Uint8Array): void {
    if (frame.length < ETHERNET_HEADER || frame.length > ETHERNET_MAX_FRAME || getMac(frame, 6) !== src) return;
    const dst = getMac(frame, 0);
    const group = isGroupMac(dst);
    if (group || dst === this.radio.mac) this.sink?.onFrame(frame);
    if (group || dst !== this.radio.mac) this.forward(frame);
  }

  private forward(frame: Uint8Array): boolean {
    const dst = getMac(frame, 0);
    const body: AirBody = { type: 'data', frame };
    if (isGroupMac(dst)) return this.air.transmit(this.radio, MAC_BROADCAST, body);
    if (this.find(dst)?.state !== 'joined') return false;
    return this.air.transmit(this.radio, dst, body, TICKET_MEMBER);
  }

  private dismiss(member: WlanMember, reason: DeauthReason): void {
    this.say(member.mac, { type: 'deauth', reason });
    this.forget(member);
  }

  private forget(member: WlanMember): void {
    const at = this.members.indexOf(member);
    if (at < 0) return;
    this.members.splice(at, 1);
    this.forgotten(member);
  }

  private forgotten(member: WlanMember): void {
    this.air.clearTimer(this.radio, member.aid);
    if (member.state === 'joined') this.sink?.onStation?.(member.mac, false);
  }
}

/** Whether a text can be a network's name. */
export function isSsid(ssid: string): boolean {
  if (ssid.length < 1 || ssid.length > 32) return false;
  for (let i = 0; i < ssid.length; i++) {
    if (ssid.charCodeAt(i) > 255) return false;
  }
  return true;
}

/** Whether a text can be the key of a network. */
export function isWlanKey(security: WlanSecurity, key: string): boolean {
  if (security === 'open') return key === '';
  if (security === 'wep') return key.length === 5 || key.length === 13;
  return key.length >= 8 && key.length <= 63;
}

function checkOptions(options: AccessPointOptions): Required<AccessPointOptions> {
  if (!isSsid(options.ssid))
    throw new NetError('bad-argument', 'an SSID of 1..32 characters', JSON.stringify(options.ssid));
  if (!isWlanKey(options.security, options.key)) {
    throw new NetError('bad-argument', `a key for ${options.security}`, `${options.key.length} characters`);
  }
  return {
    ssid: options.ssid,
    channel: checkInteger('channel', options.channel, 1, AIR_CHANNELS),
    security: options.security,
    key: options.key,
    hidden: options.hidden ?? false,
    maxStations: checkInteger('maxStations', options.maxStations ?? 4, 1, MAX_STATIONS),
  };
}
