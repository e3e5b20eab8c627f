/** `asyncio.event` and `asyncio.lock`. Counterpart: extmod/asyncio/event.py, lock.py. */

export const EVENT_PY = `
from . import core
import io


class Event:
    def __init__(self):
        self.state = False
        self.waiting = core.TaskQueue()

    def is_set(self):
        return self.state

    def set(self):
        waiting = self.waiting
        while waiting.peek():
            core._task_queue.push(waiting.pop())
        self.state = True

    def clear(self):
        self.state = False

    def wait(self):
        if not self.state:
            task = core.cur_task
            self.waiting.push(task)
            task.data = self.waiting
            yield
        return True


# May be set from interrupts and callbacks: a stream that becomes readable. Waiting clears it.
class ThreadSafeFlag(io.IOBase):
    def __init__(self):
        self.state = 0

    def ioctl(self, req, flags):
        # 3: which of these events hold?
        return self.state * flags if req == 3 else -1

    def set(self):
        self.state = 1

    def clear(self):
        self.state = 0

    async def wait(self):
        if not self.state:
            yield core._io_queue.queue_read(self)
        self.state = 0
`;

export const LOCK_PY = `
from . import core


# state: 0 free, 1 held, or the task that gets it next.
class Lock:
    def __init__(self):
        self.state = 0
        self.waiting = core.TaskQueue()

    def locked(self):
        return self.state == 1

    def release(self):
        if self.state != 1:
            raise RuntimeError("Lock not acquired")
        if not self.waiting.peek():
            self.state = 0
            return
        self.state = self.waiting.pop()
        core._task_queue.push(self.state)

    def acquire(self):
        if self.state != 0:
            task = core.cur_task
            self.waiting.push(task)
            task.data = self.waiting
            try:
                yield
            except core.CancelledError as er:
                if self.state == task:
                    # it was this task's turn: somebody else's, then
                    self.state = 1
                    self.release()
                raise er
        self.state = 1
        return True

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        return self.release()
`;
