/**
 * What travels through the air, and what a radio is to it.
 */
import type { Mac } from './address.js';

/** Channels of the band. */
export const AIR_CHANNELS = 13;

/** How a network is protected. */
export type WlanSecurity = 'open' | 'wep' | 'wpa' | 'wpa2' | 'wpa-wpa2' | 'wpa3' | 'wpa2-wpa3';

/** Why an access point or a station ends, or refuses, an association. */
export type DeauthReason = 'leaving' | 'kicked' | 'full' | 'handshake-timeout' | 'not-associated' | 'stopping';

/** What a frame says. */
export type AirBody =
  /** An Ethernet II frame between members of a network. */
  | { type: 'data'; frame: Uint8Array }
  /** A vendor's action frame, outside any association. */
  | { type: 'action'; payload: Uint8Array }
  /** An empty frame: are you there? */
  | { type: 'null' }
  | { type: 'probe-request'; ssid: string }
  | { type: 'probe-response'; ssid: string; channel: number; security: WlanSecurity; hidden: boolean }
  | { type: 'auth-request' }
  | { type: 'auth-response' }
  | { type: 'assoc-request'; ssid: string }
  | { type: 'assoc-response'; aid: number }
  /** The four messages that prove both ends know the key. */
  | { type: 'key'; step: number; nonce: number; proof: number }
  | { type: 'deauth'; reason: DeauthReason };

/** A frame on the air. */
export interface AirFrame {
  src: Mac;
  dst: Mac;
  body: AirBody;
}

/** A transmitter and receiver. */
export interface Radio {
  id: number;
  mac: Mac;
  on: boolean;
  channel: number;
  /** A second channel it listens to while scanning, 0 for none. */
  scanChannel: number;
  /** Ids of its frames that wait, in order; the first is being sent. */
  queue: number[];
}

/** What a radio's owner does with what is heard. */
export interface RadioOwner {
  readonly radio: Radio;
  /** A frame for this radio, or for all, was heard. */
  heard(frame: AirFrame, rssi: number): void;
  /** A frame sent with a ticket other than 0 is done: acknowledged, or given up. Frames to all are never acknowledged. */
  sent(ticket: number, dst: Mac, acknowledged: boolean): void;
  /** One of its timers ran. */
  onTimer(sub: number): void;
}
