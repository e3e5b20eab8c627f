/** The array module. Counterpart: py/modarray.c. */
import { arrayType } from '../obj/array.js';
import { defineModule } from '../rom/define.js';

export const arrayModule = defineModule({ name: 'array', globals: { array: arrayType } });
