/** The part of an image that has `marshal`. */
import { marshalModule } from '../mod/marshal.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'marshal', modules: [marshalModule] });
