/**
 * Errors and error numbers of the network package.
 *
 * Three kinds, never mixed. A peer's bytes can only cause a {@link DecodeError}, which the stack catches and counts. A
 * program's operations return a negative error number ({@link Errno}), because failing is a normal outcome of a socket
 * call. A host that misuses the API gets a {@link NetError}.
 */

/** The layer whose decoder refused a packet. */
export type DecodeLayer = 'ethernet' | 'arp' | 'ipv4' | 'icmp' | 'udp' | 'tcp' | 'dhcp' | 'dns';

/** Thrown by every decoder, and only by decoders, for bytes that are not a valid packet. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly layer: DecodeLayer;

  constructor(layer: DecodeLayer, reason: string) {
    super(`${layer}: ${reason}`);
    this.layer = layer;
  }
}

/** What a {@link NetError} says went wrong. */
export type NetErrorCode = 'bad-address' | 'bad-argument' | 'bad-state' | 'duplicate' | 'limit' | 'unknown-id';

/** Thrown when the embedding host calls the API in a way that can never be right. */
export class NetError extends Error {
  override readonly name = 'NetError';
  readonly code: NetErrorCode;
  readonly expected: string;
  readonly got: string;

  constructor(code: NetErrorCode, expected: string, got: string) {
    super(`expected ${expected}, got ${got}`);
    this.code = code;
    this.expected = expected;
    this.got = got;
  }
}

/** Refuses a host argument unless it is an integer in `[low, high]`. */
export function checkInteger(what: string, value: number, low: number, high: number): number {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new NetError('bad-argument', `${what} in ${low}..${high}`, String(value));
  }
  return value;
}

/**
 * Error numbers as MicroPython's `errno` has them (Linux values). Socket operations return them negated, so that one
 * number carries either a count or a failure.
 */
export const Errno = {
  EIO: 5,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EINVAL: 22,
  EPIPE: 32,
  EDESTADDRREQ: 89,
  EMSGSIZE: 90,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  ENOBUFS: 105,
  EISCONN: 106,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  EALREADY: 114,
  EINPROGRESS: 115,
} as const;
