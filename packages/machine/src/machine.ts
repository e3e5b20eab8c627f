/**
 * The machine around a VM: its bus with memory and peripherals, its pins and what hangs on them, and the host-side state of the
 * `machine` module. Everything that changes is in `save()`.
 */
import { enableThreads, finaliseAll, hasThreads, pollInterrupts, type ResetKind, resetVm, type Vm } from '@tsmp/vm';
import { EXT_COUNT, GPIO_COUNT, pinLabel, pinNumber } from './board-pins.js';
import { Bus } from './bus.js';
import { CoreBlocks, type CoreBlocksState } from './core-blocks.js';
import type { Device, DevicePins } from './device.js';
import { MachineUsageError } from './errors.js';
import { ExtPins, type ExtPinsState } from './ext-pins.js';
import { Gpio, type GpioState } from './gpio.js';
import { OpenFiles, type OpenFilesState } from './fs/files.js';
import type { HostFolder } from './fs/folder.js';
import { Flash, type FlashState } from './flash.js';
import { LfsTable, type LfsTableState } from './fs/lfs-table.js';
import { MOUNTED_FILES, mountRoot } from './fs/vfs.js';
import { deviceOf } from './fs/vfs-lfs2.js';
import { coreTemperatureVolts } from './analog.js';
import {
  ADC_BASE,
  ADC_CHANNELS,
  ADC_FIRST_PIN,
  ADC_REFERENCE,
  ADC_TEMPERATURE,
  AdcBlock,
  type AdcState,
} from './peripherals/adc.js';
import { I2cBlock, type I2cBlockState } from './machine/i2c-ports.js';
import { FUNC_SPI, SpiBlock, type SpiBlockState } from './machine/spi-ports.js';
import { runUartIrq } from './machine/uart-irq.js';
import { FUNC_UART, UartBlock, type UartState } from './machine/uart-block.js';
import { PwmDriver, type PwmDriverState } from './machine/pwm.js';
import { BANK_SIZE, IO_BANK0_BASE, IoBank, PADS_BANK0_BASE, PadsBank } from './peripherals/io-bank.js';
import { PWM_BASE, PwmBlock, type PwmState } from './peripherals/pwm.js';
import { UART0_BASE, UART1_BASE, UartRegisters } from './peripherals/uart-registers.js';
import { Sio, SIO_BASE, SIO_SIZE } from './peripherals/sio.js';
import { SerialBuses, type SerialBusesState } from './serial-buses.js';
import { SerialLines } from './serial-lines.js';
import { BusTrace, type Transaction, wavesOf } from './transactions.js';
import { RandomSource } from './random.js';
import { PinTrace, type PinTraceState } from './trace.js';
import type { Level, Signal } from './wave.js';

/** What a machine is made of besides its VM. */
export interface MachineOptions {
  /** Answer of `machine.unique_id()`: eight bytes. */
  readonly uniqueId?: Uint8Array | undefined;
  /** Why the board started: 1 power-on, 3 watchdog. */
  readonly resetCause?: number | undefined;
  /** The folder that the board has as its filesystem, mounted on `/`. */
  readonly folder?: HostFolder | undefined;
  /**
   * What is in the filesystem's part of the flash; default: it is erased. Without a `folder` it is mounted on `/`, unless this is
   * false.
   */
  readonly flash?: Uint8Array | false | undefined;
  /** What `os.getenv()` finds, on boards that have it. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Seed of `os.urandom()`. */
  readonly seed?: number | undefined;
  /** Record the pins' edges from the start. */
  readonly trace?: boolean | undefined;
}

/** Plain data of a {@link Machine}. */
export interface MachineState {
  readonly gpio: GpioState;
  readonly ext: ExtPinsState;
  readonly freqHz: number;
  readonly core: CoreBlocksState;
  readonly pwm: PwmState;
  readonly pwmDriver: PwmDriverState;
  readonly adc: AdcState;
  readonly periHz: number;
  readonly i2c: readonly I2cBlockState[];
  readonly spi: readonly SpiBlockState[];
  readonly buses: SerialBusesState;
  readonly uart: readonly UartState[];
  readonly transactions: readonly Transaction[] | null;
  readonly resetCause: number;
  readonly trace: PinTraceState | null;
  readonly files: OpenFilesState | null;
  readonly flash: FlashState;
  /** @internal */
  readonly lfs: LfsTableState;
  readonly random: number;
  /** Variables of the environment: names and values. */
  readonly environment: readonly (readonly [string, string])[];
  /** States of the devices, by name. */
  readonly devices: Readonly<Record<string, unknown>>;
}

/** A soft reset, as the end of a program or `machine.soft_reset()` leads to, or one of the whole chip. */
export type MachineResetKind = ResetKind | 'soft';

/** `machine.reset_cause()` after power-on, and after every other start. */
const CAUSE_POWER_ON = 1;
const CAUSE_WATCHDOG = 3;

const machines = new WeakMap<Vm, Machine>();

/** The peripherals of one board. */
export class Machine {
  readonly bus: Bus;
  readonly gpio: Gpio;
  readonly ext: ExtPins;
  /** The open files of the board's folder, if it has one. */
  readonly files: OpenFiles | undefined;
  /** Whether the board's filesystem is the one in its flash. */
  readonly mountsFlash: boolean;
  /** The filesystem's part of the flash. */
  readonly flash: Flash;
  /** @internal The littlefs filesystems that programs have mounted. */
  readonly lfs = new LfsTable();
  private readonly random: RandomSource;
  /** The environment's variables. */
  readonly environment: Map<string, string>;
  /** The recording of pin edges, if one was asked for. */
  trace: PinTrace | undefined;
  /** Timer, watchdog, and the interrupts of the pins. */
  readonly core: CoreBlocks;
  /** The PWM block, and what the firmware remembers of it. */
  readonly pwm: PwmBlock;
  readonly pwmDriver: PwmDriver;
  readonly adc: AdcBlock;
  /** The wires of I2C and SPI, and the blocks that drive them. */
  readonly buses = new SerialBuses();
  readonly i2c: readonly I2cBlock[];
  readonly spi: readonly SpiBlock[];
  /** The wires of UARTs, and these. */
  readonly lines = new SerialLines();
  readonly uart: readonly UartBlock[];
  /** The recording of what goes over them; there when the pins are recorded. */
  transactions: BusTrace | undefined;
  /** Cycles per second of the clock that UART and SPI divide. */
  periHz: number;
  /** Voltages that devices put on the ADC's inputs. */
  private readonly voltages = new Map<number, (ns: number) => number>();
  private hz: number;
  resetCause: number;
  readonly uniqueId: Uint8Array;
  private readonly devices = new Map<string, Device>();
  private readonly watchers: (readonly [number, (level: Level, ns: number) => void])[] = [];
  private readonly signalWatchers: (readonly [number, (signal: Signal, ns: number) => void])[] = [];
  private readonly resetters: ((kind: MachineResetKind) => void)[] = [];

  constructor(
    readonly vm: Vm,
    options: MachineOptions = {},
  ) {
    if (machines.has(vm)) throw new MachineUsageError('second-machine', 'this VM has a machine already');
    machines.set(vm, this);
    const { profile } = vm;
    const now = (): number => this.now();
    this.gpio = new Gpio(GPIO_COUNT, {
      now,
      schedule: (ns, pin) => {
        vm.attention = true;
        return vm.clock.schedule(Math.ceil(ns), 'pin', pin);
      },
      cancel: (id) => vm.clock.cancel(id),
    });
    vm.importFiles = MOUNTED_FILES;
    if (hasThreads(vm.profile)) enableThreads(vm);
    vm.clock.on('pin', (pin) => this.gpio.due(pin), 'at-once');
    this.ext = new ExtPins(EXT_COUNT, now);
    this.bus = new Bus({
      u8: vm.u8,
      onWrite: () => this.taint(),
      onRead: (offset, size) => this.flash.settle(offset, size),
    });
    this.bus.mapMemory('flash', profile.flashBase, vm.ramStart, 0, false);
    this.bus.mapMemory('ram', profile.ramBase, vm.u8.length - vm.ramStart, vm.ramStart, true);
    // object words are offsets into the board's memory: a program that follows one must find the object there
    this.bus.mapMemory('flash (by offset)', 0, vm.ramStart, 0, false);
    this.bus.mapMemory('ram (by offset)', vm.ramStart, vm.u8.length - vm.ramStart, vm.ramStart, true);
    this.core = new CoreBlocks(vm, this.bus, this.gpio);
    this.core.pins.isWatched = (pin) => this.watchers.some(([watched]) => watched === pin);
    this.bus.mapPeripheral('io_bank0', IO_BANK0_BASE, BANK_SIZE, new IoBank(this.gpio, this.core.pins));
    this.bus.mapPeripheral('pads_bank0', PADS_BANK0_BASE, BANK_SIZE, new PadsBank(this.gpio));
    this.bus.mapPeripheral('sio', SIO_BASE, SIO_SIZE, new Sio(this.gpio));
    this.hz = profile.clockHz;
    this.periHz = profile.clockHz;
    this.i2c = [0, 1].map((id) => new I2cBlock(this, id));
    this.spi = [0, 1].map((id) => new SpiBlock(this, id));
    this.uart = [0, 1].map((id) => new UartBlock(this, id));
    for (const u of this.uart) {
      u.onInterrupt = (causes) => runUartIrq(vm, u.id, causes);
      const base = u.id === 0 ? UART0_BASE : UART1_BASE;
      this.bus.mapPeripheral(`uart${u.id}`, base, BANK_SIZE, new UartRegisters(u, () => this.periHz));
    }
    // groups of four pins belong to the UARTs, two groups to each in turn
    const uartOf = (pin: number) => this.uart[((pin + 4) >> 3) & 1] as UartBlock;
    this.gpio.connect(FUNC_UART, { output: (pin) => uartOf(pin).output(pin) });
    for (let pin = 0; pin < GPIO_COUNT; pin++) this.lines.listen(pin, (frame) => uartOf(pin).hear(pin, frame));
    this.gpio.connect(FUNC_SPI, { output: (pin) => this.spi[(pin >> 3) & 1]?.output(pin) });
    this.pwm = new PwmBlock(this.gpio, () => this.hz, now);
    this.pwmDriver = new PwmDriver(this);
    this.adc = new AdcBlock(now, (channel, ns) => this.volts(channel, ns));
    this.bus.mapPeripheral('adc', ADC_BASE, BANK_SIZE, this.adc);
    this.bus.mapPeripheral('pwm', PWM_BASE, BANK_SIZE, this.pwm);
    this.resetCause = options.resetCause ?? CAUSE_POWER_ON;
    this.uniqueId = options.uniqueId ?? Uint8Array.of(0xe6, 0x61, 0x64, 0x08, 0x43, 0x21, 0x77, 0x2a);
    if (this.uniqueId.length !== 8) {
      throw new MachineUsageError('unique-id', `a unique id has 8 bytes, not ${this.uniqueId.length}`);
    }
    this.flash = new Flash(vm);
    if (options.flash instanceof Uint8Array) this.flash.setImage(options.flash);
    this.mountsFlash = this.flash.size > 0 && options.folder === undefined && options.flash !== false;
    this.files = options.folder === undefined ? undefined : new OpenFiles(options.folder);
    this.random = new RandomSource(options.seed ?? 1);
    this.environment = new Map(Object.entries(options.environment ?? {}));
    this.gpio.onSignal((pin, signal, ns) => this.changed(pin, signal, ns));
    this.gpio.onEdge((pin, level, ns) => this.edge(pin, level, ns));
    this.ext.onEdge((pin, level, ns) => {
      this.changed(GPIO_COUNT + pin, level, ns);
      this.edge(GPIO_COUNT + pin, level, ns);
    });
    vm.journal.onStimulus = (target, data) => this.devices.get(target)?.stimulus?.(data);
    this.onReset((kind) => {
      for (const u of this.uart) u.reset();
      if (kind === 'soft') return;
      for (const block of [...this.i2c, ...this.spi]) block.reset();
      this.buses.reset();
      this.pwm.reset();
      this.adc.reset();
      this.periHz = profile.clockHz;
    });
    if (options.trace === true) this.startTrace();
    this.mount();
  }

  /** Mounts the board's folder, or the filesystem in its flash; done at the start and after a soft reset. */
  mount(): void {
    mountRoot(this.vm);
  }

  /** Virtual time, ns. */
  now(): number {
    return this.vm.clock.now(this.vm.budget);
  }

  /** Lets time pass that a peripheral takes while the program waits for it. */
  spend(ns: number): void {
    // whole nanoseconds add up to the same sum in any order
    this.vm.clock.chargeNs(Math.round(ns));
    pollInterrupts(this.vm);
    this.vm.attention = true;
    pollInterrupts(this.vm);
  }

  /** Volts at an input of the ADC: what a device puts there, else what the pin's level makes; the sensor is at 27 °C. */
  private volts(channel: number, ns: number): number {
    const source = this.voltages.get(channel);
    if (source !== undefined) return source(ns);
    if (channel === ADC_TEMPERATURE) return coreTemperatureVolts(27);
    return this.gpio.level(ADC_FIRST_PIN + channel) === 1 ? ADC_REFERENCE : 0;
  }

  /** Random bytes, the same in every run with the same seed. */
  randomBytes(n: number): Uint8Array {
    return Uint8Array.from({ length: Math.max(0, n) }, () => this.random.next32() >>> 24);
  }

  /** Puts a device on the board. */
  attach<T extends Device>(device: T): T {
    if (this.devices.has(device.name))
      throw new MachineUsageError('device-name', `there is a device '${device.name}' already`);
    this.devices.set(device.name, device);
    device.attach(this.pinsFor(device));
    return device;
  }

  /** Cycles per second of the system clock, as `machine.freq()` tells; what PWM makes follows it. */
  get freqHz(): number {
    return this.hz;
  }
  set freqHz(hz: number) {
    this.pwm.reclock(() => {
      this.hz = hz;
    });
  }
  /** Calls `reset` at every reset, before RAM is emptied: a peripheral takes its events out of the clock's queue. */
  onReset(reset: (kind: MachineResetKind) => void): void {
    this.resetters.push(reset);
  }
  /**
   * Resets the board: RAM is as after a boot, with nothing started. After a `soft` reset pins, the RTC and the uptime are as
   * before; else the whole chip starts anew, and what is outside of it (devices, files) stays. `argv` and `path` are for
   * `sys`.
   */
  reset(kind: MachineResetKind, argv: readonly string[] = [], path: readonly string[] = []): void {
    const { vm } = this;
    if (kind === 'soft') finaliseAll(vm);
    this.resetPeripherals(kind);
    resetVm(vm, kind === 'soft' ? 'soft' : 'hard', argv, path);
    this.mount();
  }
  /** The part of {@link reset} that is not the VM's. */
  resetPeripherals(kind: MachineResetKind): void {
    this.core.reset(kind);
    for (const reset of this.resetters) reset(kind);
    this.files?.closeAll();
    // what a finaliser would have closed; a hard reset leaves no time for it
    if (kind === 'soft') this.lfs.closeAll();
    this.lfs.clear();
    this.pwmDriver.stopAll();
    if (kind !== 'soft') {
      this.pwmDriver.reset();
      this.gpio.reset();
      this.ext.reset();
      this.freqHz = this.vm.profile.clockHz;
      this.resetCause = CAUSE_WATCHDOG;
    }
  }

  /** Level of a pin by number or name. */
  level(pin: number | string): Level {
    const n = this.pinNumber(pin);
    return n < GPIO_COUNT ? this.gpio.level(n) : this.ext.level(n - GPIO_COUNT);
  }

  /** What a pin carries: a level, or a wave that a peripheral makes. */
  signal(pin: number | string): Signal {
    const n = this.pinNumber(pin);
    return n < GPIO_COUNT ? this.gpio.signal(n) : this.ext.level(n - GPIO_COUNT);
  }

  /** Records the pins' edges from now on. */
  startTrace(): PinTrace {
    const count = GPIO_COUNT + EXT_COUNT;
    const trace = new PinTrace(
      Array.from({ length: count }, (_, id) => pinLabel(id)),
      () => {
        this.gpio.settle();
        return this.now();
      },
    );
    trace.begin(
      this.now(),
      Array.from({ length: count }, (_, id) => this.signal(id)),
    );
    this.trace = trace;
    this.transactions = new BusTrace();
    return trace;
  }

  /** A transfer is over: records it, if anything is recorded. */
  transaction(make: () => Transaction): void {
    if (this.transactions === undefined) return;
    const t = make();
    this.transactions.record(t);
    for (const [pin, wave] of wavesOf(t)) {
      this.trace?.record(pin, wave, t.start);
      this.trace?.record(pin, this.gpio.signal(pin), t.end);
    }
  }

  /** Pins, open files, trace and devices as plain data; the VM has its own snapshot. */
  save(): MachineState {
    return {
      gpio: this.gpio.save(),
      ext: this.ext.save(),
      freqHz: this.freqHz,
      core: this.core.save(),
      pwm: this.pwm.save(),
      adc: this.adc.save(),
      periHz: this.periHz,
      i2c: this.i2c.map((b) => b.save()),
      spi: this.spi.map((b) => b.save()),
      buses: this.buses.save(),
      uart: this.uart.map((u) => u.save()),
      transactions: this.transactions?.save() ?? null,
      pwmDriver: this.pwmDriver.save(),
      resetCause: this.resetCause,
      trace: this.trace?.save() ?? null,
      files: this.files?.save() ?? null,
      flash: this.flash.save(),
      lfs: this.lfs.save(),
      random: this.random.save(),
      environment: [...this.environment],
      devices: Object.fromEntries([...this.devices].map(([name, d]) => [name, d.save()])),
    };
  }
  /** Takes on a saved state; devices of the same names must be attached. */
  load(state: MachineState): void {
    for (const name of Object.keys(state.devices)) {
      if (!this.devices.has(name))
        throw new MachineUsageError('no-such-device', `the saved state has a device '${name}', this board has not`);
    }
    if (state.files !== null) {
      if (this.files === undefined)
        throw new MachineUsageError('no-folder', 'the saved state has open files, this board has no folder');
      this.files.load(state.files);
    }
    this.random.load(state.random);
    this.environment.clear();
    for (const [name, value] of state.environment) this.environment.set(name, value);
    this.flash.load(state.flash);
    this.lfs.load(state.lfs, (self, cfg) => deviceOf(this.vm, self, cfg.cacheSize));
    this.gpio.load(state.gpio);
    this.ext.load(state.ext);
    this.hz = state.freqHz;
    this.core.load(state.core);
    this.pwm.load(state.pwm);
    this.adc.load(state.adc);
    this.periHz = state.periHz;
    for (const [i, s] of state.i2c.entries()) this.i2c[i]?.load(s);
    for (const [i, s] of state.spi.entries()) this.spi[i]?.load(s);
    this.buses.load(state.buses);
    for (const [i, s] of state.uart.entries()) this.uart[i]?.load(s);
    this.pwmDriver.load(state.pwmDriver);
    this.resetCause = state.resetCause;
    this.transactions = undefined;
    if (state.transactions !== null) {
      this.transactions = new BusTrace();
      this.transactions.load(state.transactions);
    }
    if (state.trace === null) this.trace = undefined;
    else (this.trace ?? this.startTrace()).load(state.trace);
    for (const [name, s] of Object.entries(state.devices)) this.devices.get(name)?.load(s);
  }

  /** Closes what programs have left open: before a soft reset, after which the heap's objects are no more. */
  closeFiles(): void {
    this.files?.closeAll();
    this.lfs.closeAll();
  }

  private taint(): void {
    this.vm.tainted = true;
  }

  private changed(pin: number, signal: Signal, ns: number): void {
    this.trace?.record(pin, signal, ns);
    for (const [watched, listener] of this.signalWatchers) if (watched === pin) listener(signal, ns);
  }
  private edge(pin: number, level: Level, ns: number): void {
    for (const [watched, listener] of this.watchers) if (watched === pin) listener(level, ns);
  }

  /** The board as a device sees it. */
  private pinsFor(device: Device): DevicePins {
    return {
      now: () => this.now(),
      level: (pin) => this.level(pin),
      signal: (pin) => this.signal(pin),
      drive: (pin, driver, signal) => this.gpio.drive(this.gpioNumber(pin), driver, signal),
      pull: (pin, name, level) => this.gpio.pull(this.gpioNumber(pin), name, level),
      watch: (pin, listener) => {
        const n = this.pinNumber(pin);
        if (n < GPIO_COUNT) this.gpio.watch(n, true);
        this.watchers.push([n, listener]);
      },
      watchSignal: (pin, listener) => {
        this.signalWatchers.push([this.pinNumber(pin), listener]);
      },
      analog: (pin, volts) => {
        const channel = pin === 'CORE_TEMP' ? ADC_TEMPERATURE : this.pinNumber(pin) - ADC_FIRST_PIN;
        if (channel < 0 || channel >= ADC_CHANNELS || (channel === ADC_TEMPERATURE && pin !== 'CORE_TEMP'))
          throw new MachineUsageError('no-such-pin', `pin ${JSON.stringify(pin)} has no analogue input`);
        this.voltages.set(channel, volts);
      },
      i2c: (bus, address, target) => {
        const scl = this.gpioNumber(bus.scl);
        const sda = this.gpioNumber(bus.sda);
        this.buses.addI2c({ name: device.name, scl, sda, address, target });
        for (const pin of [scl, sda]) this.gpio.pull(pin, device.name, 1);
      },
      spi: (bus, target) => {
        const number = (pin: number | string | undefined) => (pin === undefined ? undefined : this.gpioNumber(pin));
        const [sck, mosi, miso] = [this.gpioNumber(bus.sck), number(bus.mosi), number(bus.miso)];
        this.buses.addSpi({ name: device.name, sck, mosi, miso, target });
      },
      onSerial: (pin, listener) => this.lines.listen(this.gpioNumber(pin), listener),
      sendSerial: (pin, frame) => this.lines.send(this.gpioNumber(pin), frame),
      serialWire: (from, to) => this.lines.wire(this.gpioNumber(from), this.gpioNumber(to)),
      stimulate: (data, at) => this.vm.journal.add({ kind: 'stimulus', target: device.name, data }, at),
    };
  }

  private pinNumber(pin: number | string): number {
    const n = typeof pin === 'number' ? pin : pinNumber(pin);
    if (n === undefined || !Number.isInteger(n) || n < 0 || n >= GPIO_COUNT + EXT_COUNT) {
      throw new MachineUsageError('no-such-pin', `the board has no pin ${JSON.stringify(pin)}`);
    }
    return n;
  }
  private gpioNumber(pin: number | string): number {
    const n = this.pinNumber(pin);
    if (n >= GPIO_COUNT)
      throw new MachineUsageError('no-such-pin', `pin ${JSON.stringify(pin)} cannot be driven from outside`);
    return n;
  }
}

/** As {@link machineOf}, for natives that look at the hardware or change it: it has caught up with the clock. */
export function liveMachine(vm: Vm): Machine {
  pollInterrupts(vm);
  return machineOf(vm);
}

/** The machine of a VM; a plain one is made for a VM that has none. */
export function machineOf(vm: Vm): Machine {
  return machines.get(vm) ?? new Machine(vm, { flash: false });
}
