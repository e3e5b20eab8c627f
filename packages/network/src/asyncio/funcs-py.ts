/** `asyncio.funcs`: waiting with a limit, and for several tasks. Counterpart: extmod/asyncio/funcs.py. */
export const FUNCS_PY = `
from . import core


# Awaits aw for a task that sleeps meanwhile, and wakes that by cancelling it, with the outcome as the exception's arguments.
async def _run(waiter, aw):
    result = None
    try:
        result = await aw
        status = True
    except BaseException as er:
        status = er
    if waiter.data is None and waiter.cancel():
        waiter.data = core.CancelledError(status, result)


async def wait_for(aw, timeout, sleep=core.sleep):
    aw = core._promote_to_task(aw)
    if timeout is None:
        return await aw
    runner = core.create_task(_run(core.cur_task, aw))
    try:
        await sleep(timeout)
    except core.CancelledError as er:
        status = er.value
        if status is True:
            return er.args[1]
        if status is not None:
            raise status
        # somebody else cancelled this task
        runner.cancel()
        raise er
    runner.cancel()
    await runner
    raise core.TimeoutError


def wait_for_ms(aw, timeout):
    return wait_for(aw, timeout, core.sleep_ms)


# What a task that gathers waits on.
class _Gathering:
    @staticmethod
    def remove(task):
        pass


def gather(*aws, return_exceptions=False):
    waiter = core.cur_task
    tasks = [core._promote_to_task(aw) for aw in aws]
    pending = 0
    error = None

    def ended(task, er):
        nonlocal pending, error
        if waiter.data is not _Gathering:
            # it is awake already
            return
        if return_exceptions or isinstance(er, StopIteration):
            pending -= 1
            if pending:
                return
        else:
            error = er
        core._task_queue.push(waiter)

    failed = False
    for task in tasks:
        if task.state is True:
            task.state = ended
            pending += 1
        elif task.state:
            raise RuntimeError("can't gather")
        elif not return_exceptions and not isinstance(task.data, StopIteration):
            failed = True

    cancelled = False
    if pending and not failed:
        waiter.data = _Gathering
        try:
            yield
        except core.CancelledError as er:
            cancelled = True
            error = er

    for i in range(len(tasks)):
        task = tasks[i]
        if task.state is ended:
            # still running: leave it alone, unless this task was cancelled
            task.state = True
            if cancelled:
                task.cancel()
        elif isinstance(task.data, StopIteration):
            tasks[i] = task.data.value
        elif return_exceptions:
            tasks[i] = task.data
        elif error is None:
            error = task.data
    if error is not None:
        raise error
    return tasks
`;
