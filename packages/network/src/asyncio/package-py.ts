/** The package `asyncio`, whose parts are loaded when they are first asked for, and its old name. */
export const INIT_PY = `
from .core import *

__version__ = (3, 0, 0)

_PARTS = {
    "wait_for": "funcs",
    "wait_for_ms": "funcs",
    "gather": "funcs",
    "Event": "event",
    "ThreadSafeFlag": "event",
    "Lock": "lock",
    "open_connection": "stream",
    "start_server": "stream",
    "StreamReader": "stream",
    "StreamWriter": "stream",
}


def __getattr__(attr):
    part = _PARTS.get(attr)
    if part is None:
        raise AttributeError(attr)
    value = getattr(__import__(part, globals(), None, True, 1), attr)
    globals()[attr] = value
    return value
`;

export const UASYNCIO_PY = `
def __getattr__(attr):
    import asyncio

    return getattr(asyncio, attr)
`;
