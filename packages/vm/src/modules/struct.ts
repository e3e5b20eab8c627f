/** The part of an image that has `struct`. */
import { structModule } from '../mod/struct.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'struct', modules: [structModule] });
