/**
 * Serial lines: frames of bits that a transmitter puts on a pin, and who hears them. A frame is known as a whole when it begins;
 * a receiver samples it at its own speed, so a wrong speed or format garbles as it does on a board.
 */

/** Bits that follow each other on a line. Plain data. */
export interface Frame {
  /** When its first bit begins, ns. */
  readonly start: number;
  readonly bitNs: number;
  /** The line's levels, a character each: start bit, data from the lowest bit, parity, stop. */
  readonly levels: string;
}

/** How a sender or receiver has its frames. */
export interface FrameFormat {
  /** Nanoseconds of a bit. */
  readonly bitNs: number;
  readonly bits: number;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stop: number;
  readonly inverted: boolean;
}

/** What a receiver makes of a frame. */
export interface Received {
  /** When its last bit was sampled, ns. */
  readonly at: number;
  readonly byte: number;
  /** Nothing but zeros, the stop bit too. */
  readonly isBreak: boolean;
}

function invert(levels: string): string {
  return levels.replace(/./g, (c) => (c === '0' ? '1' : '0'));
}

/** The levels of a byte. */
export function encodeFrame(byte: number, f: FrameFormat): string {
  let levels = '0';
  let ones = 0;
  for (let i = 0; i < f.bits; i++) {
    const bit = (byte >> i) & 1;
    ones += bit;
    levels += bit;
  }
  if (f.parity !== 'none') levels += (ones & 1) ^ (f.parity === 'odd' ? 1 : 0);
  levels += '1'.repeat(f.stop);
  return f.inverted ? invert(levels) : levels;
}

/** What a receiver of format `f` samples from a frame; undefined when it sees no start bit. */
export function decodeFrame(frame: Frame, f: FrameFormat): Received | undefined {
  const levels = f.inverted ? invert(frame.levels) : frame.levels;
  const level = (bit: number): number => {
    const i = Math.floor(((bit + 0.5) * f.bitNs) / frame.bitNs);
    return levels[i] === '0' ? 0 : 1;
  };
  if (level(0) === 1) return undefined;
  let byte = 0;
  for (let i = 0; i < f.bits; i++) byte |= level(1 + i) << i;
  const last = f.bits + (f.parity === 'none' ? 1 : 2);
  const at = frame.start + (last + 0.5) * f.bitNs;
  return { at, byte, isBreak: byte === 0 && level(last) === 0 };
}

/** Hears the frames on a pin. */
export type FrameListener = (frame: Frame) => void;

/** Who is connected with whom. */
export class SerialLines {
  private readonly listeners: (readonly [number, FrameListener])[] = [];
  private readonly wires: (readonly [number, number])[] = [];

  /** Calls `listener` for every frame that reaches a pin. */
  listen(pin: number, listener: FrameListener): void {
    this.listeners.push([pin, listener]);
  }
  /** What is sent on pin `from` reaches pin `to`. */
  wire(from: number, to: number): void {
    this.wires.push([from, to]);
  }
  /** A frame begins on a pin. */
  send(pin: number, frame: Frame): void {
    for (const reached of this.reachedFrom(pin)) {
      for (const [at, listener] of this.listeners) if (at === reached) listener(frame);
    }
  }
  private reachedFrom(pin: number): Set<number> {
    const reached = new Set([pin]);
    for (const at of reached) for (const [from, to] of this.wires) if (from === at) reached.add(to);
    return reached;
  }
}
