/** An SSD1306 display module on I2C or SPI, whose picture can be looked at as text and as a PNG file. */
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';
import { pngOf } from '../png.js';
import type { I2cTarget, SpiTarget } from '../serial-buses.js';
import { Ssd1306Chip, type Ssd1306ChipState } from './ssd1306-chip.js';

/** How a display is wired. Pins go by number or name. */
export interface Ssd1306Options {
  /** On I2C: its pins, with the pull-ups that modules have; `address` 0x3c unless given. */
  readonly i2c?: {
    readonly scl: number | string;
    readonly sda: number | string;
    readonly address?: number | undefined;
  };
  /** On SPI: clock, data, data/command, and select and reset where they are connected. */
  readonly spi?: {
    readonly sck: number | string;
    readonly mosi: number | string;
    readonly dc: number | string;
    readonly cs?: number | string | undefined;
    readonly res?: number | string | undefined;
  };
  /** Rows of the panel: 64 unless given. */
  readonly height?: 32 | 64 | undefined;
}

/** Plain data of {@link Ssd1306}. */
export interface Ssd1306State {
  readonly chip: Ssd1306ChipState;
  /** On I2C: what the next byte is. */
  readonly expects: Expects;
}
/** What the next byte means to the display. */
export type Expects = 'control' | 'command' | 'data' | 'one command' | 'one data';

/** Columns of the panel. */
const WIDTH = 128;

/** A display of 128 by 64 (or 32) pixels. */
export class Ssd1306 implements Device {
  private readonly height: number;
  private chip = new Ssd1306Chip(() => 0);
  private expects: Expects = 'control';

  constructor(
    readonly name: string,
    readonly options: Ssd1306Options,
  ) {
    if ((options.i2c === undefined) === (options.spi === undefined))
      throw new MachineUsageError('wiring', 'a display hangs on I2C or on SPI');
    this.height = options.height ?? 64;
  }

  /** Puts it on its pins. */
  attach(pins: DevicePins): void {
    this.chip = new Ssd1306Chip(() => pins.now());
    const { i2c, spi } = this.options;
    if (i2c !== undefined) pins.i2c(i2c, i2c.address ?? 0x3c, this.onI2c);
    if (spi === undefined) return;
    pins.spi(spi, this.onSpi(pins, spi));
    if (spi.res !== undefined) {
      pins.watch(spi.res, (level) => {
        if (level === 0) this.chip.reset();
      });
    }
  }

  /** A control byte says whether commands or data follow: one byte, or all to the end. */
  private readonly onI2c: I2cTarget = {
    start: () => {
      this.expects = 'control';
      return true;
    },
    write: (byte) => {
      const { expects } = this;
      if (expects === 'control') {
        const what = (byte & 0x40) !== 0 ? 'data' : 'command';
        this.expects = (byte & 0x80) !== 0 ? `one ${what}` : what;
        return true;
      }
      if (expects === 'data' || expects === 'one data') this.chip.data(byte);
      else this.chip.command(byte);
      if (expects === 'one data' || expects === 'one command') this.expects = 'control';
      return true;
    },
    read: () => this.chip.status(),
  };

  private onSpi(pins: DevicePins, spi: NonNullable<Ssd1306Options['spi']>): SpiTarget {
    return {
      selected: () =>
        (spi.cs === undefined || pins.level(spi.cs) === 0) && (spi.res === undefined || pins.level(spi.res) === 1),
      transfer: (word) => {
        if (pins.level(spi.dc) === 1) this.chip.data(word & 0xff);
        else this.chip.command(word & 0xff);
        return undefined;
      },
    };
  }

  /** Whether the panel shines; a display that is off is dark. */
  get on(): boolean {
    return this.chip.registers.on;
  }
  /** Brightness that was set, 0 to 255. */
  get contrast(): number {
    return this.chip.registers.contrast;
  }
  /** Whether a pixel is lit. */
  pixel(x: number, y: number): boolean {
    return x >= 0 && x < WIDTH && y >= 0 && y < this.height && this.chip.pixel(x, y, this.height);
  }
  /** The picture in block characters, two rows of pixels a line; trailing spaces are cut. */
  toText(): string {
    const lines: string[] = [];
    for (let y = 0; y < this.height; y += 2) {
      let line = '';
      for (let x = 0; x < WIDTH; x++) line += ' ▀▄█'[(this.pixel(x, y) ? 1 : 0) + (this.pixel(x, y + 1) ? 2 : 0)];
      lines.push(line.trimEnd());
    }
    return `${lines.join('\n')}\n`;
  }
  /** The picture as a PNG file, each pixel `scale` by `scale` large. */
  toPng(scale = 1): Uint8Array {
    if (!(Number.isInteger(scale) && scale >= 1 && scale <= 32))
      throw new MachineUsageError('scale', `pixels are enlarged 1 to 32 times, not ${scale}`);
    const [w, h] = [WIDTH * scale, this.height * scale];
    const grey = new Uint8Array(w * h);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) if (this.pixel(Math.floor(x / scale), Math.floor(y / scale))) grey[y * w + x] = 0xff;
    }
    return pngOf(w, h, grey);
  }

  /** Its chip's state. */
  save(): Ssd1306State {
    return { chip: this.chip.save(), expects: this.expects };
  }
  /** Takes on a saved state. */
  load(state: unknown): void {
    const s = state as Ssd1306State;
    this.chip.load(s.chip);
    this.expects = s.expects;
  }
}
