/** What this package adds to a board's ROM. */
import type { Profile, RomExtension } from '@tsmp/vm';
import { machineModule } from './machine/module.js';

/** Types and modules of the machine, for `romDefinitions`. */
export function machineExtension(profile: Profile): RomExtension {
  return { modules: [machineModule(profile)] };
}
