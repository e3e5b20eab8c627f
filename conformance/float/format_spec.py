# format() of floats: e f g % and widths, signs, fills.
for x in (0.0, 1.0, -1.5, 3.14159265, 1234567.891, 1e-7, 1e21, 0.1):
    print("{:f}|{:e}|{:g}|{:%}".format(x, x, x, x))
    print("{:.0f}|{:.1f}|{:.3f}|{:.2e}|{:.3g}|{:.1%}".format(x, x, x, x, x, x))
    print("{:10.2f}|{:<10.2f}|{:^10.2f}|{:>10.2f}|{:010.2f}|{:+.2f}|{: .2f}|{:*^12.1f}".format(x, x, x, x, x, x, x, x))
    print("%f|%e|%g|%.2f|%8.3f|%-8.3f|%08.3f|%+.1f|% .1f|%.0f|%E|%G" % (x, x, x, x, x, x, x, x, x, x, x, x))
print("{:.2f} {:e}".format(3, 3), "%.2f %e" % (3, 3), "{:.1f}".format(10**10), "%d" % 3.99, "%d" % -3.99, "%x" % 255)
for v in (float("inf"), -float("inf"), float("nan")):
    print("{:f} {:e} {:8.2f}| {:<8}| {:+f}".format(v, v, v, v, v), "%f %5.1f" % (v, v))
for f in (lambda: "{:d}".format(1.5), lambda: "{:x}".format(1.5), lambda: "{:s}".format(1.5), lambda: "{:f}".format("a"),
          lambda: "%f" % "a", lambda: "%d" % "1", lambda: "%d" % None, lambda: "{:c}".format(1.5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
