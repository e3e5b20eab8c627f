/** The `network` module, as a board with a CYW43 radio has it. Counterpart: extmod/modnetwork.c. */
import { defineModule, fun0, funKw, funVar, NONE, newList, newStr, raiseType, TYPES } from '@tsmp/vm';
import { networkOf } from './network-of.js';
import { bufferText } from './buffer-text.js';
import { hostname, moduleIpconfig, setHostname } from './wlan-config.js';
import { IF_AP, IF_STA, wlanType } from './wlan-type.js';

/** `import network`. */
export const networkModule = defineModule({
  name: 'network',
  globals: {
    country: funVar(0, 1, (vm, nArgs, _nKw, args) => {
      const { settings } = networkOf(vm);
      if (nArgs === 0) return newStr(vm, settings.country);
      const code = bufferText(vm, vm.i32[args >> 2] as number);
      if (code.length !== 2) raiseType(vm, TYPES.ValueError);
      settings.country = code;
      return NONE;
    }),
    hostname: funVar(0, 1, (vm, nArgs, _nKw, args) => {
      if (nArgs === 0) return hostname(vm);
      setHostname(vm, vm.i32[args >> 2] as number);
      return NONE;
    }),
    ipconfig: funKw(0, moduleIpconfig),
    // interfaces of lwIP do not enter themselves
    route: fun0((vm) => newList(vm, 0)),
    WLAN: wlanType,
    STAT_IDLE: 0,
    STAT_CONNECTING: 1,
    STAT_WRONG_PASSWORD: -3,
    STAT_NO_AP_FOUND: -2,
    STAT_CONNECT_FAIL: -1,
    STAT_GOT_IP: 3,
    STA_IF: IF_STA,
    AP_IF: IF_AP,
  },
});
