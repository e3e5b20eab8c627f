import type { Profile } from '@tsmp/vm';

/** Whether a board's firmware has `_thread`. */
export function hasThreads(profile: Profile): boolean {
  return profile.platform === 'linux' || profile.platform === 'rp2';
}
