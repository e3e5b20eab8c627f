/** Links images with the natives of this process by their names, so that an image fits whatever definitions have those. */
import { collect, type Collected, collectPart } from './collect.js';
import { type Linking, type RomImage, type RomPart, symbolOf } from './image.js';

/** See {@link RomDefinitions.link}. */
export function linkByName(image: RomImage, part?: RomPart): Linking {
  const found = collect(image.definitions);
  if (part !== undefined) collectPart(found, part);
  return {
    fns: image.natives.map((name) => found.natives.get(name)),
    addrs: [...addresses(image, found)],
    protocols: image.protocols.map((path) => found.protocols.get(path)),
  };
}

function* addresses(image: RomImage, found: Collected): Iterable<Linking['addrs'][number]> {
  for (const [def, path] of found.paths) {
    // ROM functions in Python are known to all of a process: those of packages that the image was built without are not in it
    if (def.def !== 'py' || image.symbols[path] !== undefined) yield [def, symbolOf(image, path)];
  }
}
