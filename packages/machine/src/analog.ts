/** Voltages over virtual time, as plain data: what an analogue pin is connected to. */
import { MachineUsageError } from './errors.js';

/** A sine around `offset`. */
export interface SineVoltage {
  readonly kind: 'sine';
  /** Volts. */
  readonly offset: number;
  readonly amplitude: number;
  /** Periods a second. */
  readonly hz: number;
}
/** Straight lines between points; before the first and after the last, their voltages. */
export interface PointsVoltage {
  readonly kind: 'points';
  /** Times (ns) and volts, in order. */
  readonly points: readonly (readonly [number, number])[];
  /** Starts over after this many ns. */
  readonly period?: number | undefined;
}
/** Volts: a constant, or a function of the board's time. */
export type Voltage = number | SineVoltage | PointsVoltage;

/** Refuses what is no voltage. */
export function checkVoltage(v: unknown): Voltage {
  if (typeof v === 'number' && Number.isFinite(v)) return v;
  const o = (typeof v === 'object' && v !== null ? v : {}) as Partial<SineVoltage> & Partial<PointsVoltage>;
  const kind: string | undefined = o.kind;
  if (kind === 'sine' && [o.offset, o.amplitude, o.hz].every((n) => Number.isFinite(n))) return v as Voltage;
  if (
    kind === 'points' &&
    Array.isArray(o.points) &&
    o.points.length > 0 &&
    o.points.every((p) => Array.isArray(p) && p.length === 2 && p.every((n) => Number.isFinite(n))) &&
    (o.period === undefined || o.period > 0)
  ) {
    return v as Voltage;
  }
  throw new MachineUsageError('bad-voltage', `this is no voltage: ${JSON.stringify(v)}`);
}

/** Volts at a time, ns. */
export function voltsAt(v: Voltage, ns: number): number {
  if (typeof v === 'number') return v;
  if (v.kind === 'sine') return v.offset + v.amplitude * Math.sin((2 * Math.PI * v.hz * ns) / 1e9);
  const t = v.period === undefined ? ns : ns % v.period;
  let [before, after] = [v.points[0] as readonly [number, number], v.points[0] as readonly [number, number]];
  for (const p of v.points) {
    after = p;
    if (p[0] > t) break;
    before = p;
  }
  if (after[0] <= before[0] || t <= before[0]) return t < before[0] ? before[1] : after[0] <= t ? after[1] : before[1];
  return before[1] + ((after[1] - before[1]) * (t - before[0])) / (after[0] - before[0]);
}

/** What the RP2040's temperature sensor puts out. Counterpart: RP2040 datasheet, 4.9.5. */
export function coreTemperatureVolts(celsius: number): number {
  return 0.706 - (celsius - 27) * 0.001721;
}
