/** A push button between a pin and ground (or the supply). */
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';

/** How a button is wired. */
export interface ButtonOptions {
  /** The pin's number or name. */
  readonly pin: number | string;
  /** Connects to the supply instead of to ground. */
  readonly activeHigh?: boolean | undefined;
}

/** A button: drives its pin while pressed, else lets go of it. */
export class Button implements Device {
  private down = false;
  private pins: DevicePins | undefined;

  constructor(
    readonly name: string,
    readonly options: ButtonOptions,
  ) {}

  /** Puts it on its pin. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    this.drive();
  }
  /** Whether it is held down. */
  get pressed(): boolean {
    return this.down;
  }
  /** Pushes it; it stays down until {@link release}. Takes effect now, or at a later time (ns). */
  press(at?: number): void {
    this.move(true, at);
  }
  /** Lets go of it: now, or at a later time (ns). */
  release(at?: number): void {
    this.move(false, at);
  }
  private move(down: boolean, at: number | undefined): void {
    if (this.pins === undefined) this.down = down;
    else this.pins.stimulate({ down }, at);
  }
  /** A press or release from the journal. */
  stimulus(data: unknown): void {
    this.down = (data as { readonly down?: unknown }).down === true;
    this.drive();
  }

  /** Whether it is down. */
  save(): { readonly down: boolean } {
    return { down: this.down };
  }
  /** Its pin's drivers are part of the pins' own state. */
  load(state: unknown): void {
    const { down } = state as { readonly down?: unknown };
    if (typeof down !== 'boolean')
      throw new MachineUsageError('bad-state', `this is no saved state of a button: ${JSON.stringify(state)}`);
    this.down = down;
  }

  private drive(): void {
    this.pins?.drive(this.options.pin, this.name, this.down ? (this.options.activeHigh === true ? 1 : 0) : undefined);
  }
}
