/** The part of an image that has `math`. */
import { mathModule } from '../mod/math.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'math', modules: [mathModule] });
