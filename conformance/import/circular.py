# Two modules that import each other, and a half-initialised one.
import sys
sys.path.append("mods")
import circ_a
print(circ_a.name, circ_a.from_b(), circ_a.circ_b.name, circ_a.circ_b.from_a())
import circ_b
print(circ_b is circ_a.circ_b)
try:
    import circ_bad
except Exception as e:
    print(type(e).__name__, e)
import sys
print("circ_bad" in sys.modules)
