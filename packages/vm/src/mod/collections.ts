/** The `collections` module. Counterpart: py/modcollections.c. */
import { defineModule } from '../rom/define.js';
import { dequeType } from '../obj/deque.js';
import { orderedDictType } from '../obj/dict.js';
import { namedtupleFunction } from '../obj/namedtuple.js';

export const collectionsModule = defineModule({
  name: 'collections',
  extensible: true,
  globals: { deque: dequeType, namedtuple: namedtupleFunction, OrderedDict: orderedDictType },
});
