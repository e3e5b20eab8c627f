/**
 * The `platform` module: what a port was built with, as texts. Counterpart: extmod/modplatform.c, extmod/modplatform.h.
 *
 * The texts are those of the builds that the profiles follow: the 32-bit unix port as GCC makes it against glibc, and ports for
 * bare ARM cores as the release builds have them, with newlib.
 */
import type { Profile } from '../profile.js';
import { defineModule, fun0, funKw, type ModuleDef, romTuple } from '../rom/define.js';
import { moduleConstant } from '../rom/image.js';
import { MICROPYTHON_VERSION } from './sys.js';

interface Build {
  readonly system: string;
  readonly arch: string;
  readonly compiler: string;
  readonly libc: readonly [name: string, version: string];
}

const UNIX: Build = { system: 'Linux', arch: 'x86', compiler: 'GCC 12.2.0', libc: ['glibc', '2.36'] };
const BARE_ARM: Build = { system: 'MicroPython', arch: 'arm', compiler: 'GCC 12.2.1', libc: ['newlib', '4.2.0'] };

export function platformModule(profile: Profile): ModuleDef {
  const { system, arch, compiler, libc } = profile.platform === 'linux' ? UNIX : BARE_ARM;
  const text = `${system}-${MICROPYTHON_VERSION.join('.')}-preview-${arch}--with-${libc.join('')}`;
  const module: ModuleDef = defineModule({
    name: 'platform',
    extensible: true,
    globals: {
      // arguments are taken as CPython does, and ignored
      platform: funKw(0, (vm) => moduleConstant(vm, module, 0)),
      python_compiler: fun0((vm) => moduleConstant(vm, module, 1)),
      libc_ver: funKw(0, (vm) => moduleConstant(vm, module, 2)),
    },
    constants: [text, compiler, romTuple(libc)],
  });
  return module;
}
