/**
 * What a client puts on a board so that a folder of the client's is a filesystem there: Python, sent by the raw REPL.
 *
 * A request is 0x18, a number, the length of what follows and the arguments: integers as four bytes, strings with their length
 * before them. The answer is 0x18, a status (negative: an errno), a length, and so many bytes. Until the answer's first byte the
 * board drops what it reads, which somebody may have typed; while it waits Ctrl-C is a byte like others.
 */

/** First byte of a request and of an answer. */
export const MARK = 0x18;

/** Numbers of the requests. */
export const REQUEST = {
  stat: 1,
  list: 2,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  seek: 7,
  remove: 8,
  rename: 9,
  mkdir: 10,
  rmdir: 11,
  readline: 12,
} as const;

/** Where the folder is mounted. */
export const MOUNT_POINT = '/remote';

/** The board's side. */
export const HOOK = `
import io, micropython, os, select, struct, sys
class _TsmpLink:
 def __init__(self):
  self.out = sys.stdout.buffer
  self.inp = sys.stdin.buffer
  self.ready = select.poll()
  self.ready.register(self.inp, select.POLLIN)
  self.one = bytearray(1)
 def fill(self, buf):
  view = memoryview(buf)
  for i in range(0, len(buf), 128):
   if not self.ready.poll(5000):
    raise OSError(110)
   self.inp.readinto(view[i:i + 128])
  return buf
 def ask(self, what, *args, into=None):
  body = b''.join(struct.pack('<i', a) if isinstance(a, int) else struct.pack('<i', len(a)) + a for a in args)
  micropython.kbd_intr(-1)
  try:
   self.out.write(struct.pack('<BBI', ${MARK}, what, len(body)))
   self.out.write(body)
   self.one[0] = 0
   while self.one[0] != ${MARK}:
    self.fill(self.one)
   status, n = struct.unpack('<iI', self.fill(bytearray(8)))
   if into is None or n == 0:
    into = self.fill(bytearray(n))
   elif getattr(memoryview(into), 'itemsize', 1) == 1:
    self.fill(memoryview(into)[:n])
   elif self.ready.poll(5000):
    self.inp.readinto(into, n)
   else:
    raise OSError(110)
  finally:
   micropython.kbd_intr(3)
  if status < 0:
   raise OSError(-status)
  return status, into
class _TsmpFile(io.IOBase):
 def __init__(self, link, fd, text):
  self.link = link
  self.fd = fd
  self.text = text
 def _give(self, data):
  return str(data, 'utf8') if self.text else bytes(data)
 def __enter__(self):
  return self
 def __exit__(self, *_):
  self.close()
 def __iter__(self):
  return self
 def __next__(self):
  line = self.readline()
  if not line:
   raise StopIteration
  return line
 def read(self, n=-1):
  return self._give(self.link.ask(${REQUEST.read}, self.fd, -1 if n is None else n, int(self.text))[1])
 def readline(self, n=-1):
  return self._give(self.link.ask(${REQUEST.readline}, self.fd, n)[1])
 def readlines(self):
  return list(self)
 def readinto(self, buf, n=None):
  view = memoryview(buf)
  if n is None:
   n = len(view) * getattr(view, 'itemsize', 1)
  return self.link.ask(${REQUEST.read}, self.fd, n, 0, into=buf)[0]
 def write(self, data):
  if isinstance(data, str):
   n = len(data)
   data = data.encode()
   self.link.ask(${REQUEST.write}, self.fd, data)
   return n
  return self.link.ask(${REQUEST.write}, self.fd, bytes(data))[0]
 def seek(self, offset, whence=0):
  return self.link.ask(${REQUEST.seek}, self.fd, offset, whence)[0]
 def tell(self):
  return self.seek(0, 1)
 def flush(self):
  pass
 def close(self):
  if self.fd is not None:
   self.link.ask(${REQUEST.close}, self.fd)
   self.fd = None
 def ioctl(self, what, arg):
  if what == 2:
   import machine
   machine.mem32[arg] = self.seek(machine.mem32[arg], machine.mem32[arg + 4])
   return 0
  if what == 4:
   self.close()
   return 0
  if what == 11:
   return 249
  return 0 if what == 1 else -1
class _TsmpFS:
 def __init__(self, link):
  self.link = link
  self.cwd = '/'
 def _path(self, path):
  return (path if path.startswith('/') else self.cwd + path).encode()
 def mount(self, readonly, mkfs):
  pass
 def umount(self):
  pass
 def chdir(self, path):
  path = self._path(path).decode()
  if not path.endswith('/'):
   path += '/'
  if path != '/' and not self.stat(path)[0] & 0x4000:
   raise OSError(20)
  self.cwd = path
 def getcwd(self):
  return self.cwd if self.cwd == '/' else self.cwd[:-1]
 def stat(self, path):
  mode, data = self.link.ask(${REQUEST.stat}, self._path(path))
  size, when = struct.unpack('<II', data)
  return mode, 0, 0, 0, 0, 0, size, when, when, when
 def ilistdir(self, path):
  data = self.link.ask(${REQUEST.list}, self._path(path))[1]
  at = 0
  while at < len(data):
   mode, size, n = struct.unpack_from('<III', data, at)
   at += 12
   yield str(data[at:at + n], 'utf8'), mode, 0, size
   at += n
 def open(self, path, mode):
  return _TsmpFile(self.link, self.link.ask(${REQUEST.open}, self._path(path), mode.encode())[0], 'b' not in mode)
 def remove(self, path):
  self.link.ask(${REQUEST.remove}, self._path(path))
 def rename(self, old, new):
  self.link.ask(${REQUEST.rename}, self._path(old), self._path(new))
 def mkdir(self, path):
  self.link.ask(${REQUEST.mkdir}, self._path(path))
 def rmdir(self, path):
  self.link.ask(${REQUEST.rmdir}, self._path(path))
os.mount(_TsmpFS(_TsmpLink()), '${MOUNT_POINT}')
os.chdir('${MOUNT_POINT}')
`;
