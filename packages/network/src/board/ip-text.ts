/** Addresses as programs write them. Counterpart: shared/netutils/netutils.c. */
import { type Obj, raiseValueError, strText, type Vm } from '@tsmp/vm';
import { IP_ANY, type IpAddr, tryParseIp } from '../address.js';

/**
 * An address of four numbers, as `ifconfig()` takes it: nothing is none, what follows the numbers is left out, numbers wrap.
 */
export function looseIp(vm: Vm, o: Obj): IpAddr {
  const text = strText(vm, o);
  if (text === '') return IP_ANY;
  const parts = (/^[0-9.]*/.exec(text)?.[0] ?? '').split('.');
  if (parts.length !== 4) raiseValueError(vm, 'invalid arguments');
  return parts.reduce((ip, part) => (ip * 256 + (Number(part) & 255)) >>> 0, 0);
}

/** An address as lwIP parses it; raises ValueError(`message`). */
export function strictIp(vm: Vm, o: Obj, message = 'invalid arguments'): IpAddr {
  const ip = tryParseIp(strText(vm, o));
  return ip < 0 ? raiseValueError(vm, message) : ip;
}
