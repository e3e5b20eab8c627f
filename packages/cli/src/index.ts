/**
 * The runtime entry of @tsmp: boards composed from the packages.
 * @packageDocumentation
 */
export {
  Board,
  type BoardOptions,
  type BoardState,
  createBoard,
  DEFAULT_ROUTER,
  profileOf,
  romImage,
} from './board.js';
export { boardCompile } from './compile.js';
export { freezeManifest } from './freeze/freeze.js';
export { type ManifestEntry, ManifestError, type ManifestHost, readManifest } from './freeze/manifest.js';
export {
  createWorld,
  type Ended,
  World,
  type WorldLimit,
  type WorldOptions,
  type WorldState,
  type WorldStop,
  type WorldWire,
} from './world.js';
export { decodeSnapshot, encodeSnapshot } from './snapshot-file.js';
