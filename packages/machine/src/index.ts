/**
 * The machine around MicroPython's VM: bus, pins, devices and files of a simulated board.
 * @packageDocumentation
 */
export { coreTemperatureVolts, type PointsVoltage, type SineVoltage, type Voltage, voltsAt } from './analog.js';
export { Bus, type BusMemory, type Peripheral, type Region, type Width } from './bus.js';
export type { Device, DevicePins, SpiWires } from './device.js';
export { AnalogInput, type AnalogInputOptions } from './devices/analog-input.js';
export { Button, type ButtonOptions } from './devices/button.js';
export { DEVICE_KINDS, deviceOf } from './device-spec.js';
export { Bme280, type Bme280Options, type Bme280State, type Climate } from './devices/bme280.js';
export { Led, type LedOptions, type LedState } from './devices/led.js';
export { NeoPixelStrip, type NeoPixelOptions, type NeoPixelState, type PixelColour } from './devices/neopixel.js';
export { Dht, type DhtOptions, type DhtState } from './devices/dht.js';
export { Ds18b20, type Ds18b20Mode, type Ds18b20Options, type Ds18b20State } from './devices/ds18b20.js';
export { SerialPort, type SerialPortOptions, type SerialPortState } from './devices/serial-port.js';
export { Wire, type WireOptions } from './devices/wire.js';
export { Ssd1306, type Ssd1306Options, type Ssd1306State } from './devices/ssd1306.js';
export type { Ssd1306ChipState, Ssd1306Registers } from './devices/ssd1306-chip.js';
export { BusFault, type BusFaultKind, MachineUsageError } from './errors.js';
export { machineExtension } from './extension.js';
export { decodeFirmware, encodeFirmware, type Firmware, storageOf } from './firmware/firmware.js';
export { decodeUf2, encodeUf2, type FlashPart, type Uf2, UF2_RP2040 } from './firmware/uf2.js';
export { ExtPins, type ExtPinsState } from './ext-pins.js';
export { Flash, type FlashState, type FlashStats, PowerLoss } from './flash.js';
export { LfsError } from './fs/lfs2/format.js';
export { type LfsItem, type LfsLayout, LfsVolume } from './fs/lfs2/volume.js';
export { OpenFiles, type OpenFilesState, type OpenMode } from './fs/files.js';
export {
  errnoOf,
  FILE_ERRNO,
  FileError,
  type FileStat,
  type FolderEntry,
  type HostFolder,
  resolvePath,
} from './fs/folder.js';
export { MemoryFolder, type MemoryFolderState } from './fs/memory-folder.js';
export { Course, type CourseState } from './course.js';
export { type EdgeListener, Gpio, type GpioState, type PinClock, type PinSource, type SignalListener } from './gpio.js';
export { Machine, machineOf, type MachineOptions, type MachineResetKind, type MachineState } from './machine.js';
export {
  failureText,
  heapMapSvg,
  type HeapMapOptions,
  heapPicture,
  type HeapPictureOptions,
  heapTable,
  heapTimelineSvg,
} from './heap/pictures.js';
export {
  type AllocationFailure,
  type AllocationSite,
  type CollectionMark,
  heapDifference,
  type HeapPoint,
  HeapRecorder,
  type HeapRecorderOptions,
  type HeapSample,
  type RecentAllocation,
  type SiteDifference,
} from './heap/recorder.js';
export { heapviewExtension, heapviewModule } from './heap/heapview.js';
export {
  type Completion,
  LineEditor,
  type LineEditorHost,
  type LineEditorOptions,
  type LineEditorState,
} from './repl/line-editor.js';
export { Repl, versionLine, type ReplOptions, type ReplState } from './repl/repl.js';
export { AdcBlock, type AdcState } from './peripherals/adc.js';
export { PwmBlock, type PwmSliceState, type PwmState } from './peripherals/pwm.js';
export type { PwmDriver, PwmDriverState, PwmOutputState } from './machine/pwm.js';
export type { I2cBlock, I2cBlockState } from './machine/i2c-ports.js';
export type { SpiBlock, SpiBlockState } from './machine/spi-ports.js';
export { pngOf } from './png.js';
export { type I2cTarget, SerialBuses, type SerialBusesState, type SpiMode, type SpiTarget } from './serial-buses.js';
export { pinTraceSvg, type SvgOptions } from './svg.js';
export { type Frame, type FrameFormat, type FrameListener, SerialLines } from './serial-lines.js';
export type { UartBlock, UartSettings, UartState } from './machine/uart-block.js';
export { BusTrace, type I2cTransaction, type SpiTransaction, type Transaction } from './transactions.js';
export { type Samples, isWave, type Level, type Signal, type Wave } from './wave.js';
export { type TimeSpan, type Edge, type PinActivity, PinTrace, type PinTraceState, pinTraceSummary } from './trace.js';
export type { I2cPort, Span, TransferFlags } from './machine/i2c-ports.js';
export type { CoreBlocks, CoreBlocksState } from './core-blocks.js';
export type { DutyKind } from './machine/pwm.js';
export type { I2cEntry, OpenTransaction, SpiEntry } from './serial-buses.js';
export type { Expects } from './devices/ssd1306.js';
export type { LfsStat } from './fs/lfs2/lfs2.js';
export type { PinInterrupts, PinInterruptsState } from './peripherals/pin-interrupts.js';
export type { PoolAlarm, TimerBlock, TimerState } from './peripherals/timer-block.js';
export type { Watchdog, WatchdogState } from './peripherals/watchdog.js';
