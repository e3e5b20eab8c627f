/**
 * The ROM definitions that every program needs: the types, the built-in names and a few modules. The other modules are parts (see
 * `definitions.ts` and the folder `modules`), which a page may load when they are first imported.
 */
import { checkedFunType } from './obj/checked-fun.js';
import { boundMethType } from './obj/bound-meth.js';
import { cellType, closureType } from './obj/closure.js';
import { codeLinesIterType, codeType } from './obj/code-object.js';
import { exceptionTypes } from './obj/exception.js';
import { builtinFunTypes, functionType, generatorWrapType } from './obj/function.js';
import { generatorType } from './obj/generator.js';
import { boolType } from './obj/bool.js';
import { complexType } from './obj/complex.js';
import { floatType } from './obj/float.js';
import { intType } from './obj/int.js';
import { noneType } from './obj/none.js';
import { ellipsisType, notImplementedType } from './obj/singletons.js';
import { moduleType } from './obj/module.js';
import { classmethodType, propertyType, staticmethodType } from './obj/property.js';
import { binaryStdioType } from './obj/stdio.js';
import { superType } from './obj/super.js';
import { instanceTemplate, objectType, typeType } from './obj/type.js';
import { IMPORT_HELPERS } from './import.js';
import { builtinFunctions, CONSOLE_HELPERS } from './mod/builtins.js';
import { BUFFER_MODULES, BUFFER_TYPES, bufferBuiltins } from './obj/buffers.js';
import { bytesType } from './obj/bytes.js';
import { CONTAINER_HELPERS, CONTAINER_TYPES } from './obj/containers.js';
import { dictType } from './obj/dict.js';
import { enumerateType } from './obj/enumerate.js';
import { listType } from './obj/list.js';
import { filterType, mapType } from './obj/map-filter.js';
import { rangeType } from './obj/range.js';
import { reversedType } from './obj/reversed.js';
import { frozensetType, setType } from './obj/set.js';
import { sliceType } from './obj/slice.js';
import { sortedFunction } from './obj/sort.js';

import { bytesIterType, strIterType } from './obj/str-iter.js';
import { STR_HELPERS } from './obj/str-codec.js';
import { strType } from './obj/str.js';
import { tupleType } from './obj/tuple.js';
import { zipType } from './obj/zip.js';
import { gcModule } from './mod/gc.js';
import { micropythonModule } from './mod/micropython.js';
import { sysModule } from './mod/sys.js';
import type { Profile } from './profile.js';
import { linkByName } from './rom/by-name.js';
import { PACKED_BYTES } from './rom/formats.js';
import { linkByOrder } from './rom/by-order.js';
import { defineModule, type ModuleDef, type RomValue, type TypeDef } from './rom/define.js';
import { VmUsageError } from './raise.js';
import type { DeferredPart, RomDefinitions, RomSource } from './rom/image.js';

/** What a package adds to the core. */
export interface RomExtension {
  readonly types?: readonly TypeDef[];
  readonly modules?: readonly ModuleDef[];
  /** Further names in `builtins`. */
  readonly builtins?: Readonly<Record<string, RomValue>>;
  /** Further or replaced names for ROM functions written in Python. */
  readonly helpers?: Readonly<Record<string, RomValue>>;
  /** Modules in Python that are frozen into the image: `pkg/mod.py` and its source. */
  readonly frozen?: readonly RomSource[];
}

const TYPES: readonly TypeDef[] = [
  typeType,
  objectType,
  noneType,
  boolType,
  intType,
  floatType,
  complexType,
  ellipsisType,
  notImplementedType,
  moduleType,
  functionType,
  generatorWrapType,
  generatorType,
  closureType,
  boundMethType,
  cellType,
  ...builtinFunTypes,
  staticmethodType,
  classmethodType,
  propertyType,
  superType,
  codeType,
  codeLinesIterType,
  checkedFunType,
  binaryStdioType,
  instanceTemplate,
  strIterType,
  bytesIterType,
  ...CONTAINER_TYPES,
  ...BUFFER_TYPES,
  ...Object.values(exceptionTypes),
];

/** The core's part of definitions, with what packages add. */
export function baseDefinitions(profile: Profile, extensions: readonly RomExtension[]): Omit<RomDefinitions, 'link'> {
  const builtins = defineModule({
    name: 'builtins',
    globals: {
      ...builtinFunctions,
      bool: boolType,
      complex: complexType,
      float: floatType,
      int: intType,
      object: objectType,
      property: propertyType,
      super: superType,
      type: typeType,
      classmethod: classmethodType,
      staticmethod: staticmethodType,
      bytes: bytesType,
      dict: dictType,
      enumerate: enumerateType,
      filter: filterType,
      frozenset: frozensetType,
      list: listType,
      map: mapType,
      range: rangeType,
      reversed: reversedType,
      set: setType,
      slice: sliceType,
      sorted: sortedFunction,
      str: strType,
      tuple: tupleType,
      zip: zipType,
      ...bufferBuiltins,
      ...exceptionTypes,
      ...Object.assign({}, ...extensions.map((e) => e.builtins ?? {})),
    },
  });
  return {
    types: [...TYPES, ...extensions.flatMap((e) => e.types ?? [])],
    modules: [
      builtins,
      sysModule(profile),
      gcModule,
      micropythonModule(profile),
      ...BUFFER_MODULES,
      ...extensions.flatMap((e) => e.modules ?? []),
    ],
    helpers: {
      ...IMPORT_HELPERS,
      ...CONSOLE_HELPERS,
      ...CONTAINER_HELPERS,
      ...STR_HELPERS,
      ...Object.assign({}, ...extensions.map((e) => e.helpers ?? {})),
    },
    frozen: extensions.flatMap((e) => e.frozen ?? []),
  };
}

const parts = (extensible: boolean, names: string): DeferredPart[] =>
  names.split(' ').map((name) => ({ name, modules: [name], extensible }));

/** The parts that {@link coreDefinitions} leaves out, and whether files on `sys.path` come before them. */
export const DEFERRED: readonly DeferredPart[] = [
  ...parts(false, 'cmath deflate math'),
  ...parts(true, 'binascii collections heapq io json platform random re struct time websocket'),
];

/**
 * The definitions with the core only: the image is one of `romDefinitions`, and `linkPart` adds the modules that a program imports.
 * For boards below the highest feature level, without counting bytecodes and without `.mpy` files.
 */
export function coreDefinitions(profile: Profile, more: readonly RomExtension[] = []): RomDefinitions {
  if (profile.level === 'everything')
    throw new VmUsageError('core-level', `the core lacks types of the board '${profile.name}': take romDefinitions`);
  return { ...baseDefinitions(profile, more), deferred: DEFERRED, link: linkByName, packed: PACKED_BYTES };
}

/** {@link coreDefinitions} for images with an order, linked by it: for bundles in which names are shortened. */
export function orderedDefinitions(profile: Profile): RomDefinitions {
  return { ...baseDefinitions(profile, []), deferred: DEFERRED, link: linkByOrder };
}
