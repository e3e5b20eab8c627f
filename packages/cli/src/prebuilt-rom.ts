/**
 * ROM images made when this package was built, by profile. From source there are none, and images are built on first use; the
 * package's build puts generated modules in place of this one (`tools/gen-rom.mjs`).
 */
import type { RomData } from '@tsmp/vm';

/** The image that the build made for the profile of this name. */
export function prebuiltRom(_profile: string): RomData | undefined {
  return undefined;
}
