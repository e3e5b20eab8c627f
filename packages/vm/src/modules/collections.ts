/** The part of an image that has `collections`. */
import { collectionsModule } from '../mod/collections.js';
import { dequeIterType, dequeType } from '../obj/deque.js';
import { namedtupleBaseType } from '../obj/namedtuple.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({
  name: 'collections',
  types: [dequeType, dequeIterType, namedtupleBaseType],
  modules: [collectionsModule],
});
