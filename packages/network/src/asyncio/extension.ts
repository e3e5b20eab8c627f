/** `asyncio` on a board: the queue of tasks as natives, the rest in Python, frozen into ROM. */
import type { Profile, RomExtension } from '@tsmp/vm';
import { CORE_PY } from './core-py.js';
import { FUNCS_PY } from './funcs-py.js';
import { INIT_PY, UASYNCIO_PY } from './package-py.js';
import { STREAM_PY } from './stream-py.js';
import { EVENT_PY, LOCK_PY } from './sync-py.js';
import { asyncioModule, TASK_HELPERS, taskQueueType, taskType } from './task.js';

const FILES: Readonly<Record<string, string>> = {
  'asyncio/__init__.py': INIT_PY,
  'asyncio/core.py': CORE_PY,
  'asyncio/event.py': EVENT_PY,
  'asyncio/funcs.py': FUNCS_PY,
  'asyncio/lock.py': LOCK_PY,
  'asyncio/stream.py': STREAM_PY,
  'uasyncio.py': UASYNCIO_PY,
};

/** `asyncio`, for boards whose firmware has it: all but the smallest. */
export function asyncioExtension(profile: Profile): RomExtension {
  if (profile.level === 'core' || profile.level === 'minimum') return {};
  return {
    types: [taskType, taskQueueType],
    modules: [asyncioModule],
    helpers: TASK_HELPERS,
    frozen: Object.entries(FILES).map(([path, source]) => ({ path, source: source.slice(1) })),
  };
}
