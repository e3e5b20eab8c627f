/** What this package adds to a board's ROM. */
import type { Profile, RomExtension } from '@tsmp/vm';
import { networkModule } from './network-module.js';
import { REQUESTS } from './requests-py.js';
import { socketModule } from './socket-module.js';
import { socketType } from './socket-type.js';
import { wlanObjects, wlanType } from './wlan-type.js';

/** Whether a board of this profile has a radio. */
export function hasRadio(profile: Profile): boolean {
  return profile.platform === 'rp2';
}

/** Types and modules of the network, for `romDefinitions`: those of a Pico W, nothing on boards without a radio. */
export function networkExtension(profile: Profile): RomExtension {
  if (!hasRadio(profile)) return {};
  return { types: [socketType, wlanType, wlanObjects], modules: [networkModule, socketModule], frozen: REQUESTS };
}
