/**
 * The machine around MicroPython's VM: bus, pins, devices and files of a simulated board.
 * @packageDocumentation
 */
export { coreTemperatureVolts, type PointsVoltage, type SineVoltage, type Voltage, voltsAt } from './analog.js';
export { Bus, type BusMemory, type Peripheral, type Region, type Width } from './bus.js';
export type { Device, DevicePins } from './device.js';
export { AnalogInput, type AnalogInputOptions } from './devices/analog-input.js';
export { Button, type ButtonOptions } from './devices/button.js';
export { Led, type LedOptions, type LedState } from './devices/led.js';
export { BusFault, type BusFaultKind, MachineUsageError } from './errors.js';
export { machineExtension } from './extension.js';
export { decodeFirmware, encodeFirmware, type Firmware, storageOf } from './firmware/firmware.js';
export { decodeUf2, encodeUf2, type FlashPart, type Uf2, UF2_RP2040 } from './firmware/uf2.js';
export { ExtPins, type ExtPinsState } from './ext-pins.js';
export { OpenFiles, type OpenFilesState, type OpenMode } from './fs/files.js';
export { FILE_ERRNO, FileError, type FileStat, type FolderEntry, type HostFolder, resolvePath } from './fs/folder.js';
export { MemoryFolder, type MemoryFolderState } from './fs/memory-folder.js';
export { Course, type CourseState } from './course.js';
export { type EdgeListener, Gpio, type GpioState, type PinClock, type PinSource, type SignalListener } from './gpio.js';
export { Machine, machineOf, type MachineOptions, type MachineState } from './machine.js';
export { AdcBlock, type AdcState } from './peripherals/adc.js';
export { PwmBlock, type PwmSliceState, type PwmState } from './peripherals/pwm.js';
export type { PwmDriver, PwmDriverState, PwmOutputState } from './machine/pwm.js';
export { isWave, type Level, type Signal, type Wave } from './wave.js';
export { type TimeSpan, type Edge, type PinActivity, PinTrace, type PinTraceState, pinTraceSummary } from './trace.js';
