/** Something that puts a voltage on an analogue pin: a potentiometer, a sensor, a signal generator. */
import { checkVoltage, type Voltage, voltsAt } from '../analog.js';
import type { Device, DevicePins } from '../device.js';

/** What it is connected to, and its voltage at first. */
export interface AnalogInputOptions {
  /** The pin's number or name (`GP26` to `GP28`), or `CORE_TEMP` for the chip's own sensor. */
  readonly pin: number | string;
  /** Volts; default 0. */
  readonly voltage?: Voltage | undefined;
}

/** A voltage source. */
export class AnalogInput implements Device {
  private voltage: Voltage;
  private pins: DevicePins | undefined;

  constructor(
    readonly name: string,
    readonly options: AnalogInputOptions,
  ) {
    this.voltage = checkVoltage(options.voltage ?? 0);
  }

  /** Puts it on its pin. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    pins.analog(this.options.pin, (ns) => voltsAt(this.voltage, ns));
  }
  /** Changes the voltage: now, or at a later time (ns). */
  set(voltage: Voltage, at?: number): void {
    checkVoltage(voltage);
    if (this.pins === undefined) this.voltage = voltage;
    else this.pins.stimulate({ voltage }, at);
  }
  /** A change from the journal. */
  stimulus(data: unknown): void {
    this.voltage = checkVoltage((data as { readonly voltage?: unknown }).voltage);
  }

  /** Its voltage. */
  save(): { readonly voltage: Voltage } {
    return { voltage: this.voltage };
  }
  /** Takes on a saved voltage. */
  load(state: unknown): void {
    this.voltage = checkVoltage((state as { readonly voltage?: unknown }).voltage);
  }
}
