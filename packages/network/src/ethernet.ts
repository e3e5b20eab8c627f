/**
 * Ethernet II framing, without the check sequence and without padding.
 *
 *     0       6       12     14
 *     | dst 6 | src 6 | type | payload …
 *
 * Radios and wires here carry frames of this form. A payload may come padded to Ethernet's minimum: the layer above
 * uses its own length field.
 */
import { getMac, putMac } from './address.js';
import type { Mac } from './address.js';
import { get16, put16 } from './bytes.js';
import { DecodeError } from './errors.js';

/** Bytes before the payload. */
export const ETHERNET_HEADER = 14;
/** EtherType of IPv4. */
export const ETHERTYPE_IPV4 = 0x0800;
/** EtherType of ARP. */
export const ETHERTYPE_ARP = 0x0806;
/** The longest frame any receiver here takes: 1500 bytes of payload and the header. */
export const ETHERNET_MAX_FRAME = 1514;

/** A decoded frame; `payload` is a view of the frame. */
export interface EthernetFrame {
  dst: Mac;
  src: Mac;
  etherType: number;
  payload: Uint8Array;
}

/** Decodes a frame, or throws DecodeError. */
export function decodeEthernet(frame: Uint8Array): EthernetFrame {
  if (frame.length < ETHERNET_HEADER) throw new DecodeError('ethernet', `${frame.length} bytes are no frame`);
  if (frame.length > ETHERNET_MAX_FRAME) throw new DecodeError('ethernet', `${frame.length} bytes are too many`);
  return {
    dst: getMac(frame, 0),
    src: getMac(frame, 6),
    etherType: get16(frame, 12),
    payload: frame.subarray(ETHERNET_HEADER),
  };
}

/** Builds a frame around a copy of `payload`. */
export function encodeEthernet(dst: Mac, src: Mac, etherType: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(ETHERNET_HEADER + payload.length);
  putMac(frame, 0, dst);
  putMac(frame, 6, src);
  put16(frame, 12, etherType);
  frame.set(payload, ETHERNET_HEADER);
  return frame;
}
