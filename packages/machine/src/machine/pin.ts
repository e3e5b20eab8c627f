/**
 * `machine.Pin`: the pins by number or name. Pin objects are constants in ROM, one a pin; all state is in the registers.
 * Counterpart: ports/rp2/machine_pin.c.
 *
 *     +0 type   +4 number (small int); 30 and up: pins of the radio chip
 */
import {
  argTable,
  checkArgCount,
  defineType,
  fun1,
  funKw,
  funVar,
  getInt,
  isInt,
  isStr,
  isTrue,
  NONE,
  newSmallInt,
  type Obj,
  pollInterrupts,
  raiseTypeError,
  raiseValueError,
  readArgs,
  type RomValue,
  smallIntValue,
  strText,
  type TypeDef,
  type Vm,
  type Addr,
} from '@tsmp/vm';
import { altName, BOARD_PINS, EXT_COUNT, GPIO_COUNT, pinName, pinNumber } from '../board-pins.js';
import { FUNC_SIO, type Level } from '../gpio.js';
import { liveMachine, machineOf } from '../machine.js';
import { pinIrqMethod } from './pin-irq.js';

const MODE_IN = 0;
const MODE_OUT = 1;
const MODE_OPEN_DRAIN = 2;
const MODE_ALT = 3;
const PULL_UP = 1;
const PULL_DOWN = 2;
const IRQ_FALLING = 4;
const IRQ_RISING = 8;

/** Number of a pin object. */
export function pinId(vm: Vm, pin: Obj): number {
  return smallIntValue(vm.i32[(pin >> 2) + 1] as number);
}

/** The level that a pin has. */
export function readPin(vm: Vm, id: number): Level {
  return liveMachine(vm).level(id);
}

/** Sets a pin as `Pin.value(x)` does. */
export function writePin(vm: Vm, id: number, value: boolean): void {
  const { gpio, ext } = liveMachine(vm);
  if (id >= GPIO_COUNT) ext.set(id - GPIO_COUNT, value ? 1 : 0);
  else if (gpio.isOpenDrain(id)) setDirection(vm, id, !value);
  else setOutput(vm, id, value);
  pollInterrupts(vm);
}

function setOutput(vm: Vm, id: number, value: boolean): void {
  const { gpio } = machineOf(vm);
  gpio.outputs = value ? gpio.outputs | (1 << id) : gpio.outputs & ~(1 << id);
}
function setDirection(vm: Vm, id: number, output: boolean): void {
  const { gpio } = machineOf(vm);
  gpio.outputEnables = output ? gpio.outputEnables | (1 << id) : gpio.outputEnables & ~(1 << id);
}
function isOutput(vm: Vm, id: number): boolean {
  return ((machineOf(vm).gpio.outputEnables >>> id) & 1) !== 0;
}

function toggle(vm: Vm, pin: Obj): Obj {
  const id = pinId(vm, pin);
  const { gpio, ext } = liveMachine(vm);
  if (id >= GPIO_COUNT) ext.set(id - GPIO_COUNT, ext.lastValue(id - GPIO_COUNT) === 1 ? 0 : 1);
  else if (gpio.isOpenDrain(id)) setDirection(vm, id, !isOutput(vm, id));
  else setOutput(vm, id, ((gpio.outputs >>> id) & 1) === 0);
  pollInterrupts(vm);
  return NONE;
}

const INIT_ARGS = argTable([
  { name: 'mode', kind: 'obj', value: NONE },
  { name: 'pull', kind: 'obj', value: NONE },
  { name: 'value', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'alt', kind: 'int', value: FUNC_SIO, kwOnly: true },
]);

function initPin(vm: Vm, id: number, nArgs: number, nKw: number, args: Addr): void {
  const [modeArg, pullArg, valueArg, alt] = readArgs(vm, INIT_ARGS, nArgs, nKw, args) as [Obj, Obj, Obj, number];
  const value = valueArg === NONE ? undefined : isTrue(vm, valueArg);
  if (id >= GPIO_COUNT) {
    if (pullArg !== NONE) raiseValueError(vm, 'pulls are not supported for external pins');
    if (alt !== FUNC_SIO) raiseValueError(vm, 'alternate functions are not supported for external pins');
    if (modeArg !== NONE) initExt(vm, id - GPIO_COUNT, getInt(vm, modeArg), value);
    return;
  }
  const { gpio } = machineOf(vm);
  if (modeArg !== NONE) {
    switch (getInt(vm, modeArg)) {
      case MODE_IN:
        setDirection(vm, id, false);
        gpio.setOpenDrain(id, false);
        gpio.setFunction(id, FUNC_SIO);
        break;
      case MODE_OUT:
        if (value !== undefined) setOutput(vm, id, value);
        setDirection(vm, id, true);
        gpio.setOpenDrain(id, false);
        gpio.setFunction(id, FUNC_SIO);
        break;
      case MODE_OPEN_DRAIN:
        if (value !== false) setDirection(vm, id, false);
        setOutput(vm, id, false);
        if (value === false) setDirection(vm, id, true);
        gpio.setOpenDrain(id, true);
        gpio.setFunction(id, FUNC_SIO);
        break;
      default:
        if (altName(id, alt) === undefined) raiseValueError(vm, `invalid pin af: ${alt}`);
        gpio.setFunction(id, alt);
        gpio.setOpenDrain(id, false);
    }
  }
  const pull = pullArg === NONE ? 0 : getInt(vm, pullArg);
  gpio.setPulls(id, (pull & PULL_UP) !== 0, (pull & PULL_DOWN) !== 0);
}

function initExt(vm: Vm, pin: number, mode: number, value: boolean | undefined): void {
  if (mode !== MODE_IN && mode !== MODE_OUT) raiseValueError(vm, 'only Pin.OUT and Pin.IN are supported for this pin');
  machineOf(vm).ext.configure(pin, mode === MODE_OUT, value === undefined ? undefined : value ? 1 : 0);
}

/** The pin object that an id, a name or a pin stands for; raises ValueError. */
export function findPin(vm: Vm, o: Obj): Obj {
  if ((o & 3) === 0 && vm.typeOf(o) === vm.addrOf(pinType)) return o;
  if (isStr(vm, o)) {
    const name = strText(vm, o);
    const id = pinNumber(name);
    if (id === undefined) return raiseValueError(vm, `unknown named pin "${name}"`);
    return pinObject(vm, id);
  }
  if (isInt(vm, o)) {
    const id = getInt(vm, o);
    if (id >= 0 && id < GPIO_COUNT) return pinObject(vm, id);
  }
  return raiseValueError(vm, 'invalid pin');
}

/** Number of a pin of the chip itself; raises ValueError for the radio chip's. */
export function gpioPin(vm: Vm, o: Obj): number {
  const id = pinId(vm, findPin(vm, o));
  if (id >= GPIO_COUNT) raiseValueError(vm, 'expecting a regular GPIO Pin');
  return id;
}

/** The ROM object of a pin: the dict of `Pin.cpu` has them in order. */
function pinObject(vm: Vm, id: number): Obj {
  const dict = vm.i32[(vm.addrOf(cpuType) + LOCALS_OFFSET) >> 2] as number;
  const table = vm.i32[(dict >> 2) + 3] as number;
  return vm.i32[(table >> 2) + 2 * id + 1] as number;
}
/** Where a type object has its locals dict. */
const LOCALS_OFFSET = 56;

function callPin(vm: Vm, pin: Obj, nArgs: number, args: Addr): Obj {
  const id = pinId(vm, pin);
  if (nArgs === 0) return newSmallInt(readPin(vm, id));
  writePin(vm, id, isTrue(vm, vm.i32[args >> 2] as number));
  return NONE;
}

function set(value: boolean): RomValue {
  return fun1((vm, pin) => {
    writePin(vm, pinId(vm, checkPin(vm, pin)), value);
    return NONE;
  });
}
const low = set(false);
const high = set(true);

function checkPin(vm: Vm, o: Obj): Obj {
  if ((o & 3) !== 0 || vm.typeOf(o) !== vm.addrOf(pinType)) raiseTypeError(vm, 'expecting a Pin');
  return o;
}

export const pinType: TypeDef = defineType({
  name: 'Pin',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 0xffff, true);
    const pin = findPin(vm, vm.i32[args >> 2] as number);
    if (nArgs > 1 || nKw > 0) initPin(vm, pinId(vm, pin), nArgs - 1, nKw, args + 4);
    return pin;
  },
  print(vm, out, o) {
    const id = pinId(vm, o);
    const { gpio, ext } = machineOf(vm);
    if (id >= GPIO_COUNT) {
      out.write(`Pin(${pinName(id)}, mode=${ext.isOutput(id - GPIO_COUNT) ? 'OUT' : 'IN'})`);
      return;
    }
    const func = gpio.functionOf(id);
    const sio = gpio.isOpenDrain(id) ? 'OPEN_DRAIN' : isOutput(vm, id) ? 'OUT' : 'IN';
    const { up, down } = gpio.pulls(id);
    const pulls = [...(up ? ['PULL_UP'] : []), ...(down ? ['PULL_DOWN'] : [])].join('|');
    out.write(`Pin(${pinName(id)}, mode=${func === FUNC_SIO ? sio : 'ALT'}`);
    if (pulls !== '') out.write(`, pull=${pulls}`);
    if (func !== FUNC_SIO) out.write(`, alt=${altName(id, func) ?? func}`);
    out.write(')');
  },
  call(vm, pin, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 1, false);
    return callPin(vm, pin, nArgs, args);
  },
  locals: () => PIN_LOCALS,
});

const PIN_OBJECTS: readonly RomValue[] = Array.from({ length: GPIO_COUNT + EXT_COUNT }, (_, id) => ({
  def: 'object',
  type: pinType,
  words: [(id << 1) | 1],
}));

/** `Pin.cpu`: the pins by the chip's names. */
export const cpuType = defineType({
  name: 'cpu',
  locals: Object.fromEntries(PIN_OBJECTS.map((o, id) => [pinName(id), o])),
});
/** `Pin.board`: the pins by the board's names. */
export const boardType = defineType({
  name: 'board',
  locals: Object.fromEntries(BOARD_PINS.map(([name, id]) => [name, PIN_OBJECTS[id] as RomValue])),
});

const PIN_LOCALS: Readonly<Record<string, RomValue>> = {
  init: funKw(1, (vm, nArgs, nKw, args) => {
    initPin(vm, pinId(vm, checkPin(vm, vm.i32[args >> 2] as number)), nArgs - 1, nKw, args + 4);
    return NONE;
  }),
  value: funVar(1, 2, (vm, nArgs, _nKw, args) =>
    callPin(vm, checkPin(vm, vm.i32[args >> 2] as number), nArgs - 1, args + 4),
  ),
  low,
  high,
  off: low,
  on: high,
  toggle: fun1((vm, pin) => toggle(vm, checkPin(vm, pin))),
  irq: pinIrqMethod((vm, pin) => pinId(vm, checkPin(vm, pin))),
  board: boardType,
  cpu: cpuType,
  IN: MODE_IN,
  OUT: MODE_OUT,
  OPEN_DRAIN: MODE_OPEN_DRAIN,
  ALT: MODE_ALT,
  PULL_UP,
  PULL_DOWN,
  IRQ_RISING,
  IRQ_FALLING,
  ALT_SPI: 1,
  ALT_UART: 2,
  ALT_I2C: 3,
  ALT_PWM: 4,
  ALT_SIO: FUNC_SIO,
  ALT_PIO0: 6,
  ALT_PIO1: 7,
  ALT_GPCK: 8,
  ALT_USB: 9,
};
