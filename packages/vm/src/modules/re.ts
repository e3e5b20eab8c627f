/** The part of an image that has `re`. */
import { RE_TYPES, reModule } from '../mod/re.js';
import type { Profile } from '../profile.js';
import type { RomPart } from '../rom/image.js';

export const part = (profile: Profile): RomPart => ({ name: 're', types: RE_TYPES, modules: [reModule(profile)] });
