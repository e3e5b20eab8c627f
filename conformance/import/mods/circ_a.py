print("a starts")
name = "A"
import circ_b
def from_b():
    return circ_b.name
print("a ends")
