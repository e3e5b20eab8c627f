"""A binary heap as a priority queue, and with it a small simulation of a car wash."""


class Heap:
    """The smallest item is always at index 0; the children of i are at 2 i + 1 and 2 i + 2."""

    def __init__(self, items=()):
        self.items = list(items)
        for i in range(len(self.items) // 2 - 1, -1, -1):
            self.sift_down(i)

    def __len__(self):
        return len(self.items)

    def push(self, item):
        items = self.items
        items.append(item)
        i = len(items) - 1
        while i > 0:
            parent = (i - 1) >> 1
            if not items[i] < items[parent]:
                break
            items[i], items[parent] = items[parent], items[i]
            i = parent

    def pop(self):
        items = self.items
        top = items[0]
        last = items.pop()
        if items:
            items[0] = last
            self.sift_down(0)
        return top

    def sift_down(self, i):
        items = self.items
        while True:
            least = i
            for child in (2 * i + 1, 2 * i + 2):
                if child < len(items) and items[child] < items[least]:
                    least = child
            if least == i:
                return
            items[i], items[least] = items[least], items[i]
            i = least

    def is_valid(self):
        return all(not self.items[i] < self.items[(i - 1) >> 1] for i in range(1, len(self.items)))


class Event:
    made = 0

    def __init__(self, time, kind, car):
        Event.made += 1
        self.time, self.kind, self.car = time, kind, car
        self.number = Event.made  # events at the same time keep their order

    def __lt__(self, other):
        return (self.time, self.number) < (other.time, other.number)


class Random:
    """A linear congruential generator: the same numbers on every machine."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 16) % n


class CarWash:
    def __init__(self, bays, random):
        self.free, self.random = bays, random
        self.events = Heap()
        self.line = []
        self.waits = []
        self.turned_away = 0

    def at(self, time, kind, car):
        self.events.push(Event(time, kind, car))

    def start(self, now, car, arrived):
        self.free -= 1
        self.waits.append(now - arrived)
        minutes = 6 + self.random.below(7)
        print("{:>4}  car {:<2} starts, {} minutes".format(now, car, minutes) + (", waited {}".format(now - arrived) if now > arrived else ""))
        self.at(now + minutes, "leave", car)

    def on_arrive(self, now, car):
        if self.free:
            self.start(now, car, now)
        elif len(self.line) < 2:
            self.line.append((car, now))
            print("{:>4}  car {:<2} waits, line is {}".format(now, car, len(self.line)))
        else:
            self.turned_away += 1
            print("{:>4}  car {:<2} drives on".format(now, car))

    def on_leave(self, now, car):
        self.free += 1
        if self.line:
            self.start(now, *self.line.pop(0))

    def run(self):
        while self.events:
            event = self.events.pop()
            getattr(self, "on_" + event.kind)(event.time, event.car)
        return event.time


numbers = Random(7)
heap = Heap()
values = [numbers.below(100) for _ in range(40)]
for value in values:
    heap.push(value)
print("heap valid:", heap.is_valid(), "smallest:", heap.items[0], "size:", len(heap))
print("drained in order:", [heap.pop() for _ in range(40)] == sorted(values))
print("built at once:", Heap(values).is_valid(), "words:", [w.pop() for w in [Heap("kiwi apple fig banana".split())] for _ in range(4)])

wash = CarWash(2, Random(2026))
arrival = 0
for car in range(1, 13):
    wash.at(arrival, "arrive", car)
    arrival += 1 + wash.random.below(5)
end = wash.run()
print("closed at {}: {} washed, {} drove on, mean wait {:.2f}, longest {}".format(end, len(wash.waits), wash.turned_away, sum(wash.waits) / len(wash.waits), max(wash.waits)))
