/** The classes of `machine` that are peripherals of the RP2040, and what they need in the ROM. */
import type { RomValue, TypeDef } from '@tsmp/vm';
import { adcType } from './adc.js';
import { pwmObjects, pwmType } from './pwm.js';

/** Members of the module. */
export const PERIPHERAL_CLASSES: Readonly<Record<string, RomValue>> = { ADC: adcType, PWM: pwmType };

/** Further types of an extension. */
export const PERIPHERAL_TYPES: readonly TypeDef[] = [pwmObjects.holder];
