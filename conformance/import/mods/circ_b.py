print("b starts")
name = "B"
import circ_a
print("b sees a:", hasattr(circ_a, "name"), hasattr(circ_a, "from_b"))
def from_a():
    return circ_a.name
print("b ends")
