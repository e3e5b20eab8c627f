/** The part of an image that has `heapq`. */
import { heapqModule } from '../mod/heapq.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'heapq', modules: [heapqModule] });
