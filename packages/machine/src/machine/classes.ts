/** The classes of `machine` that are peripherals of the RP2040, and what they need in the ROM. */
import type { RomValue, TypeDef } from '@tsmp/vm';
import { adcType } from './adc.js';
import { i2cObjects, i2cType, softI2cType } from './i2c.js';
import { pwmObjects, pwmType } from './pwm.js';
import { bitstream, dhtReadinto } from './bit-lines.js';
import { timePulse } from './pulse.js';
import { rtcObjects, rtcType } from './rtc.js';
import { softSpiType, spiObjects, spiType } from './spi.js';
import { uartObjects, uartType } from './uart.js';
import { timerType } from './timer.js';
import { wdtObjects, wdtType } from './wdt.js';
import { irqType } from './irq.js';

/** Members of the module. */
export const PERIPHERAL_CLASSES: Readonly<Record<string, RomValue>> = {
  ADC: adcType,
  PWM: pwmType,
  I2C: i2cType,
  SoftI2C: softI2cType,
  SPI: spiType,
  SoftSPI: softSpiType,
  UART: uartType,
  WDT: wdtType,
  RTC: rtcType,
  Timer: timerType,
  time_pulse_us: timePulse,
  bitstream,
  dht_readinto: dhtReadinto,
};

/** Further types of an extension. */
export const PERIPHERAL_TYPES: readonly TypeDef[] = [
  irqType,
  wdtObjects.holder,
  rtcObjects.holder,
  pwmObjects.holder,
  i2cObjects.holder,
  spiObjects.holder,
  uartObjects.holder,
];
