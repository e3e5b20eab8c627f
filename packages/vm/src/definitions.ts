/** All ROM definitions: the core and every part. */
import { readMpy, verifyModule } from '@tsmp/mpy-format';
import { childLines } from './child-lines.js';
import { baseDefinitions, type RomExtension } from './core-definitions.js';
import { executeStepped } from './generated/loop-stepped.js';
import { part as binascii } from './modules/binascii.js';
import { part as cmath } from './modules/cmath.js';
import { part as collections } from './modules/collections.js';
import { part as deflate } from './modules/deflate.js';
import { part as heapq } from './modules/heapq.js';
import { part as io } from './modules/io.js';
import { part as json } from './modules/json.js';
import { part as marshal } from './modules/marshal.js';
import { part as math } from './modules/math.js';
import { part as platform } from './modules/platform.js';
import { part as random } from './modules/random.js';
import { part as re } from './modules/re.js';
import { part as struct } from './modules/struct.js';
import { part as time } from './modules/time.js';
import { part as weakref } from './modules/weakref.js';
import { part as websocket } from './modules/websocket.js';
import { TEMPLATES } from './obj/template.js';
import type { Profile } from './profile.js';
import { PACKED_BYTES } from './rom/formats.js';
import { linkByName } from './rom/by-name.js';
import type { RomDefinitions } from './rom/image.js';

function checkMpy(bytes: Uint8Array): void {
  verifyModule(readMpy(bytes, { target: { smallIntBits: 31 } }).module);
}

/** The definitions of a board: everything that the profile has, with extensions on top. */
export function romDefinitions(profile: Profile, more: readonly RomExtension[] = []): RomDefinitions {
  const everything = profile.level === 'everything';
  return {
    ...baseDefinitions(profile, everything ? [TEMPLATES, ...more] : more),
    parts: [
      math(),
      cmath(),
      time(profile),
      collections(),
      heapq(),
      re(profile),
      ...(everything ? [weakref(), marshal()] : []),
      binascii(),
      deflate(profile),
      io(),
      json(),
      platform(profile),
      random(),
      struct(),
      websocket(),
    ],
    link: linkByName,
    packed: PACKED_BYTES,
    steppedLoop: (vm) => executeStepped(vm),
    childLines,
    checkMpy,
  };
}
