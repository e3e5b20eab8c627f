# errno: numbers of the names, names of the numbers, how an OSError shows them.
import errno

names = ('EPERM', 'ENOENT', 'EIO', 'EBADF', 'EAGAIN', 'ENOMEM', 'EACCES', 'EEXIST', 'ENODEV', 'EISDIR', 'EINVAL', 'EOPNOTSUPP', 'EADDRINUSE', 'ECONNABORTED', 'ECONNRESET', 'ENOBUFS', 'ENOTCONN', 'ETIMEDOUT', 'ECONNREFUSED', 'EHOSTUNREACH', 'EALREADY', 'EINPROGRESS')
for name in names:
    n = getattr(errno, name)
    print(name, n, errno.errorcode[n], OSError(n), repr(OSError(n)), OSError(n).errno)
print(OSError(), repr(OSError()), OSError(12345), OSError('text'), OSError(2, 'file'), OSError(2, 'a', 'b').errno)
print(len(errno.errorcode) == len(names), 0 in errno.errorcode)
