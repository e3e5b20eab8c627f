"""A round-robin scheduler: tasks are generators, a yield is a request to the scheduler."""


class Sleep:
    def __init__(self, ticks):
        self.ticks = ticks


class Spawn:
    def __init__(self, name, body):
        self.name, self.body = name, body


class Wait:
    def __init__(self, name):
        self.name = name


class Scheduler:
    def __init__(self):
        self.now = 0
        self.ready = []  # (name, generator, value to send)
        self.sleeping = []  # (due tick, sequence number, name, generator)
        self.waiting = {}  # name of a task: list of those that wait for its end
        self.results = {}
        self.sequence = 0

    def add(self, name, body):
        self.ready.append((name, body, None))

    def log(self, name, text):
        print("[{:3}] {:<9} {}".format(self.now, name, text))

    def handle(self, name, body, request):
        if isinstance(request, Sleep):
            self.sequence += 1
            self.sleeping.append((self.now + request.ticks, self.sequence, name, body))
        elif isinstance(request, Spawn):
            self.add(request.name, request.body)
            self.ready.append((name, body, request.name))
        elif isinstance(request, Wait):
            if request.name in self.results:
                self.ready.append((name, body, self.results[request.name]))
            else:
                self.waiting.setdefault(request.name, []).append((name, body))
        else:
            if request is not None:
                self.log(name, request)
            self.ready.append((name, body, None))

    def finish(self, name, value):
        self.results[name] = value
        self.log(name, "finished with " + repr(value))
        for waiter, body in self.waiting.pop(name, []):
            self.ready.append((waiter, body, value))

    def step(self, name, body, value):
        try:
            request = body.send(value)
        except StopIteration as stop:
            self.finish(name, stop.value)
        except Exception as error:
            self.finish(name, "{}: {}".format(type(error).__name__, error))
        else:
            self.handle(name, body, request)

    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                self.sleeping.sort(key=lambda entry: entry[:2])
                due, _, name, body = self.sleeping.pop(0)
                self.now = due
                self.ready.append((name, body, None))
            for _ in range(len(self.ready)):
                self.step(*self.ready.pop(0))
            self.now += 1
        return self.results


def counter(limit):
    for i in range(limit):
        yield "count {} of {}".format(i + 1, limit)
    return limit


def blinker(times):
    for i in range(times):
        yield "on" if i % 2 == 0 else "off"
        yield Sleep(4)
    return "lamp " + ("off" if times % 2 == 0 else "on")


def faulty():
    yield "about to fail"
    raise ValueError("sensor unplugged")


def parent():
    child = yield Spawn("child", counter(2))
    yield "started " + child
    answer = yield Wait(child)
    trouble = yield Wait("faulty")
    return (answer, trouble)


scheduler = Scheduler()
scheduler.add("counter", counter(3))
scheduler.add("blinker", blinker(4))
scheduler.add("faulty", faulty())
scheduler.add("parent", parent())
results = scheduler.run()
print("tasks finished:", len(results), "after", scheduler.now, "ticks")
