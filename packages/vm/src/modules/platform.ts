/** The part of an image that has `platform`. */
import { platformModule } from '../mod/platform.js';
import type { Profile } from '../profile.js';
import type { RomPart } from '../rom/image.js';

export const part = (profile: Profile): RomPart => ({ name: 'platform', modules: [platformModule(profile)] });
