/**
 * The mount table and what `os`, `vfs`, `open` and `import` do with it. Filesystems may be written in Python, so their methods
 * are called from ROM functions in Python, whose frames can suspend. Counterpart: extmod/vfs.c.
 *
 * A mount is an object of four words, as upstream's; static roots hold the first one and the current one:
 *
 *     +0 type   +4 mount point (str)   +8 filesystem   +12 next (0: last; what is mounted on '/' comes last)
 */
import {
  argTable,
  defineType,
  fun0,
  fun1,
  fun2,
  funKw,
  type ImportFiles,
  findMount,
  findMountOf,
  readByMethods,
  restOfPath,
  restText,
  funVar,
  isSmallInt,
  isStr,
  listAppend,
  loadMethodMaybe,
  newList,
  newSmallInt,
  newStr,
  NONE,
  type Obj,
  pyFun,
  type PyFunDef,
  raiseOSError,
  readArgs,
  ROOTS,
  type RomValue,
  smallIntValue,
  strText,
  tailCall1,
  tailCall2,
  tailCall3,
  TRUE,
  FALSE,
  frozenStat,
  NULL,
  TYPES,
  type TypeDef,
  type Vm,
  raiseType,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import { onFiles, openDescriptor } from './file-object.js';
import { FILE_ERRNO } from './folder.js';
import { utf8 } from '../utf8.js';
import { fatImportStat, vfsFatType } from './vfs-fat.js';
import { lfsImportStat, newFlashVfs, vfsLfs2Type } from './vfs-lfs2.js';
import { ROM_READER, romImportFile, romImportStat } from './vfs-rom.js';
import { hostPathText, isHostVfs, newHostVfs } from './host-vfs.js';

const EPERM = FILE_ERRNO.EPERM as number;
const EEXIST = FILE_ERRNO.EEXIST as number;
const ENODEV = FILE_ERRNO.ENODEV as number;
const EINVAL = FILE_ERRNO.EINVAL as number;
const S_IFDIR = 0x4000;
const NAME_MAX = 256;

export const mountType: TypeDef = defineType({ name: 'mount' });

const POINT = 1;
const FS = 2;
const NEXT = 3;

function field(vm: Vm, mount: Obj, i: number): Obj {
  return vm.i32[(mount >> 2) + i] as number;
}
function firstMount(vm: Vm): Obj {
  return vm.root(ROOTS.mountTable);
}
function pointText(vm: Vm, mount: Obj): string {
  return strText(vm, field(vm, mount, POINT));
}

/** Results of `findMount` besides a mount. */
const NOWHERE = 0;
const ROOT = -1;

function rootMount(vm: Vm): Obj {
  for (let m = firstMount(vm); m !== 0; m = field(vm, m, NEXT)) if (pointText(vm, m).length === 1) return m;
  return 0;
}

/** The rest of a path as a str, or as bytes when the program gave bytes. */
function restObj(vm: Vm, given: Obj): Obj {
  const rest = restText(vm.u8);
  return vm.typeOf(given) === TYPES.bytes ? vm.newBytes(utf8(rest)) : newStr(vm, rest);
}

/** The filesystem of what `findMountOf` found; raises OSError where there is none. */
function needFs(vm: Vm, mount: Obj): Obj {
  if (mount === NOWHERE) return raiseOSError(vm, ENODEV);
  if (mount === ROOT) return raiseOSError(vm, EPERM);
  return field(vm, mount, FS);
}

function method1(name: string): PyFunDef {
  return pyFun(`_vfs_${name}`, `def _vfs_${name}(fs, p):\n    return fs.${name}(p)\n`);
}
function method2(name: string): PyFunDef {
  return pyFun(`_vfs_${name}`, `def _vfs_${name}(fs, a, b):\n    return fs.${name}(a, b)\n`);
}
const ilistdirPy = method1('ilistdir');
const openPy = method2('open');
const renamePy = method2('rename');
const mkdirPy = method1('mkdir');
const statPy = method1('stat');
const statvfsPy = method1('statvfs');

/** A function of one path that is its filesystem's method. */
function delegate(py: PyFunDef): RomValue {
  return fun1((vm, path) => {
    const fs = needFs(vm, findMountOf(vm, path));
    return tailCall2(vm, vm.addrOf(py), fs, restObj(vm, path));
  });
}

// ---- mounting

const mountPy = pyFun(
  '_vfs_mount',
  'def _vfs_mount(m, readonly, mkfs):\n    _vfs_of(m).mount(readonly, mkfs)\n    _vfs_insert(m)\n',
);
/** A block device: the filesystem on it is made first. littlefs has its name in block 0 or 1; what is not littlefs is taken for FAT. */
const mountDevicePy = pyFun(
  '_vfs_mount_device',
  `def _vfs_mount_device(m, readonly, mkfs):
    d = _vfs_of(m)
    b = bytearray(44)
    found = False
    try:
        d.readblocks
        for n in (0, 1):
            if not found and not d.readblocks(n, b, 8):
                found = b[:8] == b'littlefs'
    except Exception:
        pass
    _vfs_set_of(m, (_vfs_lfs2 if found else _vfs_fat)(d))
    _vfs_mount(m, readonly, mkfs)
`,
);
const umountPy = pyFun('_vfs_umount', 'def _vfs_umount(fs):\n    fs.umount()\n');
const chdirPy = pyFun('_vfs_chdir', 'def _vfs_chdir(fs, p, m):\n    fs.chdir(p)\n    _vfs_set_cur(m)\n');
const getcwdPy = pyFun(
  '_vfs_getcwd',
  `def _vfs_getcwd(fs, point):
    d = fs.getcwd()
    if len(point) == 1:
        return d
    return point if d == '/' else point + d
`,
);

const MOUNT_ARGS = argTable([
  { name: '', kind: 'obj' },
  { name: '', kind: 'obj' },
  { name: 'readonly', kind: 'obj', value: FALSE, kwOnly: true },
  { name: 'mkfs', kind: 'obj', value: FALSE, kwOnly: true },
]);

function newMount(vm: Vm, point: Obj, fs: Obj): Obj {
  const m = vm.allocObj(16, vm.addrOf(mountType));
  vm.i32[(m >> 2) + POINT] = point;
  vm.i32[(m >> 2) + FS] = fs;
  return m;
}

/** Puts a mount into the table; raises OSError(EPERM) when its place is taken. */
function insertMount(vm: Vm, m: Obj): void {
  const isRoot = pointText(vm, m).length === 1;
  const there = findMountOf(vm, field(vm, m, POINT));
  const below = there !== NOWHERE && there !== ROOT && !isRoot && pointText(vm, there).length === 1;
  if (there !== NOWHERE && there !== ROOT && !below) raiseOSError(vm, EPERM);
  let last: Obj = 0;
  let next = firstMount(vm);
  while (next !== 0 && pointText(vm, next).length !== 1) {
    last = next;
    next = field(vm, next, NEXT);
  }
  vm.i32[(m >> 2) + NEXT] = next;
  if (last === 0) vm.setRoot(ROOTS.mountTable, m);
  else vm.i32[(last >> 2) + NEXT] = m;
}

function mountList(vm: Vm): Obj {
  const list = newList(vm, 0);
  for (let m = firstMount(vm); m !== 0; m = field(vm, m, NEXT)) {
    const t = vm.newTuple(2, 0);
    vm.i32[(t >> 2) + 2] = field(vm, m, FS);
    vm.i32[(t >> 2) + 3] = field(vm, m, POINT);
    listAppend(vm, list, t);
  }
  return list;
}

const mountFn = funKw(0, (vm, nArgs, nKw, args) => {
  if (nArgs === 0) return mountList(vm);
  const [fs, point, readonly, mkfs] = readArgs(vm, MOUNT_ARGS, nArgs, nKw, args) as [Obj, Obj, Obj, Obj];
  strText(vm, point);
  loadMethodMaybe(vm, fs, vm.intern('mount'));
  const isFs = vm.dest0 !== NULL;
  const m = newMount(vm, point, fs);
  return tailCall3(vm, vm.addrOf(isFs ? mountPy : mountDevicePy), m, readonly, mkfs);
});

const umountFn = fun1((vm, what) => {
  const point = isStr(vm, what) ? strText(vm, what) : undefined;
  let last: Obj = 0;
  for (let m = firstMount(vm); m !== 0; last = m, m = field(vm, m, NEXT)) {
    const fs = field(vm, m, FS);
    if (fs !== what && pointText(vm, m) !== point) continue;
    const next = field(vm, m, NEXT);
    if (last === 0) vm.setRoot(ROOTS.mountTable, next);
    else vm.i32[(last >> 2) + NEXT] = next;
    if (vm.root(ROOTS.curDir) === m) vm.setRoot(ROOTS.curDir, 0);
    vm.keep(fs);
    return tailCall1(vm, vm.addrOf(umountPy), fs);
  }
  return raiseOSError(vm, EINVAL);
});

// ---- directories

const chdirFn = fun1((vm, path) => {
  const m = findMountOf(vm, path);
  if (m !== ROOT) {
    const fs = needFs(vm, m);
    return tailCall3(vm, vm.addrOf(chdirPy), fs, restObj(vm, path), m);
  }
  const root = rootMount(vm);
  if (root !== 0) return tailCall3(vm, vm.addrOf(chdirPy), field(vm, root, FS), newStr(vm, '/'), NONE);
  vm.setRoot(ROOTS.curDir, 0);
  return NONE;
});

const getcwdFn = fun0((vm) => {
  const cur = vm.root(ROOTS.curDir);
  if (cur === 0) return newStr(vm, '/');
  return tailCall2(vm, vm.addrOf(getcwdPy), field(vm, cur, FS), field(vm, cur, POINT));
});

/** The root directory: what is mounted in it, then what the filesystem on `/` has. */
const rootIterPy = pyFun(
  '_vfs_root_iter',
  `def _vfs_root_iter(text):
    m = _vfs_next(None)
    while m is not None:
        p = _vfs_point(m)
        if len(p) == 1:
            for e in _vfs_of(m).ilistdir('/'):
                yield e
            return
        p = p[1:]
        yield (p if text else bytes(p, 'utf8'), 0x4000, 0)
        m = _vfs_next(m)
`,
);
const namesPy = pyFun(
  '_vfs_names',
  `def _vfs_names(fs, p):
    r = []
    for e in (_vfs_root_iter(p) if fs is None else fs.ilistdir(p)):
        r.append(e[0])
    return r
`,
);

const ilistdirFn = funVar(0, 1, (vm, nArgs, _nKw, args) => {
  const path = nArgs === 0 ? newStr(vm, '') : (vm.i32[args >> 2] as number);
  const m = findMountOf(vm, path);
  if (m === ROOT) return tailCall1(vm, vm.addrOf(rootIterPy), vm.typeOf(path) === TYPES.str ? TRUE : FALSE);
  const fs = needFs(vm, m);
  return tailCall2(vm, vm.addrOf(ilistdirPy), fs, restObj(vm, path));
});

const listdirFn = funVar(0, 1, (vm, nArgs, _nKw, args) => {
  const path = nArgs === 0 ? newStr(vm, '') : (vm.i32[args >> 2] as number);
  const m = findMountOf(vm, path);
  if (m === ROOT) return tailCall2(vm, vm.addrOf(namesPy), NONE, vm.typeOf(path) === TYPES.str ? TRUE : FALSE);
  const fs = needFs(vm, m);
  return tailCall2(vm, vm.addrOf(namesPy), fs, restObj(vm, path));
});

const mkdirFn = fun1((vm, path) => {
  const m = findMountOf(vm, path);
  if (m === ROOT || (m !== NOWHERE && restText(vm.u8) === '/')) raiseOSError(vm, EEXIST);
  const fs = needFs(vm, m);
  return tailCall2(vm, vm.addrOf(mkdirPy), fs, restObj(vm, path));
});

const renameFn = fun2((vm, from, to) => {
  const m = findMountOf(vm, from);
  const a = m === NOWHERE || m === ROOT ? NONE : restObj(vm, from);
  if (findMountOf(vm, to) !== m) raiseOSError(vm, EPERM);
  return tailCall3(vm, vm.addrOf(renamePy), needFs(vm, m), a, restObj(vm, to));
});

function smallInts(vm: Vm, values: readonly number[]): Obj {
  const t = vm.newTuple(values.length, 0);
  values.forEach((v, i) => {
    vm.i32[(t >> 2) + 2 + i] = newSmallInt(v);
  });
  return t;
}

const statFn = fun1((vm, path) => {
  const m = findMountOf(vm, path);
  if (m === ROOT) return smallInts(vm, [S_IFDIR, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const fs = needFs(vm, m);
  return tailCall2(vm, vm.addrOf(statPy), fs, restObj(vm, path));
});

const statvfsFn = fun1((vm, path) => {
  let m = findMountOf(vm, path);
  if (m === ROOT) {
    m = rootMount(vm);
    if (m === 0) return smallInts(vm, [0, 0, 0, 0, 0, 0, 0, 0, 0, NAME_MAX]);
    restOfPath.from = -1;
  }
  const fs = needFs(vm, m);
  return tailCall2(vm, vm.addrOf(statvfsPy), fs, restObj(vm, path));
});

// ---- open

const OPEN_ARGS = argTable([
  { name: 'file', kind: 'obj' },
  { name: 'mode', kind: 'obj', value: NONE },
  { name: 'buffering', kind: 'int', value: -1 },
  { name: 'encoding', kind: 'obj', value: NONE },
]);

/** `open(file, mode='r', buffering=-1, encoding=None)`; the last two are ignored. */
export const openFn = funKw(0, (vm, nArgs, nKw, args) => {
  const [file, given] = readArgs(vm, OPEN_ARGS, nArgs, nKw, args) as [Obj, Obj];
  const mode = given === NONE ? newStr(vm, 'r') : given;
  if (isSmallInt(file) && vm.profile.platform === 'linux')
    return openDescriptor(vm, smallIntValue(file), strText(vm, mode));
  const fs = needFs(vm, findMountOf(vm, file));
  return tailCall3(vm, vm.addrOf(openPy), fs, restObj(vm, file), mode);
});

// ---- import

/** Import from what is mounted, or from the host's files if nothing is. */
export const MOUNTED_FILES: ImportFiles = {
  stat(vm, path) {
    const frozen = frozenStat(vm, path);
    if (frozen !== undefined) return frozen;
    const bytes = utf8(path);
    const m = findMount(vm, bytes, 0, bytes.length);
    if (m === NOWHERE || m === ROOT) return firstMount(vm) === 0 ? (vm.host.files?.stat(path) ?? 0) : 0;
    const fs = field(vm, m, FS);
    if (vm.typeOf(fs) >= vm.heapStart) return undefined;
    const rest = restText(bytes);
    if (!isHostVfs(vm, fs))
      return lfsImportStat(vm, fs, rest) ?? fatImportStat(vm, fs, rest) ?? romImportStat(vm, fs, rest);
    const s = onFiles(vm, (files) => files.stat(hostPathText(vm, fs, rest)));
    return s === undefined ? 0 : s.kind === 'folder' ? 1 : 2;
  },
  read(vm, path) {
    const text = strText(vm, path);
    if (frozenStat(vm, text) !== undefined) return NONE;
    const m = findMountOf(vm, path);
    if (m === NOWHERE || m === ROOT) {
      const files = vm.host.files;
      if (files === undefined || firstMount(vm) !== 0) return raiseType(vm, TYPES.ImportError);
      vm.importing.put(text, files.read(text));
      return NONE;
    }
    const fs = field(vm, m, FS);
    const rest = restText(vm.u8);
    const rom = romImportFile(vm, fs, rest);
    if (rom !== undefined) {
      vm.importing.put(text, vm.u8.slice(rom.data, rom.data + rom.size), ROM_READER, rom.data);
      return NONE;
    }
    if (!isHostVfs(vm, fs)) return readByMethods(vm, fs, newStr(vm, rest), path);
    vm.importing.put(
      text,
      onFiles(vm, (files) => files.readAll(hostPathText(vm, fs, rest))),
    );
    return NONE;
  },
};

/** Names for ROM functions of this file. */
export const VFS_HELPERS: Readonly<Record<string, RomValue>> = {
  _vfs_root_iter: rootIterPy,
  _vfs_of: fun1((vm, m) => field(vm, m, FS)),
  _vfs_mount: mountPy,
  _vfs_lfs2: vfsLfs2Type,
  _vfs_fat: vfsFatType,
  _vfs_set_of: fun2((vm, m, fs) => {
    vm.i32[(m >> 2) + FS] = fs;
    return NONE;
  }),
  _vfs_point: fun1((vm, m) => field(vm, m, POINT)),
  _vfs_next: fun1((vm, m) => {
    const next = m === NONE ? firstMount(vm) : field(vm, m, NEXT);
    return next === 0 ? NONE : next;
  }),
  _vfs_insert: fun1((vm, m) => {
    insertMount(vm, m);
    return NONE;
  }),
  _vfs_set_cur: fun1((vm, m) => {
    vm.setRoot(ROOTS.curDir, m === NONE ? 0 : m);
    return NONE;
  }),
};

/** Functions of `os` that are the same on every board. */
export const VFS_FUNCTIONS: Readonly<Record<string, RomValue>> = {
  chdir: chdirFn,
  getcwd: getcwdFn,
  listdir: listdirFn,
  mkdir: mkdirFn,
  remove: delegate(method1('remove')),
  rename: renameFn,
  rmdir: delegate(method1('rmdir')),
  stat: statFn,
  statvfs: statvfsFn,
  ilistdir: ilistdirFn,
};
export const MOUNT_FUNCTIONS: Readonly<Record<string, RomValue>> = { mount: mountFn, umount: umountFn };

/**
 * Mounts what a board has at `/`: its folder, or else the filesystem in its flash, which is made first when the flash is erased.
 * Done when a board starts, and again after a soft reset. Throws {@link MachineUsageError} 'flash-filesystem' when there is
 * something else in the flash. Counterpart: ports/rp2/modules/_boot.py.
 */
export function mountRoot(vm: Vm): void {
  const machine = machineOf(vm);
  let fs: Obj;
  if (machine.files !== undefined) fs = newHostVfs(vm, undefined);
  else if (machine.mountsFlash) fs = newFlashVfs(vm);
  else return;
  insertMount(vm, newMount(vm, newStr(vm, '/'), fs));
}
