/**
 * `asyncio.core`: tasks, sleeping, streams that are waited for, the loop. Counterpart: extmod/asyncio/core.py.
 *
 * A task's `state` says how it stands: True it runs and nobody waits for it, a queue of those that do, or a function to call at
 * its end; None it has ended and nobody has asked, False somebody has. Its `data` is what it waits on (a queue with `remove()`),
 * what is to be thrown into it, and after its end what it ended with.
 */
export const CORE_PY = `
from time import ticks_ms as ticks, ticks_diff, ticks_add
import sys, select
from _asyncio import TaskQueue, Task


class CancelledError(BaseException):
    pass


class TimeoutError(Exception):
    pass


# What the exception handler is told; one dict for all.
_exc_context = {"message": "Task exception wasn't retrieved", "exception": None, "future": None}

# What ends a task, and the endings that are no news. Tuples, made once.
_ENDINGS = (CancelledError, Exception)
_QUIET = (CancelledError, StopIteration)

cur_task = None
_stop_task = None


# An awaitable that puts the current task into the queue until a time. There is one, so that sleeping allocates nothing.
class SingletonGenerator:
    def __init__(self):
        self.state = None
        self.exc = StopIteration()

    def __iter__(self):
        return self

    def __next__(self):
        until = self.state
        if until is None:
            self.exc.__traceback__ = None
            raise self.exc
        self.state = None
        _task_queue.push(cur_task, until)


def sleep_ms(t, sgen=SingletonGenerator()):
    sgen.state = ticks_add(ticks(), max(0, t))
    return sgen


def sleep(t):
    return sleep_ms(int(t * 1000))


# Tasks that wait for streams: map has [reader, writer, stream] by the stream's id.
class IOQueue:
    def __init__(self):
        self.poller = select.poll()
        self.map = {}

    def _wait(self, s, which):
        entry = self.map.get(id(s))
        if entry is None:
            entry = [None, None, s]
            self.map[id(s)] = entry
            self.poller.register(s, select.POLLOUT if which else select.POLLIN)
        else:
            self.poller.modify(s, select.POLLIN | select.POLLOUT)
        entry[which] = cur_task
        cur_task.data = self

    def _forget(self, s):
        del self.map[id(s)]
        self.poller.unregister(s)

    def queue_read(self, s):
        self._wait(s, 0)

    def queue_write(self, s):
        self._wait(s, 1)

    def remove(self, task):
        while True:
            gone = None
            for key in self.map:
                reader, writer, s = self.map[key]
                if task is reader or task is writer:
                    gone = s
                    break
            if gone is None:
                return
            self._forget(gone)

    def wait_io_event(self, dt):
        for s, events in self.poller.ipoll(dt):
            entry = self.map[id(s)]
            # errors wake both
            if events & ~select.POLLOUT and entry[0] is not None:
                _task_queue.push(entry[0])
                entry[0] = None
            if events & ~select.POLLIN and entry[1] is not None:
                _task_queue.push(entry[1])
                entry[1] = None
            if entry[0] is not None:
                self.poller.modify(s, select.POLLIN)
            elif entry[1] is not None:
                self.poller.modify(s, select.POLLOUT)
            else:
                self._forget(s)


def _promote_to_task(aw):
    if isinstance(aw, Task):
        return aw
    return create_task(aw)


def create_task(coro):
    if not hasattr(coro, "send"):
        raise TypeError("coroutine expected")
    task = Task(coro, globals())
    _task_queue.push(task)
    return task


# Lets time and streams go on until the first task is due. False: there is nothing left to run.
def _await_turn(main_task):
    global cur_task
    while True:
        first = _task_queue.peek()
        if first:
            dt = max(0, ticks_diff(first.ph_key, ticks()))
        elif _io_queue.map:
            dt = -1
        else:
            cur_task = None
            if not main_task or not main_task.state:
                return False
            # nothing can wake the main task any more, but it has not ended
            dt = 3
        _io_queue.wait_io_event(dt)
        if dt <= 0:
            return True


# A task that was running has ended with er.
def _retire(task, er, awaited):
    state = task.state
    if state is True:
        task.state = False if awaited else None
    else:
        if callable(state):
            state(task, er)
            awaited = True
        else:
            while state.peek():
                _task_queue.push(state.pop())
                awaited = True
        task.state = False
    if not awaited and not isinstance(er, _QUIET):
        # it gets one more turn, and if nobody has asked for its exception by then, the handler is told
        _task_queue.push(task)
    task.data = er


def run_until_complete(main_task=None):
    global cur_task
    while _await_turn(main_task):
        t = _task_queue.pop()
        cur_task = t
        thrown = t.data
        try:
            if thrown:
                t.data = None
                t.coro.throw(thrown)
            else:
                t.coro.send(None)
        except _ENDINGS as er:
            is_main = t is main_task
            if is_main:
                cur_task = None
                if not isinstance(er, StopIteration):
                    t.state = False
                    raise er
                if t.state is None:
                    t.state = False
            if t.state:
                _retire(t, er, is_main)
            elif t.state is None:
                t.data = thrown
                _exc_context["exception"] = thrown
                _exc_context["future"] = t
                Loop.call_exception_handler(_exc_context)
            if is_main:
                return er.value


def run(coro):
    return run_until_complete(create_task(coro))


async def _stopper():
    pass


# The loop is a class without instances.
class Loop:
    _exc_handler = None

    def create_task(coro):
        return create_task(coro)

    def run_forever():
        global _stop_task
        _stop_task = Task(_stopper(), globals())
        run_until_complete(_stop_task)

    def run_until_complete(aw):
        return run_until_complete(_promote_to_task(aw))

    def stop():
        global _stop_task
        if _stop_task is not None:
            _task_queue.push(_stop_task)
            _stop_task = None

    def close():
        pass

    def set_exception_handler(handler):
        Loop._exc_handler = handler

    def get_exception_handler():
        return Loop._exc_handler

    def default_exception_handler(loop, context):
        print(context["message"], file=sys.stderr)
        print("future:", context["future"], "coro=", context["future"].coro, file=sys.stderr)
        sys.print_exception(context["exception"], sys.stderr)

    def call_exception_handler(context):
        handler = Loop._exc_handler or Loop.default_exception_handler
        handler(Loop, context)


# Takes the arguments that uasyncio took.
def get_event_loop(runq_len=0, waitq_len=0):
    return Loop


def current_task():
    if cur_task is None:
        raise RuntimeError("no running event loop")
    return cur_task


def new_event_loop():
    global _task_queue, _io_queue
    _task_queue = TaskQueue()
    _io_queue = IOQueue()
    return Loop


new_event_loop()
`;
