/**
 * The ADC: five inputs, 12 bits, 96 cycles of 48 MHz a conversion. Conversions cost nothing: what one gave is computed from when it
 * began. Counterpart: RP2040 datasheet, 4.9. The FIFO and its interrupt are not modelled: their registers read 0.
 *
 * Invariant: `settle()` has brought the registers up to the present before one is read.
 */
import { Aliased } from './aliased.js';

/** Where the block is on the bus. */
export const ADC_BASE = 0x4004c000;
/** First pin of the inputs 0 to 3. */
export const ADC_FIRST_PIN = 26;
/** Inputs in all; the last is the temperature sensor. */
export const ADC_CHANNELS = 5;
/** The temperature sensor's input. */
export const ADC_TEMPERATURE = 4;
/** Volts of full scale. */
export const ADC_REFERENCE = 3.3;

const CS = 0;
const RESULT = 4;
const DIV = 0x10;
const CS_EN = 1;
const CS_START_ONCE = 4;
const CS_START_MANY = 8;
const CS_READY = 0x100;
const CS_ERR_STICKY = 0x400;
/** Bits of CS that are kept as written. */
const CS_KEPT = 0x1f7000 | CS_EN | 2 | CS_START_MANY;
const CYCLES = 96;
const NS_PER_CYCLE = 1e3 / 48;

/** Bits of CS that the driver sets. */
export const ADC_CS = { register: CS, enable: CS_EN, temperature: 2, start: CS_START_ONCE, ready: CS_READY } as const;
/** The register with the last conversion. */
export const ADC_RESULT = RESULT;
/** Nanoseconds of one conversion. */
export const ADC_CONVERSION_NS: number = CYCLES * NS_PER_CYCLE;

/** Plain data of {@link AdcBlock}. */
export interface AdcState {
  readonly cs: number;
  readonly div: number;
  readonly result: number;
  /** When the conversion under way began, ns; null: none is. */
  readonly began: number | null;
}

/** The block's registers. */
export class AdcBlock extends Aliased {
  private cs = 0;
  private div = 0;
  private result = 0;
  private began: number | null = null;

  constructor(
    private readonly now: () => number,
    /** Volts at an input at a time, ns. */
    private readonly volts: (channel: number, ns: number) => number,
  ) {
    super();
  }

  protected read(register: number): number {
    this.settle(this.now());
    switch (register) {
      case CS:
        return this.cs | (this.began === null && (this.cs & CS_EN) !== 0 ? CS_READY : 0);
      case RESULT:
        return this.result;
      case DIV:
        return this.div;
      default:
        return 0;
    }
  }
  protected override peek(register: number): number {
    // a started conversion is not started again by a change of other bits
    return register === CS ? this.cs : this.read(register);
  }
  protected write(register: number, value: number): void {
    const ns = this.now();
    this.settle(ns);
    if (register === DIV) this.div = value & 0xffffff;
    if (register !== CS) return;
    this.cs = (value & CS_KEPT) | (this.cs & CS_ERR_STICKY & ~value);
    if ((this.cs & CS_EN) === 0) this.began = null;
    else if ((value & (CS_START_ONCE | CS_START_MANY)) !== 0 && this.began === null) this.began = ns;
  }

  /** Finishes the conversions that have ended by now. */
  private settle(ns: number): void {
    if (this.began === null || ns < this.began + ADC_CONVERSION_NS) return;
    if ((this.cs & CS_START_MANY) === 0) {
      this.convert(this.began);
      this.began = null;
      return;
    }
    // paced by the divider when that is slower than the converter
    const cycles = Math.max(CYCLES, this.div === 0 ? 0 : 1 + this.div / 256);
    const period = cycles * NS_PER_CYCLE;
    const ended = Math.floor((ns - this.began - ADC_CONVERSION_NS) / period) + 1;
    // only the last is seen; those before move the round robin on, whose order repeats after at most five
    for (let i = Math.max(0, ended - 1 - ((ended - 1) % 60)); i < ended; i++) this.convert(this.began + i * period);
    this.began += ended * period;
  }

  private get channel(): number {
    return (this.cs >> 12) & 7;
  }
  private convert(ns: number): void {
    const { channel } = this;
    const isOff = channel >= ADC_CHANNELS || (channel === ADC_TEMPERATURE && (this.cs & 2) === 0);
    const volts = isOff ? 0 : this.volts(channel, ns);
    this.result = Math.min(4095, Math.max(0, Math.floor((volts * 4096) / ADC_REFERENCE)));
    const robin = (this.cs >> 16) & 31;
    if (robin === 0) return;
    let next = channel;
    do next = (next + 1) % ADC_CHANNELS;
    while (((robin >> next) & 1) === 0);
    this.cs = (this.cs & ~0x7000) | (next << 12);
  }

  /** As after power-on. */
  reset(): void {
    this.load({ cs: 0, div: 0, result: 0, began: null });
  }
  /** Registers as plain data. */
  save(): AdcState {
    const { cs, div, result, began } = this;
    return { cs, div, result, began };
  }
  /** Takes on saved registers. */
  load(state: AdcState): void {
    this.cs = state.cs;
    this.div = state.div;
    this.result = state.result;
    this.began = state.began;
  }
}
