/** What this package adds to a board's ROM. */
import { hasThreads, lockType, type Profile, type RomExtension, THREAD_HELPERS, threadModule } from '@tsmp/vm';
import { fileTypes } from './fs/file-object.js';
import { hostVfsType, LISTING_TYPES } from './fs/host-vfs.js';
import { osModules, unameHelper } from './fs/os.js';
import { mountType, openFn, VFS_HELPERS } from './fs/vfs.js';
import { FAT_TYPES, vfsFatType } from './fs/vfs-fat.js';
import { ROM_TYPES } from './fs/vfs-rom.js';
import { LFS_TYPES, vfsLfs2Type } from './fs/vfs-lfs2.js';
import { DRIVERS } from './drivers/drivers-py.js';
import { oneWireModule } from './machine/bit-lines.js';
import { PERIPHERAL_TYPES } from './machine/classes.js';
import { machineModule } from './machine/module.js';
import { cryptolibModule } from './mod/cryptolib.js';
import { framebufModule } from './mod/framebuf.js';
import { uctypesModule } from './mod/uctypes.js';
import { HASH_TYPES, hashlibModule } from './mod/hashlib.js';
import { heapviewModule } from './heap/heapview.js';
import { inputFn, REPL_HELPERS } from './repl/functions.js';
import { FLASH_TYPES, flashType, rp2Module } from './rp2/flash-object.js';
import { SELECT_HELPERS, SELECT_TYPES, selectModule } from './mod/select.js';

/** Types, modules and built-ins of the machine, for `romDefinitions`. */
export function machineExtension(profile: Profile): RomExtension {
  const { text, binary } = fileTypes(profile.platform);
  const threads = hasThreads(profile);
  const hasFlash = (profile.storageSize ?? 0) > 0;
  return {
    types: [
      hostVfsType,
      mountType,
      text,
      binary,
      ...LISTING_TYPES,
      vfsFatType,
      ...FAT_TYPES,
      vfsLfs2Type,
      ...LFS_TYPES,
      ...ROM_TYPES,
      ...(hasFlash ? [flashType, ...FLASH_TYPES] : []),
      ...PERIPHERAL_TYPES,
      ...HASH_TYPES,
      ...SELECT_TYPES,
      ...(threads ? [lockType] : []),
    ],
    modules: [
      machineModule(profile),
      ...(profile.platform === 'linux' ? [] : [heapviewModule]),
      ...osModules(profile),
      ...(hasFlash ? [rp2Module] : []),
      ...(profile.platform === 'rp2' ? [oneWireModule] : []),
      framebufModule,
      uctypesModule,
      hashlibModule,
      cryptolibModule(profile),
      selectModule,
      ...(threads ? [threadModule] : []),
    ],
    builtins: { input: inputFn, open: openFn },
    frozen: profile.platform === 'rp2' ? DRIVERS : [],
    helpers: {
      ...VFS_HELPERS,
      ...unameHelper(profile),
      ...SELECT_HELPERS,
      ...REPL_HELPERS,
      ...(threads ? THREAD_HELPERS : {}),
    },
  };
}
