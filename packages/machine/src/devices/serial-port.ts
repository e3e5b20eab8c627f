/** The other end of a UART: a terminal, a GPS receiver, a modem, as the host plays it. */
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';
import { decodeFrame, encodeFrame, type FrameFormat } from '../serial-lines.js';

/** How it is wired, and the format of its bytes. */
export interface SerialPortOptions {
  /** The board's pin that it listens to: the TX of a UART. */
  readonly tx?: number | string | undefined;
  /** The board's pin that it drives: the RX of a UART. */
  readonly rx?: number | string | undefined;
  /** Bits a second; 115,200 unless given. */
  readonly baudrate?: number | undefined;
  readonly bits?: number | undefined;
  readonly parity?: 'none' | 'even' | 'odd' | undefined;
  readonly stop?: number | undefined;
}

/** Plain data of {@link SerialPort}. */
export interface SerialPortState {
  readonly received: readonly number[];
  readonly freeAt: number;
}

/** A serial port outside the board. */
export class SerialPort implements Device {
  private readonly bytes: number[] = [];
  /** When its line is free again, ns. */
  private freeAt = 0;
  private pins: DevicePins | undefined;
  private readonly format: FrameFormat;

  constructor(
    readonly name: string,
    readonly options: SerialPortOptions,
  ) {
    const baudrate = options.baudrate ?? 115_200;
    if (!(baudrate > 0)) throw new MachineUsageError('baudrate', `${baudrate} is no number of bits a second`);
    this.format = {
      bitNs: 1e9 / baudrate,
      bits: options.bits ?? 8,
      parity: options.parity ?? 'none',
      stop: options.stop ?? 1,
      inverted: false,
    };
  }

  /** Puts it on its pins. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    const { tx, rx } = this.options;
    if (rx !== undefined) pins.drive(rx, this.name, 1);
    if (tx === undefined) return;
    pins.onSerial(tx, (frame) => {
      const got = decodeFrame(frame, this.format);
      if (got !== undefined && !got.isBreak) this.bytes.push(got.byte);
    });
  }
  /** Everything that the board has begun to send so far. */
  get received(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
  /** Sends bytes to the board: now, or at a later time (ns), one after the other. */
  send(bytes: Uint8Array | string, at?: number): void {
    const data = typeof bytes === 'string' ? Array.from(bytes, (c) => c.charCodeAt(0) & 0xff) : Array.from(bytes);
    if (this.pins === undefined || this.options.rx === undefined)
      throw new MachineUsageError('not-attached', `the serial port '${this.name}' drives no pin`);
    this.pins.stimulate({ bytes: data }, at);
  }
  /** Bytes from the journal. */
  stimulus(data: unknown): void {
    const { bytes } = data as { readonly bytes?: unknown };
    const { rx } = this.options;
    if (!Array.isArray(bytes) || this.pins === undefined || rx === undefined) return;
    const { bitNs } = this.format;
    for (const byte of bytes) {
      const levels = encodeFrame(Number(byte), this.format);
      const start = Math.max(this.freeAt, this.pins.now());
      this.freeAt = start + levels.length * bitNs;
      this.pins.sendSerial(rx, { start, bitNs, levels });
    }
  }

  /** What it has received, and what it is sending. */
  save(): SerialPortState {
    return { received: [...this.bytes], freeAt: this.freeAt };
  }
  /** Takes on a saved state. */
  load(state: unknown): void {
    const s = state as SerialPortState;
    this.bytes.length = 0;
    this.bytes.push(...s.received);
    this.freeAt = s.freeAt;
  }
}
