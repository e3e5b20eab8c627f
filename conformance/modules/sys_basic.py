# sys: the parts that are the same on every port.
import sys
print(sys.byteorder, sys.maxsize, type(sys.version).__name__, sys.version_info[:2] >= (3, 4), sys.implementation.name, sys.implementation[0], len(sys.implementation.version) >= 3)
print(isinstance(sys.path, list), isinstance(sys.modules, dict), isinstance(sys.argv, list), isinstance(sys.platform, str), "sys" in sys.modules or "sys is not listed")
print(hasattr(sys, "stdin"), hasattr(sys, "stdout"), hasattr(sys, "stderr"), sys.stdout.write("written\n"))
for code in ((), (1,), ("msg",)):
    try:
        sys.exit(*code)
    except SystemExit as e:
        print(e.args)
import io
buf = io.StringIO()
try:
    1 / 0
except ZeroDivisionError as e:
    sys.print_exception(e, buf)
print(buf.getvalue().split("\n")[0], "|", buf.getvalue().split("\n")[-2])
old = sys.ps1
sys.ps1 = "PS1 "
print(repr(sys.ps1), repr(old))
sys.ps1 = old
sys.path.append("/nowhere")
print(sys.path[-1], sys.path.pop())
for f in (lambda: sys.nope, lambda: setattr(sys, "foo", 1), lambda: setattr(sys, "path", []) , lambda: sys.print_exception(5), lambda: sys.exit(1, 2), lambda: sys()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
