/** Names of error numbers. Counterpart: py/mperrno.h, py/moderrno.c. */

const LIST =
  'EPERM 1, ENOENT 2, EIO 5, EBADF 9, EAGAIN 11, ENOMEM 12, EACCES 13, EEXIST 17, ENODEV 19, EISDIR 21, EINVAL 22, EOPNOTSUPP 95, EADDRINUSE 98, ECONNABORTED 103, ECONNRESET 104, ENOBUFS 105, ENOTCONN 107, ETIMEDOUT 110, ECONNREFUSED 111, EHOSTUNREACH 113, EALREADY 114, EINPROGRESS 115';

/** The errors that MicroPython names, with Linux's numbers. */
export const ERRNO: Readonly<Record<string, number>> = Object.fromEntries(
  LIST.split(', ').map((entry) => {
    const [name, n] = entry.split(' ');
    return [name, Number(n)];
  }),
);
const NAMES = new Map(Object.entries(ERRNO).map(([name, n]) => [n, name]));

export function errnoName(n: number): string | undefined {
  return NAMES.get(n);
}
