# exp: 1.29 hashes a large integral float like the equal int, 1.27 did not
# hash() agrees between equal floats and ints beyond the small-int range.
for e in (29, 30, 31, 40, 60, 100):
    print(e, hash(2.0**e) == hash(2**e), hash(-(2.0**e)) == hash(-(2**e)), 2.0**e == 2**e)
d = {2**40: "int"}
print(d.get(2.0**40), 2.0**40 in d, 2.0**41 in d)
d[2.0**40] = "float"
print(len(d))
print(hash(0.0), hash(1.0) == 1, hash(-1.0) == hash(-1), hash(0.5) == hash(0.5))
