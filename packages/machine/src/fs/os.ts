/** The modules `os` and `vfs`. Counterpart: extmod/modos.c, extmod/modvfs.c. */
import {
  defineModule,
  fun1,
  getInt,
  type ModuleDef,
  type Profile,
  pyFun,
  raiseType,
  type RomValue,
  TYPES,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import { hostVfsType } from './host-vfs.js';
import { vfsFatType } from './vfs-fat.js';
import { vfsLfs2Type } from './vfs-lfs2.js';
import { MOUNT_FUNCTIONS, VFS_FUNCTIONS } from './vfs.js';

const RELEASE = '1.29.0';

const urandomFn = fun1((vm, o) => {
  const n = getInt(vm, o);
  if (n < 0) raiseType(vm, TYPES.ValueError);
  if (n > vm.u8.length) vm.raiseMemoryError(n + 1);
  return vm.newBytes(machineOf(vm).randomBytes(n));
});

/** What `os.uname()` answers: an object in ROM, which ROM functions know by this name. */
export function unameHelper(profile: Profile): Readonly<Record<string, RomValue>> {
  return {
    _uname: {
      def: 'attrtuple',
      names: ['sysname', 'nodename', 'release', 'version', 'machine'],
      items: [profile.platform, profile.platform, RELEASE, `v${RELEASE}-preview`, profile.machine],
    },
  };
}
const unamePy = pyFun('uname', 'def uname():\n    return _uname\n');

export function osModules(profile: Profile): readonly ModuleDef[] {
  const posix = profile.platform === 'linux';
  const { ilistdir, remove, ...rest } = VFS_FUNCTIONS as Readonly<Record<string, RomValue>> & {
    ilistdir: RomValue;
    remove: RomValue;
  };
  const vfsTypes: Readonly<Record<string, RomValue>> = {
    VfsFat: vfsFatType,
    VfsLfs2: vfsLfs2Type,
    ...(posix ? { VfsPosix: hostVfsType } : {}),
  };
  return [
    defineModule({
      name: 'os',
      extensible: true,
      globals: {
        ...(posix && profile.level !== 'everything' ? {} : { uname: unamePy }),
        urandom: urandomFn,
        sep: '/',
        ...rest,
        remove,
        unlink: remove,
        ilistdir,
        ...MOUNT_FUNCTIONS,
        ...vfsTypes,
      },
    }),
    defineModule({ name: 'vfs', globals: { ...MOUNT_FUNCTIONS, ...vfsTypes } }),
  ];
}
