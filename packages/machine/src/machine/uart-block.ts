/**
 * A UART: what is sent waits in a ring, a FIFO and a shift register, and goes out bit for bit; what comes in fills a FIFO and a ring,
 * and is lost when both are full. Nothing runs while a byte is on its way: frames are put on the line with the time at which they
 * begin, and bytes are taken in when somebody looks. Counterpart: ports/rp2/machine_uart.c, RP2040 datasheet 4.2.
 *
 * Invariant: `sending` are the frames that have not ended, without gaps between them.
 */
import type { Machine } from '../machine.js';
import { decodeFrame, encodeFrame, type Frame, type FrameFormat } from '../serial-lines.js';
import { type Level, samplesOf, type Signal } from '../wave.js';

/** The pins' function number for UARTs. */
export const FUNC_UART = 2;
/** Interrupt lines UART0_IRQ and UART1_IRQ, and their causes, as bits of UARTMIS. */
const LINE = 20;
export const UART_TX_IDLE = 0x20;
export const UART_RX_IDLE = 0x40;
export const UART_BREAK = 0x200;
/** Bits without anything new after which what has come is told of. */
const IDLE_BITS = 32;
/** Bytes still to be sent, one of them on its way, when the transmitter tells that it needs more. */
const TX_LEVEL = 5;
/** Bytes of the FIFOs. */
const FIFO = 32;
/** As a time of waking: there is no event yet. */
const SOMEBODY_WAITS = 1;
/** Bytes of the rings unless the program says otherwise. */
export const RING = 256;

/** Settings of a UART. Plain data. */
export interface UartSettings {
  /** 0: not set up. */
  baudrate: number;
  bits: number;
  /** 0 none, 1 even, 2 odd. */
  parity: number;
  stop: number;
  tx: number;
  rx: number;
  cts: number;
  rts: number;
  /** Milliseconds to wait for the first byte, and between two. */
  timeout: number;
  timeoutChar: number;
  /** Bit 0: what is sent, bit 1: what is received. */
  invert: number;
  rxbuf: number;
  txbuf: number;
}

/** Plain data of {@link UartBlock}. */
export interface UartState {
  readonly settings: UartSettings;
  readonly sending: readonly Frame[];
  readonly arriving: readonly (readonly [number, number])[];
  readonly received: readonly number[];
  readonly lost: number;
  readonly partial: readonly [boolean, boolean];
  readonly wakeAt: number;
  readonly enabled: number;
  readonly due: readonly (readonly [number, number])[];
  readonly raised: number;
  readonly planned: number;
  readonly fresh: number;
  readonly breakArmed: boolean;
  readonly latch: readonly [number, number];
}

/** One of the two UARTs. */
export class UartBlock {
  settings: UartSettings;
  private sending: Frame[] = [];
  /** Bytes on the line: when they are complete, and what they are. */
  private arriving: (readonly [number, number])[] = [];
  private received: number[] = [];
  /** Bytes that found no room. */
  private lost = 0;
  /** The read, or the write, that goes on has moved some bytes: the next wait is one between bytes. */
  readonly partial: [boolean, boolean] = [false, false];
  /** An event wakes those who wait at this time; 0: none does. */
  private wakeAt = 0;
  /** Whole and fractional divisor that were written and wait for the line control register; −1: none was. */
  readonly latch: [number, number] = [-1, -1];
  /** Causes of interrupts that are enabled; when they come, ns; those that have come and are not served. */
  private enabled = 0;
  private due = new Map<number, number>();
  private raised = 0;
  /** Number of the clock's event for the next one; 0: there is none. */
  private planned = 0;
  /** Bytes that have come since the program read last. */
  private fresh = 0;
  /** A valid byte has come since the last break: the next one is told of. */
  private breakArmed = true;
  /** Serves an interrupt. */
  onInterrupt: (causes: number) => void = () => undefined;

  constructor(
    private readonly machine: Machine,
    readonly id: number,
  ) {
    const first = 4 * id;
    this.settings = {
      baudrate: 0,
      bits: 8,
      parity: 0,
      stop: 1,
      tx: first,
      rx: first + 1,
      cts: first + 2,
      rts: first + 3,
      timeout: 0,
      timeoutChar: 0,
      invert: 0,
      rxbuf: RING,
      txbuf: RING,
    };
    machine.vm.clock.on(`uart${id}`, () => {
      this.wakeAt = 0;
    });
    machine.vm.clock.on(this.dueEvent, () => this.raise(), 'at-once');
    machine.vm.interrupts.connect(LINE + id, () => {
      const causes = this.raised;
      this.raised = 0;
      if (causes !== 0) this.onInterrupt(causes);
    });
  }

  // ---- interrupts

  private get dueEvent(): string {
    return `uart${this.id}-irq`;
  }
  /** Enables exactly these causes, for what happens from now on. */
  enable(causes: number): void {
    this.catchUp();
    this.fresh = 0;
    this.enabled = causes;
    this.raised &= causes;
    for (const cause of [...this.due.keys()]) if ((cause & causes) === 0) this.due.delete(cause);
    const last = this.arriving.at(-1);
    if (last !== undefined) this.causeAt(UART_RX_IDLE, last[0] + IDLE_BITS * this.bitNs);
    this.plan();
  }
  /** A cause comes at a time, instead of when it was to come. */
  private causeAt(cause: number, ns: number): void {
    if ((this.enabled & cause) === 0) return;
    this.due.set(cause, ns);
    this.plan();
  }
  private plan(): void {
    const { clock } = this.machine.vm;
    if (this.planned !== 0) clock.cancel(this.planned);
    this.planned = 0;
    if (this.due.size === 0) return;
    this.planned = clock.schedule(Math.ceil(Math.min(...this.due.values())), this.dueEvent);
    this.machine.vm.attention = true;
  }
  private raise(): void {
    this.planned = 0;
    const now = this.machine.now();
    this.catchUp();
    for (const [cause, ns] of [...this.due]) {
      if (ns > now) continue;
      this.due.delete(cause);
      // nothing is told of bytes that were read at once
      if (cause !== UART_RX_IDLE || this.fresh > 0) this.raised |= cause;
      if (cause === UART_RX_IDLE) this.fresh = 0;
    }
    if (this.raised !== 0) this.machine.vm.interrupts.request(LINE + this.id);
    this.plan();
  }

  /** Starts with the present settings, which may have changed. */
  start(): void {
    const { gpio } = this.machine;
    const { tx, rx } = this.settings;
    gpio.setFunction(tx, FUNC_UART);
    gpio.setFunction(rx, FUNC_UART);
    gpio.refresh(tx, this.machine.now());
  }
  /** Empties both rings. */
  clear(): void {
    this.received = [];
    this.arriving = [];
  }
  /** Lets what is being sent out, then stops. */
  stop(): void {
    if (this.settings.baudrate === 0) return;
    this.machine.spend(Math.max(0, this.sentBy() - this.machine.now()));
    this.settings.baudrate = 0;
    this.clear();
    this.machine.gpio.refresh(this.settings.tx, this.machine.now());
  }
  /** At once, as a reset does. */
  reset(): void {
    this.sending = [];
    this.settings.baudrate = 0;
    this.latch.fill(-1);
    this.enable(0);
    this.clear();
    this.machine.gpio.refresh(this.settings.tx, this.machine.now());
  }

  /** The divider of the clock, in 64ths: whole and fractional divisor. Counterpart: uart_set_baudrate. */
  get divisor(): number {
    const div = Math.floor((8 * this.machine.periHz) / Math.max(1, this.settings.baudrate)) + 1;
    const whole = div >> 7;
    const [i, f] = whole === 0 ? [1, 0] : whole >= 65535 ? [65535, 0] : [whole, (div & 0x7f) >> 1];
    return 64 * i + f;
  }
  /** Nanoseconds of a bit, as the divider makes it. */
  get bitNs(): number {
    return (1e9 * this.divisor) / (4 * this.machine.periHz);
  }
  private format(receiving: boolean): FrameFormat {
    const { bits, parity, stop, invert } = this.settings;
    const inverted = (invert & (receiving ? 2 : 1)) !== 0;
    return { bitNs: this.bitNs, bits, parity: (['none', 'even', 'odd'] as const)[parity] ?? 'none', stop, inverted };
  }

  // ---- sending

  /** How many bytes can be written now. */
  room(): number {
    this.forgetSent();
    return this.settings.txbuf + FIFO + 1 - this.sending.length;
  }
  /** When everything will have been sent, ns. */
  sentBy(): number {
    const last = this.sending[this.sending.length - 1];
    return last === undefined ? 0 : endOf(last);
  }
  /** Whether everything has been sent. */
  get idle(): boolean {
    return this.sentBy() <= this.machine.now();
  }
  /** Sends bytes; there must be room. */
  send(bytes: Uint8Array): void {
    const format = this.format(false);
    for (const byte of bytes) this.put(encodeFrame(byte, format), format.bitNs);
    const last = this.sending.at(-TX_LEVEL);
    if (this.sending.length > TX_LEVEL && last !== undefined) this.causeAt(UART_TX_IDLE, last.start);
    this.machine.gpio.refresh(this.settings.tx, this.machine.now());
  }
  /** Holds the line at 0 for 13 bits, once what is under way has been sent. */
  sendBreak(): void {
    const { bitNs, inverted } = this.format(false);
    const ns = Math.floor(13_000_000 / Math.max(1, this.settings.baudrate) + 1) * 1000;
    const bits = Math.max(1, Math.floor(ns / bitNs));
    const [low, high] = inverted ? ['1', '0'] : ['0', '1'];
    this.put(low.repeat(bits) + high, bitNs);
    this.machine.gpio.refresh(this.settings.tx, this.machine.now());
    this.machine.spend(ns);
  }
  private put(levels: string, bitNs: number): void {
    this.forgetSent();
    const frame = { start: Math.max(this.machine.now(), this.sentBy()), bitNs, levels };
    this.sending.push(frame);
    if (this.machine.gpio.functionOf(this.settings.tx) === FUNC_UART) this.machine.lines.send(this.settings.tx, frame);
  }
  private forgetSent(): void {
    const now = this.machine.now();
    while (this.sending[0] !== undefined && endOf(this.sending[0]) <= now) this.sending.shift();
  }

  /** What the block puts on a pin. */
  output(pin: number): Signal | undefined {
    const { tx, baudrate, invert } = this.settings;
    if (pin !== tx || baudrate === 0) return undefined;
    const idle: Level = (invert & 1) !== 0 ? 0 : 1;
    this.forgetSent();
    const [first] = this.sending;
    if (first === undefined) return idle;
    const levels = this.sending.flatMap((f) => Array.from(f.levels, (c): Level => (c === '1' ? 1 : 0)));
    return samplesOf(first.start, first.bitNs, levels, idle);
  }

  // ---- receiving

  /** A frame begins on a pin. */
  hear(pin: number, frame: Frame): void {
    const { rx, baudrate } = this.settings;
    if (pin !== rx || baudrate === 0 || this.machine.gpio.functionOf(rx) !== FUNC_UART) return;
    const got = decodeFrame(frame, this.format(true));
    if (got === undefined) return;
    // breaks are told by an interrupt, not as bytes
    if (got.isBreak) {
      if (this.breakArmed) this.causeAt(UART_BREAK, got.at);
      this.breakArmed = false;
      return;
    }
    this.breakArmed = true;
    this.causeAt(UART_RX_IDLE, Math.max(got.at, this.arriving.at(-1)?.[0] ?? 0) + IDLE_BITS * this.bitNs);
    this.arriving.push([got.at, got.byte]);
    this.arriving.sort((a, b) => a[0] - b[0]);
    // somebody may be waiting already
    if (this.wakeAt !== 0) this.wake();
  }
  /** Bytes that can be read. */
  available(): number {
    this.catchUp();
    return Math.min(this.received.length, this.settings.rxbuf);
  }
  /** Takes up to `n` bytes. */
  take(n: number): number[] {
    this.catchUp();
    this.fresh = 0;
    return this.received.splice(0, n);
  }
  /** Bytes that were lost for want of room. */
  get overruns(): number {
    this.catchUp();
    return this.lost;
  }
  /** Has an event end the wait of who waits for bytes, when the next one is complete. */
  wake(): void {
    const [next] = this.arriving;
    // none is on its way: one that comes will see that somebody waits
    if (next === undefined) this.wakeAt = Math.max(this.wakeAt, SOMEBODY_WAITS);
    else this.wakeBy(next[0]);
  }
  /** Has an event end the wait of who waits for room. */
  wakeForRoom(): void {
    const [first] = this.sending;
    if (first !== undefined) this.wakeBy(endOf(first));
  }
  private wakeBy(ns: number): void {
    if (this.wakeAt > SOMEBODY_WAITS && this.wakeAt <= ns) return;
    this.wakeAt = ns;
    this.machine.vm.clock.schedule(Math.ceil(ns), `uart${this.id}`);
    this.machine.vm.attention = true;
  }
  private catchUp(): void {
    const now = this.machine.now();
    while (this.arriving[0] !== undefined && this.arriving[0][0] <= now) {
      const [, byte] = this.arriving.shift() as readonly [number, number];
      this.fresh++;
      if (this.received.length < this.settings.rxbuf + FIFO) this.received.push(byte);
      else this.lost++;
    }
  }

  /** Its state as plain data. */
  save(): UartState {
    this.catchUp();
    this.forgetSent();
    return {
      settings: { ...this.settings },
      sending: [...this.sending],
      arriving: [...this.arriving],
      received: [...this.received],
      lost: this.lost,
      partial: [...this.partial],
      wakeAt: this.wakeAt,
      enabled: this.enabled,
      due: [...this.due],
      raised: this.raised,
      planned: this.planned,
      fresh: this.fresh,
      breakArmed: this.breakArmed,
      latch: [...this.latch],
    };
  }
  /** Takes on a saved state. */
  load(state: UartState): void {
    this.settings = { ...state.settings };
    this.sending = [...state.sending];
    this.arriving = [...state.arriving];
    this.received = [...state.received];
    this.lost = state.lost;
    [this.partial[0], this.partial[1]] = state.partial;
    this.wakeAt = state.wakeAt;
    this.enabled = state.enabled;
    this.due = new Map(state.due);
    this.raised = state.raised;
    this.planned = state.planned;
    this.fresh = state.fresh;
    this.breakArmed = state.breakArmed;
    [this.latch[0], this.latch[1]] = state.latch;
  }
}

function endOf(f: Frame): number {
  return f.start + f.levels.length * f.bitNs;
}
