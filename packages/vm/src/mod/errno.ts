/** The errno module. Counterpart: py/moderrno.c. */
import { ERRNO } from '../obj/errno.js';
import { defineModule } from '../rom/define.js';

export const errnoModule = defineModule({
  name: 'errno',
  extensible: true,
  globals: {
    errorcode: { def: 'dict', entries: Object.entries(ERRNO).map(([name, code]) => [code, name] as const) },
    ...ERRNO,
  },
});
