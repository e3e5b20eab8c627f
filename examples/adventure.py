"""A small text adventure. The player's commands come from a list, so it plays itself."""

COMMANDS = (
    "look, take lamp, inventory, north, take coin, light lamp, north, look, take coin, up, drop anvil, south, "
    "east, take key, dance, south, north, west, unlock chest, take everything, open chest, take crown, south, score, east, north"
).split(", ")


class Thing:
    def __init__(self, name, text, portable=True):
        self.name, self.text, self.portable = name, text, portable


class Room:
    def __init__(self, name, text, dark=False):
        self.name, self.text, self.dark = name, text, dark
        self.exits = {}
        self.things = {}

    def link(self, direction, other, back):
        self.exits[direction] = other
        other.exits[back] = self

    def put(self, *things):
        for thing in things:
            self.things[thing.name] = thing


class Refused(Exception):
    """The game will not do that; its text says why."""


class Game:
    def __init__(self):
        hall = Room("Hall", "Dust, echoes, and a heavy chest.")
        cellar = Room("Cellar", "Barrels line the walls.", dark=True)
        garden = Room("Garden", "Roses grow over a broken wall.")
        hall.link("north", cellar, "south")
        hall.link("east", garden, "west")
        hall.put(Thing("lamp", "an oil lamp"), Thing("chest", "a chest with an iron lock", portable=False))
        cellar.put(Thing("coin", "a silver coin"))
        garden.put(Thing("key", "a rusty key"))
        self.room = hall
        self.bag = {}
        self.lit = False
        self.chest = "locked"
        self.score = 0
        self.moves = 0

    # --- what the player can say: every do_ method is a command ---

    def do_look(self):
        if self.room.dark and not (self.lit and "lamp" in self.bag):
            return "It is too dark to see."
        text = self.room.name + ". " + self.room.text
        if self.room.things:
            text += " You see " + ", ".join(self.room.things[n].text for n in sorted(self.room.things)) + "."
        return text + " Ways out: " + ", ".join(sorted(self.room.exits)) + "."

    def do_go(self, direction):
        if direction not in self.room.exits:
            raise Refused("You cannot go %s from here." % direction)
        self.room = self.room.exits[direction]
        return self.do_look()

    def do_take(self, name):
        if self.room.dark and not self.lit:
            raise Refused("You grope about and find nothing.")
        thing = self.room.things.get(name)
        if thing is None:
            raise Refused("There is no %s here." % name)
        if not thing.portable:
            raise Refused("The %s is too heavy." % name)
        self.bag[name] = self.room.things.pop(name)
        self.score += 10
        return "Taken: " + thing.text + "."

    def do_drop(self, name):
        self.room.put(self.need(name))
        del self.bag[name]
        return "Dropped."

    def do_inventory(self):
        return "You carry " + (", ".join(sorted(self.bag)) or "nothing") + "."

    def do_light(self, name):
        self.need(name)
        if name != "lamp":
            raise Refused("The %s does not burn." % name)
        self.lit = True
        return "The lamp throws a yellow light."

    def do_unlock(self, name):
        self.need("key")
        if name not in self.room.things or self.chest != "locked":
            raise Refused("Nothing here needs unlocking.")
        self.chest = "closed"
        self.score += 20
        return "Click."

    def do_open(self, name):
        if self.chest != "closed":
            raise Refused("It is %s." % self.chest)
        self.chest = "open"
        self.room.put(Thing("crown", "a golden crown"))
        return "The lid creaks open: there is a crown inside!"

    def do_score(self):
        return "%d points in %d moves." % (self.score, self.moves)

    # --- reading commands ---

    def need(self, name):
        if name not in self.bag:
            raise Refused("You have no %s." % name)
        return self.bag[name]

    def obey(self, line):
        words = line.split()
        if len(words) == 1 and words[0] in ("north", "south", "east", "west", "up", "down"):
            words.insert(0, "go")
        self.moves += 1
        action = getattr(self, "do_" + words[0], None)
        if action is None:
            raise Refused("I do not know how to %s." % words[0])
        return action(*words[1:])


game = Game()
print(game.do_look())
for command in COMMANDS:
    print("> " + command)
    try:
        print(game.obey(command))
    except Refused as refusal:
        print(refusal)
print("The end.", game.do_score(), "Crown saved." if "crown" in game.bag else "No crown.")
