/** Numbers of sockets that programs see, and their states, apart from the sockets themselves: the module needs them before. */

/** `SOCK_STREAM` and `SOCK_DGRAM`. */
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
/** Flags of `recv()`. */
export const MSG_PEEK = 1;
export const MSG_DONTWAIT = 2;

/** States of a socket; a negative one is an lwIP error. */
export const enum SockState {
  New = 0,
  Listening = 1,
  Connecting = 2,
  Connected = 3,
  ActiveUdp = 4,
  PeerClosed = 5,
  PeerRstHandled = 6,
  /** ERR_ABRT: given up after too many retransmissions. */
  Aborted = -13,
  /** ERR_RST */
  Reset = -14,
  /** ERR_CLSD */
  Closed = -15,
  /** Closed here. */
  BadFile = -17,
}
