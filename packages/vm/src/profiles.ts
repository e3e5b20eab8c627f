/** The board profiles that come with the VM. */
import type { CostModel, Profile, StackModel } from './profile.js';

const PICO_COST: CostModel = {
  nsPerByte: 120,
  nsPerAlloc: 400,
  nsPerMark: 250,
  nsPerSweep: 40,
  nsPerUnit: 100,
  interruptLatencyNs: 4000,
};
const FAST_COST: CostModel = {
  nsPerByte: 5,
  nsPerAlloc: 10,
  nsPerMark: 8,
  nsPerSweep: 1,
  nsPerUnit: 5,
  interruptLatencyNs: 1000,
};
/** Measured on the 32-bit unix port. */
const UNIX_STACK: StackModel = {
  limit: 40000,
  call: 256,
  property: 528,
  getattr: 560,
  callMethod: 432,
  init: 400,
  native: 256,
  compile: 200,
};
const PICO_STACK: StackModel = {
  limit: 8 * 1024,
  call: 80,
  property: 288,
  getattr: 304,
  callMethod: 240,
  init: 224,
  native: 144,
  compile: 96,
};

/** Raspberry Pi Pico W: 264 KB of RAM, 2 MB of flash, single-precision floats. */
const picoW: Profile = {
  name: 'pico-w',
  flashSize: 2 * 1024 * 1024,
  storageSize: 848 * 1024,
  ramSize: 264 * 1024,
  pythonStack: 16 * 1024,
  flashBase: 0x10000000,
  ramBase: 0x20000000,
  floatBits: 32,
  align64: 8,
  level: 'extra',
  clockHz: 125_000_000,
  cost: PICO_COST,
  stack: PICO_STACK,
  platform: 'rp2',
  machine: 'Raspberry Pi Pico W with RP2040',
  build: 'RPI_PICO_W',
  epochOffset: 0,
  sysPath: ['', '.frozen', '/lib'],
  schedulerDepth: 8,
};

/** The measuring twin of the 32-bit unix port. */
const unix32: Profile = {
  ...picoW,
  name: 'unix32',
  flashSize: 512 * 1024,
  storageSize: 0,
  // the heap has 1 MiB, tables included
  ramSize: 512 + 256 * 1024 + 256 + 1024 * 1024,
  pythonStack: 256 * 1024,
  emergencyBuffer: 256,
  floatBits: 64,
  align64: 4,
  cost: FAST_COST,
  stack: UNIX_STACK,
  platform: 'linux',
  machine: 'linux [GCC 12.2.0] version',
  build: 'standard',
  sysPath: ['', '.frozen'],
  names: 'standard',
  schedulerDepth: 4,
};

/** As unix32, at the highest feature level. */
const coverage32: Profile = { ...unix32, name: 'coverage32', level: 'everything', build: 'coverage', names: undefined };

/** As unix32, with floats in single precision. */
const unix32f: Profile = { ...unix32, name: 'unix32f', floatBits: 32 };

/** 16 KiB of RAM in all. */
const minimal: Profile = {
  ...picoW,
  name: 'minimal',
  flashSize: 256 * 1024,
  storageSize: 0,
  ramSize: 16 * 1024,
  pythonStack: 2304,
  level: 'core',
  platform: 'minimal',
  machine: 'minimal board with 16 KiB of RAM',
  build: 'MINIMAL',
  stack: { ...PICO_STACK, limit: 4096 },
};

/** Profiles by name. */
export const PROFILES: Readonly<Record<string, Profile>> = { 'pico-w': picoW, unix32, unix32f, coverage32, minimal };
