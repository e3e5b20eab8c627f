/** What has a buffer or is a stream: types and modules for the ROM image. */
import { arrayModule } from '../mod/array.js';
import type { ModuleDef, TypeDef } from '../rom/define.js';
import { arrayIterType, arrayType, bytearrayType } from './array.js';
import { memoryviewType } from './memoryview.js';

/** Types that no module names. */
export const BUFFER_TYPES: readonly TypeDef[] = [arrayIterType, arrayType, bytearrayType, memoryviewType];
export const BUFFER_MODULES: readonly ModuleDef[] = [arrayModule];
/** Names in `builtins`. */
export const bufferBuiltins = { bytearray: bytearrayType, memoryview: memoryviewType };
