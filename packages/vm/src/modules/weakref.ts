/** The part of an image that has `weakref`. */
import { weakrefModule } from '../mod/weakref.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'weakref', modules: [weakrefModule] });
