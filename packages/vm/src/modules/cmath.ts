/** The part of an image that has `cmath`. */
import { cmathModule } from '../mod/cmath.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'cmath', modules: [cmathModule] });
