# Alignment and fill of strings and objects through format, % and center.
for w in (0, 2, 5):
    for align in ("<", ">", "^", ""):
        print(w, align, "{:{}{}}|".format("abc", align, w), ("{:." + align + str(w) + "}|").format(7) if align else "{:{}}|".format(7, w))
print("{:5}|{:<5}|{:^5}|{:>5}|".format(True, True, True, True), "{:10}|".format(1.5), "{:<10}|".format(1.5))
print("{:>8}|{:<8}|".format(str([1]), str(None)))
print("%5s|%-5s|%.1s|%5.1s|%-5.1s|" % ("abc", "abc", "abc", "abc", "abc"))
print("{:^7}|{:^7}|".format("x", "é"), "{:>4}".format("é€é😀x"))
