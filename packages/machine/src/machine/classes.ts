/** The classes of `machine` that are peripherals of the RP2040, and what they need in the ROM. */
import type { RomValue, TypeDef } from '@tsmp/vm';
import { adcType } from './adc.js';
import { i2cObjects, i2cType, softI2cType } from './i2c.js';
import { pwmObjects, pwmType } from './pwm.js';
import { softSpiType, spiObjects, spiType } from './spi.js';

/** Members of the module. */
export const PERIPHERAL_CLASSES: Readonly<Record<string, RomValue>> = {
  ADC: adcType,
  PWM: pwmType,
  I2C: i2cType,
  SoftI2C: softI2cType,
  SPI: spiType,
  SoftSPI: softSpiType,
};

/** Further types of an extension. */
export const PERIPHERAL_TYPES: readonly TypeDef[] = [pwmObjects.holder, i2cObjects.holder, spiObjects.holder];
