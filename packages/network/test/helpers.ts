/**
 * Two or more stacks on a wire under one virtual clock, for tests.
 */
import type { NetInterface, StackOptions, WireOptions } from '../src/index.js';
import { NetStack, VirtualClock, Wire, maskOf, parseIp } from '../src/index.js';

export interface Host {
  stack: NetStack;
  eth: NetInterface;
}

export interface Lan {
  clock: VirtualClock;
  wire: Wire;
  hosts: Host[];
}

/** Hosts 10.0.0.1, 10.0.0.2, … on one wire. */
export function lan(
  count: number,
  wireOptions: Partial<WireOptions> = {},
  stackOptions: Partial<StackOptions> = {},
): Lan {
  const clock = new VirtualClock();
  const wire: Wire = new Wire(
    clock.port(() => wire.fire()),
    { seed: 1, ...wireOptions },
  );
  const hosts: Host[] = [];
  for (let i = 0; i < count; i++) {
    const stack: NetStack = new NetStack(
      clock.port(() => stack.fire()),
      { seed: 100 + i, ...stackOptions },
    );
    const eth = stack.addInterface({ name: 'eth0', mac: 0x020000000001 + i });
    eth.port = wire.attach((frame) => stack.receive(eth.id, frame));
    eth.configure({ address: parseIp(`10.0.0.${i + 1}`), netmask: maskOf(24), gateway: 0 });
    eth.setUp(true);
    hosts.push({ stack, eth });
  }
  return { clock, wire, hosts };
}

/** Fails a test where a call reported an error number. */
export function ok<T>(value: T | number): T {
  if (typeof value === 'number' && value < 0) throw new Error(`error ${-value}`);
  return value as T;
}

export const bytes = (...values: number[]) => Uint8Array.from(values);

export const hex = (text: string) =>
  Uint8Array.from(text.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));

export const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

export const text = (data: Uint8Array) => String.fromCharCode(...data);
