# Modules that come from filesystems in Python, in pieces: bytecode with constants of each kind, long sources, files that are read while others are.
import sys

try:
    import vfs
    from io import IOBase
except ImportError:
    print("SKIP")
    raise SystemExit


class File(IOBase):
    def __init__(self, data, before):
        self.data = data
        self.at = 0
        self.before = before

    def readinto(self, buffer):
        if self.before is not None:
            before, self.before = self.before, None
            before()
        piece = self.data[self.at : self.at + len(buffer)]
        buffer[: len(piece)] = piece
        self.at += len(piece)
        return len(piece)

    def ioctl(self, request, arg):
        return 0 if request == 4 else -1


class Files:
    def __init__(self, files, before=None):
        self.files = files
        self.before = before

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def stat(self, path):
        if path in self.files:
            return (0x8000, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        raise OSError(2)

    def open(self, path, mode):
        return File(self.files[path], self.before)


def mounted(files, before=None):
    vfs.mount(Files(files, before), "/pieces")
    sys.path.insert(0, "/pieces")


def unmounted():
    vfs.umount("/pieces")
    sys.path.remove("/pieces")


# what mpy-cross makes of a module with constants of each kind
BYTECODE = (
    b'M\x06\x00\x1f\x14\x06\x08k.py\x00\x0f\x81S\nNamed\x00\x0ec'
    b'losure\x00\x0enumbers\x00\x0clookup\x00'
    b'\x02x\x00\x81-\ninner\x00ba_long_name'
    b'_of_a_method_that_no_oth'
    b'er_program_has\x00\x82E\x12CONSTA'
    b'NTS\x00\x02a\x00/-5\x08name\x00\x0b\x82\x13\n\x0f\x08\x031'
    b'.5\x08\x04-0.0\x08\x061e+300\t\x022j\x05\x00\x00\x05'
    b'\x05short\x00\x05\x16a text that is '
    b'no name\x00\x05\t\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\x00\x06\x00\x00\x06'
    b'\x08\x00\xff bytes\x00\x01\x03\x02\x04\n\x03\x07\x011\n\x02\x05\x06n'
    b'ested\x00\n\x02\x08\x032.5\n\x00\x06\x01x\x00\n\x0b\x07\x010'
    b'\x07\x011\x07\x02-1\x07\x017\x07\t999999999\x07\n-'
    b'999999999\x07\n1000000000\x07\n1'
    b'073741823\x07\n1073741824\x07\x0b-'
    b'1073741824\x07\x0b-1073741825\x07'
    b'\x1e12345678901234567890123'
    b'4567890\x07\x17-11805916207174'
    b'11303424\x05\x0fsome other tex'
    b't\x00\x05\x14nothing of that name'
    b'\x00\x82t\x18\x14\x01\x8b\x07\x84\x07 d@\x89\x08S,\x00\x7f\x10\x02b3\x00'
    b'\x16\x042\x01\x16\x05#\x00\x16\x0cT2\x02\x10\x034\x02\x16\x032\x03\x16\x06Q'
    b'c\x04\x81\\\xc1\x88\xc0\xc0@\x8a\x80\x01\x04\r\x02 h\x00\x01\x02\x03\xb0\xb1\xb2'
    b'\xb3 \x00\x04\xc4\xb4c\x01\x81 \xb8\x04\x0c\t\x12\x12\x12\x12@%\x00%\x02%'
    b'\x01%\x03*\x04c\x81p\xa8@\x0c\x05\x80\x08&%$#\x01_K\x06\xc0\xb0'
    b'gYB8#\x02gY#\x03gYQc\x81L\x00\n\x03\x88\x15 D\x11'
    b'\x0e\x16\x0f\x10\x03\x16\x10#\x04\x16\x0b2\x00\x16\nQc\x01P\t\x08\n\x13\x80'
    b'\x19\xb0\x13\x0bc\x81 !\x08\x06\x11\x80\x1d,\x01\x81\x10\x07b\x14\x08\xb0#\x05'
    b'6\x02c'
)

mounted({"/bytecode.mpy": BYTECODE})
for _ in range(3):
    module = __import__("bytecode")
    print(module.__name__, module.__file__, list(module.numbers()))
    print(*module.CONSTANTS)
    print(module.closure(1, 2, other=3)(), module.lookup("x"), module.lookup("y"))
    print(module.Named().a_long_name_of_a_method_that_no_other_program_has(), module.Named.value)
    del sys.modules["bytecode"]
unmounted()

# a file that is none is refused, also when one of its name was loaded before
for at in (0, 1):
    wrong = bytearray(BYTECODE)
    wrong[at] ^= 0x40
    mounted({"/bytecode.mpy": wrong})
    try:
        import bytecode as module
    except ValueError as e:
        print(at, type(e))
    unmounted()

# longer than any room for pieces
class Lines:
    TIMES = 2600
    LINE = b"# a comment that is on each of the lines\n"

    def __getitem__(self, index):
        size = len(self.LINE)
        start = index.start
        stop = min(index.stop, size * self.TIMES)
        first = start % size
        return (self.LINE * 6)[first : first + max(0, stop - start)]


mounted({"/long.py": Lines()})
import long

print(long)
unmounted()

# the last piece may make the buffer shorter
class Shrinking(File):
    def readinto(self, buffer):
        buffer[:] = self.data[self.at : self.at + len(buffer)]
        self.at += len(buffer)
        return len(buffer)


class ShrinkingFiles(Files):
    def open(self, path, mode):
        return Shrinking(self.files[path], None)


vfs.mount(ShrinkingFiles({"/shrunk.py": b"value = 'of a buffer that has become shorter'\n"}), "/shrinking")
sys.path.insert(0, "/shrinking")
import shrunk

print(shrunk.value)
sys.path.remove("/shrinking")

# a file begins while another is being read
inner = {"/inner.py": b"value = 'inner'\n"}


def import_inner():
    vfs.mount(Files(inner), "/inner")
    sys.path.insert(0, "/inner")
    import inner as module

    print("while reading:", module.value)
    vfs.umount("/inner")
    sys.path.remove("/inner")


mounted({"/outer.py": b"value = 'outer'\n" * 20}, import_inner)
import outer

print(outer.value)
unmounted()


# reading fails, and the next import does not notice
def fail():
    raise ValueError("cannot be read")


mounted({"/failing.py": b"value = 'failing'\n"}, fail)
try:
    import failing
except ValueError as e:
    print(e)
unmounted()
mounted({"/failing.py": b"value = 'there'\n"})
import failing

print(failing.value)
unmounted()
