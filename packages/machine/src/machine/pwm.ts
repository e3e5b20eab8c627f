/**
 * `machine.PWM`: frequency and duty on the registers of the PWM block. Counterpart: extmod/machine_pwm.c,
 * ports/rp2/machine_pwm.c, whose 32-bit arithmetic is kept to the last rounding.
 */
import {
  type Addr,
  argTable,
  checkArgCount,
  defineType,
  fun1,
  funKw,
  funVar,
  getInt,
  NONE,
  newSmallInt,
  type Obj,
  raiseTypeError,
  raiseValueError,
  readArgs,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';
import { type Machine, machineOf } from '../machine.js';
import { FUNC_PWM, PWM_ENABLE, PWM_INVERT_A, PWM_INVERT_B, PWM_REGISTER, PWM_SLICES } from '../peripherals/pwm.js';
import { gpioPin } from './pin.js';
import { RomObjects, romObjectIndex } from './rom-objects.js';

/** How a duty was given. */
export type DutyKind = 'none' | 'u16' | 'ns';

/** What the firmware remembers of an output. Plain data. */
export interface PwmOutputState {
  readonly invert: boolean;
  readonly kind: DutyKind;
  readonly duty: number;
}
/** Plain data of {@link PwmDriver}. */
export interface PwmDriverState {
  readonly outputs: readonly PwmOutputState[];
  readonly freqSet: readonly boolean[];
}

/** Largest TOP: leaves room for a duty of 100 %. */
const TOP_MAX = 65534;
const NOT_SET = -1;

/** The firmware's side of PWM: 16 outputs, two a slice. */
export class PwmDriver {
  private outputs: PwmOutputState[] = [];
  private freqSet: boolean[] = [];
  private deferStart = false;

  constructor(private readonly machine: Machine) {
    this.reset();
  }

  /** Forgets everything, as at power-on. */
  reset(): void {
    this.outputs = Array.from({ length: 2 * PWM_SLICES }, () => ({ invert: false, kind: 'none', duty: 0 }));
    this.freqSet = new Array<boolean>(PWM_SLICES).fill(false);
  }
  /** Stops all slices; done at a soft reset. */
  stopAll(): void {
    for (let slice = 0; slice < PWM_SLICES; slice++) {
      this.freqSet[slice] = false;
      this.stop(2 * slice);
    }
  }

  /** An output is claimed by a new object. */
  claim(n: number): void {
    this.outputs[n] = { ...this.output(n), invert: false, kind: 'none' };
  }
  /** Whether an output is inverted. */
  inverted(n: number): boolean {
    return this.output(n).invert;
  }
  /** Runs changes that start the output together, at their end. */
  together(vm: Vm, n: number, freq: number, dutyU16: number, dutyNs: number, invert: number): void {
    this.deferStart = true;
    try {
      if (freq !== NOT_SET) this.setFreq(vm, n, freq);
      if (dutyU16 !== NOT_SET) this.setDutyU16(n, dutyU16);
      if (dutyNs !== NOT_SET) this.setDutyNs(n, dutyNs);
      if (invert !== NOT_SET) this.outputs[n] = { ...this.output(n), invert: invert !== 0 };
    } finally {
      this.deferStart = false;
    }
    this.start(n);
  }
  /** Stops the slice of an output. */
  stop(n: number): void {
    const slice = n >> 1;
    this.set(slice, PWM_REGISTER.csr, this.get(slice, PWM_REGISTER.csr) & ~PWM_ENABLE);
  }

  /** Frequency of an output's slice, Hz; 0 before it is set. */
  freq(n: number): number {
    const slice = n >> 1;
    if (this.freqSet[slice] !== true) return 0;
    return this.hzRounded(this.get(slice, PWM_REGISTER.div) * (this.get(slice, PWM_REGISTER.top) + 1));
  }
  /** Sets it, with the finest steps that it allows; the duties of both outputs are kept. Raises ValueError. */
  setFreq(vm: Vm, n: number, freq: number): void {
    const source = this.machine.freqHz;
    const rounded = divide((source + Math.trunc(freq / 2)) >>> 0, freq >>> 0);
    let div = 16;
    let top: number;
    if (rounded < TOP_MAX) top = (rounded - 1) >>> 0;
    else {
      const scaled = Math.imul(TOP_MAX, freq) >>> 0;
      div = this.sliceHz((scaled - 1) >>> 0, scaled);
      top = (this.hzRounded(Math.imul(div, freq) >>> 0) - 1) >>> 0;
    }
    if (div < 16) raiseValueError(vm, 'freq too large');
    if (div >= 256 * 16) raiseValueError(vm, 'freq too small');
    const slice = n >> 1;
    this.set(slice, PWM_REGISTER.div, div);
    this.set(slice, PWM_REGISTER.top, top);
    this.freqSet[slice] = true;
    for (const o of [n, n ^ 1]) {
      const { kind, duty } = this.output(o);
      if (kind === 'u16') this.setDutyU16(o, duty);
      else if (kind === 'ns') this.setDutyNs(o, duty);
    }
  }

  /** Duty of an output, 0 to 65535. */
  dutyU16(n: number): number {
    if (!this.isSet(n)) return 0;
    const steps = this.get(n >> 1, PWM_REGISTER.top) + 1;
    return Math.floor((this.level(n) * 65535 + (steps >>> 1)) / steps);
  }
  /** Sets it. */
  setDutyU16(n: number, duty: number): void {
    const limited = Math.min(duty, 65535);
    const steps = this.get(n >> 1, PWM_REGISTER.top) + 1;
    this.setLevel(n, divide((Math.imul(limited, steps) + 32767) >>> 0, 65535));
    this.outputs[n] = { ...this.output(n), kind: 'u16', duty: limited };
    this.start(n);
  }
  /** Duty of an output, ns at 1 in a period. */
  dutyNs(n: number): number {
    if (!this.isSet(n)) return 0;
    const hz = this.hzRounded(this.get(n >> 1, PWM_REGISTER.div));
    return Math.floor((this.level(n) * 1e9 + (hz >>> 1)) / hz);
  }
  /** Sets it. */
  setDutyNs(n: number, ns: number): void {
    const hz = this.hzRounded(this.get(n >> 1, PWM_REGISTER.div));
    const exact = (BigInt.asUintN(64, BigInt(ns)) * BigInt(hz) + 500000000n) & 0xffffffffffffffffn;
    const level = Number(BigInt.asUintN(32, exact / 1000000000n));
    this.setLevel(n, Math.min(level, this.get(n >> 1, PWM_REGISTER.top) + 1));
    this.outputs[n] = { ...this.output(n), kind: 'ns', duty: ns };
    this.start(n);
  }

  /** What the firmware remembers, as plain data. */
  save(): PwmDriverState {
    return { outputs: this.outputs.map((o) => ({ ...o })), freqSet: [...this.freqSet] };
  }
  /** Takes that on. */
  load(state: PwmDriverState): void {
    this.outputs = state.outputs.map((o) => ({ ...o }));
    this.freqSet = [...state.freqSet];
  }

  private output(n: number): PwmOutputState {
    return this.outputs[n] as PwmOutputState;
  }
  private isSet(n: number): boolean {
    return this.output(n).kind !== 'none' && this.freqSet[n >> 1] === true;
  }
  private get(slice: number, register: number): number {
    return this.machine.pwm.get(slice, register);
  }
  private set(slice: number, register: number, value: number): void {
    this.machine.pwm.set(slice, register, value);
  }
  private level(n: number): number {
    const cc = this.get(n >> 1, PWM_REGISTER.cc);
    return (n & 1) !== 0 ? cc >>> 16 : cc & 0xffff;
  }
  private setLevel(n: number, level: number): void {
    const cc = this.get(n >> 1, PWM_REGISTER.cc);
    const value = (n & 1) !== 0 ? (cc & 0xffff) | (level << 16) : (cc & ~0xffff) | (level & 0xffff);
    this.set(n >> 1, PWM_REGISTER.cc, value);
  }
  /** Starts an output that has both a frequency and a duty. */
  private start(n: number): void {
    if (this.deferStart || !this.isSet(n)) return;
    const slice = n >> 1;
    let csr = this.get(slice, PWM_REGISTER.csr) & ~(PWM_INVERT_A | PWM_INVERT_B);
    if (this.inverted(2 * slice)) csr |= PWM_INVERT_A;
    if (this.inverted(2 * slice + 1)) csr |= PWM_INVERT_B;
    this.set(slice, PWM_REGISTER.csr, csr | PWM_ENABLE);
  }
  /** Wraps a second for a divider in 16ths times steps, rounded by `offset`. */
  private sliceHz(offset: number, div16: number): number {
    const source = this.machine.freqHz;
    return divide(16 * source + offset, div16);
  }
  private hzRounded(div16: number): number {
    return this.sliceHz(div16 >>> 1, div16);
  }
}

/** Quotient as a 32-bit word; the chip's divider answers all ones for a division by zero. */
function divide(a: number, b: number): number {
  return b === 0 ? 0xffffffff : Math.floor(a / b) >>> 0;
}

function checkPwm(vm: Vm, o: Obj): number {
  if ((o & 3) !== 0 || vm.typeOf(o) !== vm.addrOf(pwmType)) raiseTypeError(vm, 'expecting a PWM');
  return romObjectIndex(vm, o);
}

const INIT_ARGS = argTable([
  { name: 'freq', kind: 'int', value: NOT_SET },
  { name: 'duty_u16', kind: 'int', value: NOT_SET, kwOnly: true },
  { name: 'duty_ns', kind: 'int', value: NOT_SET, kwOnly: true },
  { name: 'invert', kind: 'int', value: NOT_SET, kwOnly: true },
]);

function init(vm: Vm, n: number, nArgs: number, nKw: number, args: Addr): void {
  const [freq, u16, ns, invert] = readArgs(vm, INIT_ARGS, nArgs, nKw, args) as [number, number, number, number];
  machineOf(vm).pwmDriver.together(vm, n, freq, u16, ns, invert);
}

/** A method that reads without and sets with an argument. */
function property(
  get: (d: PwmDriver, n: number) => number,
  set: (d: PwmDriver, vm: Vm, n: number, value: number) => void,
) {
  return funVar(1, 2, (vm, nArgs, _nKw, args) => {
    const n = checkPwm(vm, vm.i32[args >> 2] as number);
    const driver = machineOf(vm).pwmDriver;
    if (nArgs === 1) return newSmallInt(get(driver, n));
    set(driver, vm, n, getInt(vm, vm.i32[(args >> 2) + 1] as number));
    return NONE;
  });
}

export const pwmType: TypeDef = defineType({
  name: 'PWM',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 0xffff, true);
    const machine = machineOf(vm);
    const pin = gpioPin(vm, vm.i32[args >> 2] as number);
    const n = pin & 15;
    machine.pwmDriver.claim(n);
    init(vm, n, nArgs - 1, nKw, args + 4);
    machine.gpio.setFunction(pin, FUNC_PWM);
    return pwmObjects.get(vm, n);
  },
  print(vm, out, o) {
    const n = romObjectIndex(vm, o);
    const invert = machineOf(vm).pwmDriver.inverted(n) ? 1 : 0;
    out.write(`<PWM slice=${n >> 1} channel=${n & 1} invert=${invert}>`);
  },
  locals: () => LOCALS,
});

const LOCALS = {
  init: funKw(1, (vm, nArgs, nKw, args) => {
    init(vm, checkPwm(vm, vm.i32[args >> 2] as number), nArgs - 1, nKw, args + 4);
    return NONE;
  }),
  deinit: fun1((vm, self) => {
    machineOf(vm).pwmDriver.stop(checkPwm(vm, self));
    return NONE;
  }),
  freq: property(
    (d, n) => d.freq(n),
    (d, vm, n, v) => d.setFreq(vm, n, v),
  ),
  duty_u16: property(
    (d, n) => d.dutyU16(n),
    (d, _vm, n, v) => d.setDutyU16(n, v),
  ),
  duty_ns: property(
    (d, n) => d.dutyNs(n),
    (d, _vm, n, v) => d.setDutyNs(n, v),
  ),
};

/** The PWM outputs as objects. */
export const pwmObjects = new RomObjects('_pwm', 2 * PWM_SLICES, () => pwmType);
