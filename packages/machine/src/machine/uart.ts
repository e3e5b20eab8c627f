/**
 * `machine.UART`: a stream. Counterpart: extmod/machine_uart.c, ports/rp2/machine_uart.c. Hardware flow control is not
 * simulated.
 */
import {
  type Addr,
  argTable,
  checkArgCount,
  defineType,
  fun1,
  funKw,
  getInt,
  isSmallInt,
  newBool,
  newSmallInt,
  NONE,
  type Obj,
  POLL_RD,
  POLL_WR,
  raiseMsg,
  raiseTypeError,
  raiseValueError,
  readArgs,
  type RomValue,
  smallIntValue,
  STREAM_FLUSH,
  STREAM_POLL,
  STREAM_WAIT,
  streamError,
  streamFlush,
  streamIternext,
  type StreamProtocol,
  streamRead,
  streamReadinto,
  streamReadline,
  streamStatus,
  streamWrite,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import { gpioPin } from './pin.js';
import { RomObjects, romObjectIndex } from './rom-objects.js';
import { RING, UART_BREAK, UART_RX_IDLE, UART_TX_IDLE, type UartBlock } from './uart-block.js';
import { dropUartIrq, uartIrqMethod, uartTrigger } from './uart-irq.js';

const EAGAIN = 11;
const EINVAL = 22;
const MIN_RING = 32;
const MAX_RING = 32766;
const DEFAULT_BAUDRATE = 115_200;
const UNSET = -1;

function blockOf(vm: Vm, o: Obj): UartBlock {
  if ((o & 3) !== 0 || vm.typeOf(o) !== vm.addrOf(uartType)) raiseTypeError(vm, 'expecting a UART');
  return machineOf(vm).uart[romObjectIndex(vm, o)] as UartBlock;
}

/** The stream says again that it waits; past the deadline it gives up. `i`: 0 reading, 1 writing. */
function waitFor(vm: Vm, block: UartBlock, i: 0 | 1): number {
  const { timeout, timeoutChar } = block.settings;
  const now = machineOf(vm).now();
  if (streamStatus.deadlineUs === Number.POSITIVE_INFINITY) {
    // counted in whole milliseconds of the tick counter, and one more
    const ms = Math.floor(now / 1e6) + (block.partial[i] ? timeoutChar : timeout) + 1;
    streamStatus.deadlineUs = ms * 1000;
  }
  if (now >= streamStatus.deadlineUs * 1000) {
    block.partial[i] = false;
    return streamError(EAGAIN);
  }
  return STREAM_WAIT;
}

const PROTOCOL: StreamProtocol = {
  protocol: 'stream',
  read(vm, self, addr, size) {
    const block = blockOf(vm, self);
    const bytes = block.take(size);
    if (bytes.length === 0) {
      block.wake();
      return waitFor(vm, block, 0);
    }
    vm.u8.set(bytes, addr);
    block.partial[0] = bytes.length < size;
    return bytes.length;
  },
  write(vm, self, addr, size) {
    const block = blockOf(vm, self);
    if (block.settings.baudrate === 0) return size;
    const n = Math.min(size, block.room());
    if (n === 0) {
      block.wakeForRoom();
      return waitFor(vm, block, 1);
    }
    block.send(vm.u8.slice(addr, addr + n));
    block.partial[1] = n < size;
    return n;
  },
  ioctl(vm, self, request, arg) {
    const block = blockOf(vm, self);
    if (request === STREAM_POLL) {
      let ready = 0;
      if ((arg & POLL_RD) !== 0) {
        if (block.available() > 0) ready |= POLL_RD;
        else block.wake();
      }
      if ((arg & POLL_WR) !== 0 && block.room() > 0) ready |= POLL_WR;
      return ready;
    }
    if (request !== STREAM_FLUSH) return streamError(EINVAL);
    if (block.idle) return 0;
    streamStatus.deadlineUs = Math.ceil(block.sentBy() / 1000);
    return STREAM_WAIT;
  },
};

const INIT_ARGS = argTable([
  { name: 'baudrate', kind: 'int', value: UNSET },
  { name: 'bits', kind: 'int', value: UNSET },
  { name: 'parity', kind: 'obj', value: newSmallInt(UNSET) },
  { name: 'stop', kind: 'int', value: UNSET },
  { name: 'tx', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'rx', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'cts', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'rts', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'timeout', kind: 'int', value: UNSET, kwOnly: true },
  { name: 'timeout_char', kind: 'int', value: UNSET, kwOnly: true },
  { name: 'invert', kind: 'int', value: UNSET, kwOnly: true },
  { name: 'flow', kind: 'int', value: UNSET, kwOnly: true },
  { name: 'txbuf', kind: 'int', value: UNSET, kwOnly: true },
  { name: 'rxbuf', kind: 'int', value: UNSET, kwOnly: true },
]);
type InitValues = [number, number, Obj, number, Obj, Obj, Obj, Obj, number, number, number, number, number, number];

function checkPin(vm: Vm, o: Obj, id: number, role: number, name: string): number {
  const pin = gpioPin(vm, o);
  if ((pin & 3) !== role || ((pin + 4) & 8) >> 3 !== id) raiseValueError(vm, `bad ${name} pin`);
  return pin;
}
function ringSize(vm: Vm, n: number, name: string): number {
  if (n > MAX_RING) raiseValueError(vm, `${name} too large`);
  return Math.max(n, MIN_RING);
}

function init(vm: Vm, block: UartBlock, nArgs: number, nKw: number, args: Addr): void {
  const values = readArgs(vm, INIT_ARGS, nArgs, nKw, args) as InitValues;
  const [baudrate, bits, parity, stop, tx, rx, cts, rts, timeout, timeoutChar, invert, flow, txbuf, rxbuf] = values;
  const s = block.settings;
  if (baudrate > 0) s.baudrate = baudrate;
  if (bits > 0) s.bits = bits & 0xff;
  if (parity === NONE) s.parity = 0;
  else if (!isSmallInt(parity) || smallIntValue(parity) !== UNSET) s.parity = (getInt(vm, parity) & 1) !== 0 ? 2 : 1;
  if (stop > 0) s.stop = stop & 0xff;
  if (tx !== NONE) s.tx = checkPin(vm, tx, block.id, 0, 'TX');
  if (rx !== NONE) s.rx = checkPin(vm, rx, block.id, 1, 'RX');
  if (cts !== NONE) s.cts = checkPin(vm, cts, block.id, 2, 'CTS');
  if (rts !== NONE) s.rts = checkPin(vm, rts, block.id, 3, 'RTS');
  if (timeout >= 0) s.timeout = timeout & 0xffff;
  if (timeoutChar >= 0) s.timeoutChar = timeoutChar & 0xffff;
  if (invert >= 0) {
    if ((invert & ~3) !== 0) raiseValueError(vm, 'bad inversion mask');
    s.invert = invert;
  }
  if (flow >= 0) {
    if ((flow & ~3) !== 0) raiseValueError(vm, 'bad hardware flow control mask');
    if (flow !== 0) raiseMsg(vm, TYPES.NotImplementedError, 'hardware flow control is not simulated');
  }
  if (rxbuf > 0) {
    const size = ringSize(vm, rxbuf, 'rxbuf');
    if (size !== s.rxbuf) block.clear();
    s.rxbuf = size;
  }
  if (txbuf > 0) s.txbuf = ringSize(vm, txbuf, 'txbuf');
  if (nArgs === 0 && nKw === 0 && s.baudrate !== 0) return;
  if (s.baudrate === 0) {
    s.baudrate = DEFAULT_BAUDRATE;
    s.timeoutChar = 0;
  }
  // 13 bits at least
  s.timeoutChar = Math.max(s.timeoutChar, Math.floor(13_000 / s.baudrate) + 1);
  s.bits = Math.min(8, Math.max(5, s.bits));
  s.stop = Math.min(2, Math.max(1, s.stop));
  block.start();
}

const LOCALS: Readonly<Record<string, RomValue>> = {
  init: funKw(1, (vm, nArgs, nKw, args) => {
    init(vm, blockOf(vm, vm.i32[args >> 2] as number), nArgs - 1, nKw, args + 4);
    return NONE;
  }),
  deinit: fun1((vm, self) => {
    const block = blockOf(vm, self);
    block.stop();
    dropUartIrq(vm, block.id);
    return NONE;
  }),
  flush: streamFlush,
  read: streamRead,
  readline: streamReadline,
  readinto: streamReadinto,
  write: streamWrite,
  any: fun1((vm, self) => newSmallInt(blockOf(vm, self).available())),
  txdone: fun1((vm, self) => newBool(blockOf(vm, self).idle)),
  sendbreak: fun1((vm, self) => {
    blockOf(vm, self).sendBreak();
    return NONE;
  }),
  irq: uartIrqMethod((vm, o) => blockOf(vm, o).id),
  INV_TX: 1,
  INV_RX: 2,
  CTS: 1,
  RTS: 2,
  IRQ_RXIDLE: UART_RX_IDLE,
  IRQ_TXIDLE: UART_TX_IDLE,
  IRQ_BREAK: UART_BREAK,
};

export const uartType: TypeDef = defineType({
  name: 'UART',
  protocol: PROTOCOL,
  getiter: 'self',
  iternext: streamIternext,
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 0xffff, true);
    const id = getInt(vm, vm.i32[args >> 2] as number);
    const block = machineOf(vm).uart[id];
    if (block === undefined) return raiseValueError(vm, `UART(${id}) doesn't exist`);
    block.settings.rxbuf = RING;
    block.settings.txbuf = RING;
    block.clear();
    init(vm, block, nArgs - 1, nKw, args + 4);
    return uartObjects.get(vm, id);
  },
  print(vm, out, o) {
    const block = machineOf(vm).uart[romObjectIndex(vm, o)] as UartBlock;
    const s = block.settings;
    const parity = ['None', '0', '1'][s.parity];
    const inverted = ['None', 'INV_TX', 'INV_RX', 'INV_TX|INV_RX'][s.invert];
    out.write(
      `UART(${block.id}, baudrate=${s.baudrate}, bits=${s.bits}, parity=${parity}, stop=${s.stop}, tx=${s.tx}, rx=${s.rx}, ` +
        `txbuf=${s.txbuf}, rxbuf=${s.rxbuf}, timeout=${s.timeout}, timeout_char=${s.timeoutChar}, invert=${inverted}, irq=${uartTrigger(vm, block.id)})`,
    );
  },
  locals: () => LOCALS,
});

/** The UARTs as objects. */
export const uartObjects = new RomObjects('_uart', 2, () => uartType);
