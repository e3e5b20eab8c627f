# exp: the file system of the WebAssembly build has errno numbers of its own
# OSError: errno, texts, construction.
import errno
for args in ((), (2,), (errno.ENOENT, "msg"), ("text",), (99999,), (1, 2, 3), (errno.EIO,), (errno.EEXIST,), (errno.EINVAL,), (0,), (-5,)):
    e = OSError(*args)
    print(args, str(e), repr(e), e.args, e.errno if args else "")
try:
    open("/no/such/file/anywhere")
except OSError as e:
    print(type(e).__name__, e.errno == errno.ENOENT, e.args[0])
try:
    raise OSError(errno.ETIMEDOUT)
except OSError as e:
    print(e.errno == errno.ETIMEDOUT, e.args[0] == errno.ETIMEDOUT)
class MyErr(OSError):
    pass
try:
    raise MyErr(errno.EACCES)
except OSError as e:
    print(type(e).__name__, e.args[0] == errno.EACCES)
print(errno.errorcode[errno.ENOENT], errno.errorcode[errno.EINVAL], issubclass(OSError, Exception))
