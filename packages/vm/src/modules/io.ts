/** The part of an image that has `io`. */
import { ioModule } from '../mod/io.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'io', modules: [ioModule] });
