/**
 * The VM for pages: what compiles and runs programs with the built-in types. The other modules (`json`, `re`, …) are entry points of
 * their own, which a page loads when a program imports them: see {@link linkPart}.
 * @packageDocumentation
 */
export { coreDefinitions, orderedDefinitions, type RomExtension } from './core-definitions.js';
export type { CompileFailure, CompileFn, CompileRequest, HostFiles, VmHost } from './host.js';
export { ERRNO } from './obj/errno.js';
export { printException } from './obj/exception.js';
export type { Profile } from './profile.js';
export { PROFILES } from './profiles.js';
export { Abort, VmUsageError } from './raise.js';
export {
  type DeferredPart,
  linkPart,
  type RomData,
  type RomDefinitions,
  type RomImage,
  type RomPart,
} from './rom/image.js';
export type { PlaceOrder, RomOrder } from './rom/by-order.js';
export { decodeBase64, decodeRom } from './rom/text.js';
export {
  boot,
  exitStatus,
  interrupt,
  isKeyboardInterrupt,
  run,
  type RunLimit,
  type RunResult,
  startAtExit,
  startSource,
} from './run.js';
export { Vm } from './vm.js';
