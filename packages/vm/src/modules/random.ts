/** The part of an image that has `random`. */
import { randomModule } from '../mod/random.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'random', modules: [randomModule] });
