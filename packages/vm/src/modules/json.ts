/** The part of an image that has `json`. */
import { jsonModule } from '../mod/json.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'json', modules: [jsonModule] });
