"""A traffic light with a pedestrian button, as a table-driven state machine.

Time is a simulated second counter, so the run is the same everywhere.
"""

# state: (lamps of the cars, lamp of the pedestrians, seconds, state that follows)
STATES = {
    "cars_go": ("..G", "stop", 8, "cars_slow"),
    "cars_slow": (".Y.", "stop", 2, "all_red_before"),
    "all_red_before": ("R..", "stop", 1, "walk"),
    "walk": ("R..", "WALK", 5, "all_red_after"),
    "all_red_after": ("R..", "stop", 2, "cars_ready"),
    "cars_ready": ("RY.", "stop", 1, "cars_go"),
}

MIN_GREEN = 4


class TrafficLight:
    def __init__(self):
        self.requested = False
        self.served = 0
        self.enter("cars_go")

    def enter(self, name):
        self.name = name
        self.lamps, self.walk, self.left, self.following = STATES[name]
        if name == "walk":
            self.requested = False
            self.served += 1

    def press(self):
        """Someone pressed the button; says whether that changed anything."""
        if self.name == "walk" or self.requested:
            return False
        self.requested = True
        # A long green is cut short, but never below the minimum.
        if self.name == "cars_go":
            elapsed = STATES["cars_go"][2] - self.left
            self.left = min(self.left, max(MIN_GREEN - elapsed, 0) + 1)
        return True

    def tick(self):
        """One second passes; says whether the state changed."""
        self.left -= 1
        if self.left > 0:
            return False
        if self.name == "cars_go" and not self.requested:
            self.left = STATES["cars_go"][2]
            return False
        self.enter(self.following)
        return True

    def __str__(self):
        return "cars [{}]  people {:4}  ({})".format(self.lamps, self.walk, self.name)


def simulate(presses, seconds):
    light = TrafficLight()
    print("t= 0  " + str(light))
    for now in range(1, seconds + 1):
        if now in presses:
            print("t={:2}  * button {}".format(now, "accepted" if light.press() else "ignored"))
        if light.tick():
            print("t={:2}  {}".format(now, light))
    return light


light = simulate(presses=(10, 11, 16, 30), seconds=48)
print("pedestrians served:", light.served)

# A light must never let both sides go: check the table itself.
for name in sorted(STATES):
    lamps, walk, seconds, following = STATES[name]
    assert not ("G" in lamps and walk == "WALK"), name
    assert following in STATES and seconds > 0, name
print("table checked:", len(STATES), "states")
