/**
 * `_asyncio`: tasks, and queues of tasks in the order of their times. Counterpart: extmod/modasyncio.c, py/pairheap.c.
 *
 *     Task:       +0 type   +4 last child   +8 next sibling   +12 parent   +16 coro   +20 data   +24 state   +28 ph_key
 *     TaskQueue:  +0 type   +4 first task
 *
 * A queue is a pairing heap. The children of a task are a ring, of which it knows the last, so that a child can be put before
 * the first or behind the last at once; which of the two follows from who came first, since equal times keep their order.
 * Invariant: `next` is 0 exactly when the task is in no queue; the first task of a queue is a ring of its own without a parent.
 */
import {
  type Addr,
  checkArgCount,
  defineModule,
  defineType,
  FALSE,
  fun1,
  fun2,
  funVar,
  isExceptionInstance,
  isSmallInt,
  mapFind,
  newBool,
  newSmallInt,
  NONE,
  NULL,
  type Obj,
  pyFun,
  type Qstr,
  raiseArg,
  raiseMsg,
  raiseTypeError,
  type RomValue,
  ROOTS,
  SENTINEL,
  smallIntValue,
  tailCall1,
  TRUE,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';

const TASK_SIZE = 32;
const QUEUE_SIZE = 8;
/** Word indices. */
const LAST = 1;
const NEXT = 2;
const PARENT = 3;
const CORO = 4;
const DATA = 5;
const STATE = 6;
const KEY = 7;
const FIRST = 1;
/** ticks_ms() counts modulo this. */
const PERIOD = 0x40000000;
/** Where a dict has its map. */
const DICT_MAP = 4;

function get(vm: Vm, o: Addr, word: number): number {
  return vm.i32[(o >> 2) + word] as number;
}
function set(vm: Vm, o: Addr, word: number, value: number): void {
  vm.i32[(o >> 2) + word] = value;
}
function isTask(vm: Vm, o: Obj): boolean {
  return (o & 3) === 0 && o > 15 && vm.typeOf(o) === vm.addrOf(taskType);
}
function isQueue(vm: Vm, o: Obj): boolean {
  return (o & 3) === 0 && o > 15 && vm.typeOf(o) === vm.addrOf(taskQueueType);
}

/** A queue; raises TypeError for anything else (a method may be called on the type). */
function checkQueue(vm: Vm, o: Obj): Addr {
  return isQueue(vm, o) ? o : raiseTypeError(vm, 'expecting a TaskQueue');
}

// ---- the heap --------------------------------------------------------------------------------------------------------

function ticks(vm: Vm): number {
  return Math.floor(vm.clock.now(vm.budget) / 1e6) % PERIOD;
}
/** How much later `a` is than `b`; both small-int words of times. */
function later(a: Obj, b: Obj): number {
  return ((smallIntValue(a) - smallIntValue(b) + PERIOD / 2) & (PERIOD - 1)) - PERIOD / 2;
}

/** Puts one heap under the other, whichever is due first; `a` came later than `b`, and gives way to it where both are due at once. */
function meld(vm: Vm, a: Addr, b: Addr): Addr {
  if (a === 0) return b;
  if (b === 0) return a;
  const aWins = later(get(vm, a, KEY), get(vm, b, KEY)) < 0;
  const [top, under] = aWins ? [a, b] : [b, a];
  const last = get(vm, top, LAST);
  if (last === 0) set(vm, under, NEXT, under);
  else {
    set(vm, under, NEXT, get(vm, last, NEXT));
    set(vm, last, NEXT, under);
  }
  // behind the last, or before the first, which is behind the last of a ring as well
  if (last === 0 || aWins) set(vm, top, LAST, under);
  set(vm, under, PARENT, top);
  set(vm, top, NEXT, top);
  set(vm, top, PARENT, 0);
  return top;
}

/** Makes one heap of the children of a task, which has none then: in pairs, from the first on. */
function pairUp(vm: Vm, task: Addr): Addr {
  const last = get(vm, task, LAST);
  if (last === 0) return 0;
  set(vm, task, LAST, 0);
  let heap = 0;
  let next = get(vm, last, NEXT);
  for (let more = true; more; ) {
    const one = next;
    next = get(vm, one, NEXT);
    more = one !== last;
    single(vm, one);
    let pair = one;
    if (more) {
      const two = next;
      next = get(vm, two, NEXT);
      more = two !== last;
      single(vm, two);
      pair = meld(vm, one, two);
    }
    heap = meld(vm, heap, pair);
    vm.charge(1);
  }
  return heap;
}
function single(vm: Vm, task: Addr): void {
  set(vm, task, NEXT, task);
  set(vm, task, PARENT, 0);
}

/** Takes a task out of the heap that begins with `first`; answers the first one then. */
function takeOut(vm: Vm, first: Addr, task: Addr): Addr {
  if (task === first) {
    const heap = pairUp(vm, task);
    set(vm, task, NEXT, 0);
    return heap;
  }
  const parent = get(vm, task, PARENT);
  if (parent === 0) return first;
  let before = get(vm, parent, LAST);
  while (get(vm, before, NEXT) !== task) {
    before = get(vm, before, NEXT);
    vm.charge(1);
  }
  const wasLast = get(vm, parent, LAST) === task;
  const after = get(vm, task, NEXT);
  // its children take its place
  const heap = pairUp(vm, task);
  set(vm, task, NEXT, 0);
  set(vm, task, PARENT, 0);
  if (heap !== 0) {
    set(vm, heap, PARENT, parent);
    set(vm, heap, NEXT, before === task ? heap : after);
    if (before !== task) set(vm, before, NEXT, heap);
    if (wasLast) set(vm, parent, LAST, heap);
  } else if (before === task) set(vm, parent, LAST, 0);
  else {
    set(vm, before, NEXT, after);
    if (wasLast) set(vm, parent, LAST, before);
  }
  return first;
}

function push(vm: Vm, queue: Addr, task: Obj, key: Obj): void {
  if (!isQueue(vm, queue) || !isTask(vm, task)) raiseTypeError(vm, 'a TaskQueue takes Tasks');
  if (get(vm, task, NEXT) !== 0) raiseMsg(vm, TYPES.RuntimeError, 'task is in a queue already');
  set(vm, task, DATA, NONE);
  set(vm, task, KEY, key);
  set(vm, task, LAST, 0);
  single(vm, task);
  set(vm, queue, FIRST, meld(vm, task, get(vm, queue, FIRST)));
}
function pushNow(vm: Vm, queue: Addr, task: Obj): void {
  push(vm, queue, task, newSmallInt(ticks(vm)));
}
function remove(vm: Vm, queue: Addr, task: Obj): void {
  if (!isQueue(vm, queue) || !isTask(vm, task)) raiseTypeError(vm, 'a TaskQueue has Tasks');
  set(vm, queue, FIRST, takeOut(vm, get(vm, queue, FIRST), task));
}

// ---- queues ----------------------------------------------------------------------------------------------------------

function newQueue(vm: Vm): Addr {
  const o = vm.allocObj(QUEUE_SIZE, vm.addrOf(taskQueueType));
  set(vm, o, FIRST, 0);
  return o;
}

/** `_asyncio.TaskQueue`. */
export const taskQueueType: TypeDef = defineType({
  name: 'TaskQueue',
  makeNew(vm, _type, nArgs, nKw) {
    checkArgCount(vm, nArgs, nKw, 0, 0, false);
    return newQueue(vm);
  },
  locals: {
    peek: fun1((vm, o) => {
      const first = get(vm, checkQueue(vm, o), FIRST);
      return first === 0 ? NONE : first;
    }),
    push: funVar(2, 3, (vm, nArgs, _nKw, args) => {
      const self = get(vm, args, 0);
      const task = get(vm, args, 1);
      const key = nArgs > 2 ? get(vm, args, 2) : newSmallInt(ticks(vm));
      if (!isSmallInt(key)) raiseTypeError(vm, 'a time is a small int');
      push(vm, self, task, key);
      return NONE;
    }),
    pop: fun1((vm, o) => {
      const self = checkQueue(vm, o);
      const first = get(vm, self, FIRST);
      if (first === 0) raiseMsg(vm, TYPES.IndexError, 'empty heap');
      set(vm, self, FIRST, takeOut(vm, first, first));
      return first;
    }),
    remove: fun2((vm, self, task) => {
      remove(vm, self, task);
      return NONE;
    }),
  },
});

// ---- tasks -----------------------------------------------------------------------------------------------------------

/** A name of the scheduler's module, which tasks are given as their context; raises KeyError. */
function context(vm: Vm, name: string): Obj {
  const dict = vm.root(ROOTS.asyncioContext);
  const key = vm.internObj(name);
  const at = dict === 0 ? 0 : mapFind(vm, dict + DICT_MAP, key);
  return at === 0 ? raiseArg(vm, TYPES.KeyError, key) : (vm.i32[(at >> 2) + 1] as number);
}
function isDone(vm: Vm, task: Addr): boolean {
  const state = get(vm, task, STATE);
  return state === NONE || state === FALSE;
}
function self(vm: Vm, o: Obj): Addr {
  return isTask(vm, o) ? o : raiseTypeError(vm, 'not a Task');
}

/** The task that a cancellation of `o` reaches: the last one that it waits for. False when it has ended. */
const cancelTarget = fun1((vm, o) => {
  let task = self(vm, o);
  if (isDone(vm, task)) return FALSE;
  if (task === context(vm, 'cur_task')) raiseMsg(vm, TYPES.RuntimeError, "can't cancel self");
  for (let steps = 0; isTask(vm, get(vm, task, DATA)); steps++) {
    task = get(vm, task, DATA);
    // tasks that wait for each other
    if (steps > 10_000) raiseMsg(vm, TYPES.RuntimeError, "can't cancel self");
  }
  return task;
});
/** Has a task that is out of its queue run now. */
const requeue = fun1((vm, task) => {
  pushNow(vm, context(vm, '_task_queue'), self(vm, task));
  return NONE;
});
/** Has a task run now that is to run later. */
const hurry = fun1((vm, o) => {
  const task = self(vm, o);
  if (later(get(vm, task, KEY), newSmallInt(ticks(vm))) > 0) {
    const queue = context(vm, '_task_queue');
    remove(vm, queue, task);
    pushNow(vm, queue, task);
  }
  return NONE;
});
const setCancelled = fun1((vm, task) => {
  set(vm, self(vm, task), DATA, context(vm, 'CancelledError'));
  return TRUE;
});
/** In Python, since what a task waits on may be an object of a Python class. */
const cancel = pyFun(
  '_task_cancel',
  `def _task_cancel(self):
    t = _task_target(self)
    if not t:
        return False
    remove = getattr(t.data, 'remove', None)
    if remove is None:
        _task_hurry(t)
    else:
        remove(t)
        _task_requeue(t)
    return _task_cancelled(t)
`,
);

const raiser = pyFun('_task_raise', 'def _task_raise(e):\n    raise e\n');

/** Helpers of the ROM functions of this file. */
export const TASK_HELPERS: Readonly<Record<string, RomValue>> = {
  _task_target: cancelTarget,
  _task_requeue: requeue,
  _task_hurry: hurry,
  _task_cancelled: setCancelled,
  _task_raise: raiser,
};

/** Word of an attribute that is a field, 0 for others. */
function fieldOf(vm: Vm, attr: Qstr): number {
  switch (vm.qstrText(attr)) {
    case 'coro':
      return CORO;
    case 'data':
      return DATA;
    case 'state':
      return STATE;
    case 'ph_key':
      return KEY;
    default:
      return 0;
  }
}

/** `_asyncio.Task`. */
export const taskType: TypeDef = defineType({
  name: 'Task',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 2, false);
    const given = nArgs > 1 ? get(vm, args, 1) : 0;
    if (given !== 0 && vm.typeOf(given) !== TYPES.dict) raiseTypeError(vm, 'a context is a dict');
    const o = vm.allocObj(TASK_SIZE, type);
    set(vm, o, LAST, 0);
    set(vm, o, NEXT, 0);
    set(vm, o, PARENT, 0);
    set(vm, o, CORO, get(vm, args, 0));
    set(vm, o, DATA, NONE);
    set(vm, o, STATE, TRUE);
    set(vm, o, KEY, newSmallInt(0));
    if (given !== 0) vm.setRoot(ROOTS.asyncioContext, given);
    return o;
  },
  attr(vm, o, attr) {
    const field = fieldOf(vm, attr);
    if (vm.dest0 === NULL) {
      if (field === 0) vm.dest1 = SENTINEL;
      else vm.dest0 = get(vm, o, field);
    } else if (vm.dest1 !== NULL && (field === DATA || field === STATE)) {
      set(vm, o, field, vm.dest1);
      vm.dest0 = NULL;
    }
    return 0;
  },
  getiter(vm, o) {
    const state = get(vm, o, STATE);
    if (isDone(vm, o)) set(vm, o, STATE, FALSE);
    else if (state === TRUE) set(vm, o, STATE, newQueue(vm));
    else if (!isQueue(vm, state)) raiseMsg(vm, TYPES.RuntimeError, "can't wait");
    return o;
  },
  iternext(vm, o) {
    if (isDone(vm, o)) {
      // what it ended with goes to who waits: its value as StopIteration's
      const data = get(vm, o, DATA);
      if (!isExceptionInstance(vm, data)) raiseTypeError(vm, 'exceptions must derive from BaseException');
      // from a frame, so that it passes through whatever iterates
      return tailCall1(vm, vm.addrOf(raiser), data);
    }
    const current = context(vm, 'cur_task');
    pushNow(vm, get(vm, o, STATE), current);
    set(vm, current, DATA, o);
    return NONE;
  },
  locals: { done: fun1((vm, o) => newBool(isDone(vm, self(vm, o)))), cancel },
});

/** `import _asyncio`. */
export const asyncioModule = defineModule({
  name: '_asyncio',
  globals: { TaskQueue: taskQueueType, Task: taskType },
});
