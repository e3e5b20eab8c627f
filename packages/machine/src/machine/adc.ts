/**
 * `machine.ADC`. Counterpart: extmod/machine_adc.c, ports/rp2/machine_adc.c.
 *
 *     +0 type   +4 channel (small int)
 */
import {
  checkArgCount,
  defineType,
  fun1,
  getInt,
  isInt,
  newSmallInt,
  type Obj,
  raiseTypeError,
  raiseValueError,
  smallIntValue,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';
import { FUNC_NULL } from '../gpio.js';
import { machineOf } from '../machine.js';
import {
  ADC_CHANNELS,
  ADC_CONVERSION_NS,
  ADC_CS,
  ADC_FIRST_PIN,
  ADC_RESULT,
  ADC_TEMPERATURE,
} from '../peripherals/adc.js';
import { findPin, pinId } from './pin.js';

function channelOf(vm: Vm, o: Obj): number {
  return smallIntValue(vm.i32[(o >> 2) + 1] as number);
}

/** Starts one conversion, waits for its end, and answers it. */
function convert(vm: Vm, channel: number): number {
  const machine = machineOf(vm);
  const { adc } = machine;
  const cs = adc.read32(ADC_CS.register) & ~0x7000;
  adc.write32(ADC_CS.register, cs | (channel << 12) | ADC_CS.start);
  while ((adc.read32(ADC_CS.register) & ADC_CS.ready) === 0) {
    // somebody disabled the converter behind the driver's back: a board would wait for ever
    if ((adc.read32(ADC_CS.register) & ADC_CS.enable) === 0) break;
    machine.spend(ADC_CONVERSION_NS);
  }
  return adc.read32(ADC_RESULT);
}

export const adcType: TypeDef = defineType({
  name: 'ADC',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 1, false);
    const source = vm.i32[args >> 2] as number;
    const machine = machineOf(vm);
    const { adc, gpio } = machine;
    let channel = isInt(vm, source) ? getInt(vm, source) : -1;
    let pin = -1;
    if (channel < 0 || channel >= ADC_CHANNELS) {
      pin = pinId(vm, findPin(vm, source));
      channel = pin - ADC_FIRST_PIN;
      if (channel < 0 || channel >= ADC_TEMPERATURE) raiseValueError(vm, "Pin doesn't have ADC capabilities");
    }
    let cs = adc.read32(ADC_CS.register);
    if ((cs & ADC_CS.enable) === 0) cs = ADC_CS.enable;
    if (pin >= 0) {
      gpio.setFunction(pin, FUNC_NULL);
      gpio.setPulls(pin, false, false);
    } else if (channel === ADC_TEMPERATURE) cs |= ADC_CS.temperature;
    adc.write32(ADC_CS.register, cs);
    const o = vm.allocObj(8, type);
    vm.i32[(o >> 2) + 1] = newSmallInt(channel);
    return o;
  },
  print(vm, out, o) {
    out.write(`<ADC channel=${channelOf(vm, o)}>`);
  },
  locals: {
    read_u16: fun1((vm, self) => {
      if ((self & 3) !== 0 || vm.typeOf(self) !== vm.addrOf(adcType)) raiseTypeError(vm, 'expecting an ADC');
      const raw = convert(vm, channelOf(vm, self));
      return newSmallInt((raw << 4) | (raw >> 8));
    }),
    CORE_TEMP: ADC_TEMPERATURE,
  },
});
