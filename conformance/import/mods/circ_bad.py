print("bad starts")
import circ_bad2
