/** What has a buffer or is a stream: types and modules for the ROM image. */
import { arrayModule } from '../mod/array.js';
import { errnoModule } from '../mod/errno.js';
import type { ModuleDef, TypeDef } from '../rom/define.js';
import { arrayIterType, arrayType, bytearrayType } from './array.js';
import { memoryviewType } from './memoryview.js';
import { ringioType } from './ringio.js';

/** Types that no module names, or that have fixed addresses. */
export const BUFFER_TYPES: readonly TypeDef[] = [arrayIterType, arrayType, bytearrayType, memoryviewType, ringioType];
export const BUFFER_MODULES: readonly ModuleDef[] = [arrayModule, errnoModule];
/** Names in `builtins`. */
export const bufferBuiltins = { bytearray: bytearrayType, memoryview: memoryviewType };
