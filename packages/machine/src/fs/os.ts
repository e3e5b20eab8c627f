/** The modules `os` and `vfs`. Counterpart: extmod/modos.c, extmod/modvfs.c. */
import {
  defineModule,
  fun1,
  fun2,
  funVar,
  getInt,
  type ModuleDef,
  newStr,
  NONE,
  type Profile,
  pyFun,
  raiseOSError,
  raiseType,
  type RomValue,
  strText,
  TYPES,
} from '@tsmp/vm';
import { FILE_ERRNO } from './folder.js';
import { machineOf } from '../machine.js';
import { hostVfsType } from './host-vfs.js';
import { vfsFatType } from './vfs-fat.js';
import { vfsRomType } from './vfs-rom.js';
import { vfsLfs2Type } from './vfs-lfs2.js';
import { MOUNT_FUNCTIONS, VFS_FUNCTIONS } from './vfs.js';

const RELEASE = '1.29.0';
const EINVAL = FILE_ERRNO.EINVAL as number;

const urandomFn = fun1((vm, o) => {
  const n = getInt(vm, o);
  if (n < 0) raiseType(vm, TYPES.ValueError);
  if (n > vm.u8.length) vm.raiseMemoryError(n + 1);
  return vm.newBytes(machineOf(vm).randomBytes(n));
});

/** What the unix port has of its process. */
const environmentFunctions: Readonly<Record<string, RomValue>> = {
  getenv: funVar(1, 2, (vm, nArgs, _nKw, args) => {
    const value = machineOf(vm).environment.get(strText(vm, vm.i32[args >> 2] as number));
    if (value !== undefined) return newStr(vm, value);
    return nArgs === 2 ? (vm.i32[(args >> 2) + 1] as number) : NONE;
  }),
  putenv: fun2((vm, key, value) => {
    const name = strText(vm, key);
    const text = strText(vm, value);
    if (!isVariable(name)) raiseOSError(vm, EINVAL);
    machineOf(vm).environment.set(name, text);
    return NONE;
  }),
  unsetenv: fun1((vm, key) => {
    const name = strText(vm, key);
    if (!isVariable(name)) raiseOSError(vm, EINVAL);
    machineOf(vm).environment.delete(name);
    return NONE;
  }),
};
function isVariable(name: string): boolean {
  return name !== '' && !name.includes('=');
}

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
        ...(posix ? environmentFunctions : {}),
        ...rest,
        remove,
        unlink: remove,
        ilistdir,
        ...MOUNT_FUNCTIONS,
        ...vfsTypes,
      },
    }),
    defineModule({ name: 'vfs', globals: { ...MOUNT_FUNCTIONS, ...vfsTypes, VfsRom: vfsRomType } }),
  ];
}
