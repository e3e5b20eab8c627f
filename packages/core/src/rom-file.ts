/** What the files of images hold. Its names are the bundle's own: they are shortened as those of everything that is not declared. */
import type { Profile, RomData } from '@tsmp/vm';

export interface RomFile {
  readonly name: string;
  readonly profile: Profile;
  readonly data: Omit<RomData, 'bytes'>;
  readonly base64: string;
}
