/** The part of an image that has `binascii`. */
import { binasciiModule } from '../mod/binascii.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'binascii', modules: [binasciiModule] });
