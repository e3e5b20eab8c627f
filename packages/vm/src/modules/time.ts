/** The part of an image that has `time`. */
import { timeModule } from '../mod/time.js';
import type { Profile } from '../profile.js';
import type { RomPart } from '../rom/image.js';

export const part = (profile: Profile): RomPart => ({ name: 'time', modules: [timeModule(profile)] });
