/** The board's flash and the filesystems in it, from a program's side and from the host's. */
import { describe, expect, it } from 'vitest';
import { compile } from '@tsmp/compiler';
import {
  boot,
  buildRom,
  type CompileFn,
  loadVm,
  PROFILES,
  romDefinitions,
  run,
  saveVm,
  startSource,
  tracebackOf,
  Vm,
} from '@tsmp/vm';
import { Machine, machineExtension, type MachineOptions, MachineUsageError, PowerLoss } from '../src/index.js';

const profile = PROFILES['pico-w'] as (typeof PROFILES)[string];
const compiler: CompileFn = (r) =>
  compile(r.source, {
    fileName: r.fileName,
    kind: r.kind,
    smallIntBits: 31,
    floatBits: r.floatBits,
    knownQstrs: { has: r.isKnownQstr },
  });
const rom = buildRom(romDefinitions(profile, [machineExtension(profile)]), { floatBits: 32, compile: compiler });

function board(options: MachineOptions = {}): { vm: Vm; machine: Machine; output: () => string } {
  let text = '';
  const vm = new Vm(profile, rom, {
    stdout: (bytes) => {
      text += new TextDecoder().decode(bytes);
    },
    compile: compiler,
  });
  boot(vm);
  const machine = new Machine(vm, options);
  return { vm, machine, output: () => text };
}
function runOn(b: ReturnType<typeof board>, program: string): string {
  startSource(b.vm, new TextEncoder().encode(program), 'main.py');
  for (;;) {
    const r = run(b.vm);
    if (r.reason === 'waiting') b.vm.clock.advanceTo(r.until, b.vm.budget);
    else if (r.reason === 'raised') throw new Error(`${b.output()}${JSON.stringify(tracebackOf(b.vm, r.exception))}`);
    else break;
  }
  return b.output();
}

describe('rp2.Flash', () => {
  it('clears bits when it programs and sets them when it erases', () => {
    const program = `
import rp2, machine
f = rp2.Flash(start=8192, len=8192)
print(f.ioctl(4, 0), f.ioctl(5, 0))
f.ioctl(6, 1)
f.writeblocks(1, b'\\x0f' * 4, 8)
f.writeblocks(1, b'\\x35' * 4, 10)
b = bytearray(8)
f.readblocks(1, b, 8)
print(b)
f.writeblocks(1, bytes(4096))
f.readblocks(1, b, 0)
print(b, bytes(memoryview(f)[4096:4100]))
print(hex(machine.mem32[0x10200000 - 848 * 1024 + 8192 + 4096]))
for bad in (lambda: f.readblocks(2, b), lambda: rp2.Flash(start=1), lambda: rp2.Flash(len=0), lambda: f.writeblocks(0, b)):
    try:
        bad()
    except Exception as e:
        print(repr(e))
`;
    expect(runOn(board(), program)).toBe(`2 4096
bytearray(b'\\x0f\\x0f\\x05\\x0555\\xff\\xff')
bytearray(b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00') b'\\x00\\x00\\x00\\x00'
0x0
OSError(22,)
ValueError()
ValueError()
OSError(22,)
`);
  });

  it("takes the chip's time", () => {
    const b = board();
    const before = b.vm.clock.now(b.vm.budget);
    runOn(b, 'import rp2\nf = rp2.Flash()\nf.ioctl(6, 9)\nf.writeblocks(9, bytes(512), 0)\n');
    const ms = (b.vm.clock.now(b.vm.budget) - before) / 1e6;
    expect(ms).toBeGreaterThan(45.8);
    expect(ms).toBeLessThan(47);
  });
});

describe("the board's filesystem", () => {
  it('is in its flash when there is no folder, and stays there', () => {
    const first = board();
    const made = runOn(
      first,
      `
import os, vfs
print(vfs.mount(), os.getcwd(), os.statvfs('/')[:4])
os.mkdir('lib')
with open('/lib/helper.py', 'w') as f:
    f.write('print("helper at", __file__)\\n')
with open('data.bin', 'wb') as f:
    for i in range(50):
        f.write(bytes(range(200)))
import helper
`,
    );
    expect(made).toBe(`[(<VfsLfs2>, '/')] / (4096, 4096, 212, 210)\nhelper at /lib/helper.py\n`);
    const second = board({ flash: first.machine.flash.image() });
    expect(runOn(second, 'import os, helper\nprint(os.stat("data.bin")[6], sorted(os.listdir()))')).toBe(
      "helper at /lib/helper.py\n10000 ['data.bin', 'lib']\n",
    );
  });

  it('goes into snapshots with its open files', () => {
    const first = board();
    startSource(
      first.vm,
      new TextEncoder().encode(
        'import os, time\nf = open("log", "w")\nf.write("one ")\nd = os.ilistdir("/")\ntime.sleep(1)\nf.write("two" * 100)\nf.close()\nprint(len(open("log").read()), list(d))\n',
      ),
      'main.py',
    );
    expect(run(first.vm).reason).toBe('waiting');
    const state = { vm: saveVm(first.vm), machine: first.machine.save() };
    const second = board();
    loadVm(second.vm, state.vm);
    second.machine.load(JSON.parse(JSON.stringify(state.machine)));
    for (const b of [first, second]) {
      b.vm.clock.advanceTo(2e9, b.vm.budget);
      expect(run(b.vm).reason).toBe('done');
      expect(b.output()).toBe("304 [('log', 32768, 0, 304)]\n");
    }
  });

  it('has the old or the new file when the power goes, at every operation', () => {
    const first = board();
    runOn(first, 'with open("settings", "w") as f:\n    f.write("old" * 500)\n');
    const image = first.machine.flash.image();
    let seen = '';
    for (let n = 1; ; n++) {
      const b = board({ flash: image });
      b.machine.flash.powerLossAfter(n);
      let lost = false;
      try {
        runOn(b, 'with open("settings", "w") as f:\n    f.write("new!" * 500)\n');
      } catch (e) {
        if (!(e instanceof PowerLoss)) throw e;
        lost = true;
      }
      const again = board({ flash: b.machine.flash.image() });
      const text = runOn(again, 'd = open("settings").read()\nprint(d == "old" * 500, d == "new!" * 500)\n');
      expect(['True False\n', 'False True\n']).toContain(text);
      seen += text;
      if (!lost) break;
    }
    expect(seen).toContain('True False');
    expect(seen.endsWith('False True\n')).toBe(true);
  });

  it('closes files that are collected, and at a reset', () => {
    const b = board();
    runOn(
      b,
      'import gc\ndef f():\n    open("a", "w").write("collected")\nf()\nx = [0] * 100\ngc.collect()\nprint(open("a").read())\nkept = open("b", "w")\nkept.write("reset")\n',
    );
    expect(b.output()).toBe('collected\n');
    b.machine.closeFiles();
    expect(runOn(board({ flash: b.machine.flash.image() }), 'print(open("b").read())')).toBe('reset\n');
  });

  it('is refused when it is something else', () => {
    const size = 848 * 1024;
    expect(() => board({ flash: new Uint8Array(size) })).toThrow(MachineUsageError);
    expect(() => board({ flash: new Uint8Array(100) })).toThrow('an image of 100 bytes for a flash of 868352');
    expect(runOn(board({ flash: false }), 'import os\nprint(os.listdir("/"))')).toBe('[]\n');
  });
});

describe('vfs.VfsLfs2 on a device that a program has written', { timeout: 30_000 }, () => {
  const device = `
import vfs, os
class Ram:
    def __init__(self, n):
        self.data = bytearray(n * 512)
        self.fault = None
    def readblocks(self, n, buf, off=0):
        if self.fault: return self.fault
        for i in range(len(buf)): buf[i] = self.data[n * 512 + off + i]
    def writeblocks(self, n, buf, off=0):
        if self.fault: return self.fault
        for i in range(len(buf)): self.data[n * 512 + off + i] = buf[i]
    def ioctl(self, op, arg):
        return {4: len(self.data) // 512, 5: 512, 6: 0}.get(op)
ram = Ram(40)
vfs.VfsLfs2.mkfs(ram)
`;

  it('is mounted by itself and by its device', () => {
    const program = `${device}
fs = vfs.VfsLfs2(ram, mtime=False)
vfs.mount(fs, '/ram')
os.mkdir('/ram/d')
os.chdir('/ram/d')
with open('x.txt', 'w') as f:
    f.write('text\\n' * 300)
print(os.getcwd(), os.listdir(), os.stat('x.txt')[6:], [e for e in os.ilistdir(b'/ram')])
os.chdir('/')
vfs.umount('/ram')
vfs.mount(ram, '/again', readonly=True)
print(len(open('/again/d/x.txt').readlines()))
try:
    open('/again/y', 'w')
except OSError as e:
    print(e)
vfs.umount('/again')
try:
    vfs.mount(object(), '/no')
except AttributeError as e:
    print(e)
`;
    expect(runOn(board(), program)).toBe(`/ram/d ['x.txt'] (1500, 0, 0, 0) [(b'd', 16384, 0, 0)]
300
30
'object' object has no attribute 'readblocks'
`);
  });

  it('passes on what the device answers and raises', () => {
    const program = `${device}
fs = vfs.VfsLfs2(ram)
with fs.open('f', 'w') as f:
    f.write('a' * 600)
for fault in (-5, 7, 'x'):
    ram.fault = fault
    try:
        fs.open('f', 'r')
    except Exception as e:
        print(repr(e))
ram.fault = None
def raising(*a): raise KeyError('device')
old, Ram.readblocks = Ram.readblocks, raising
try:
    fs.stat('f')
except KeyError as e:
    print(e)
def reentering(self, n, buf, off=0):
    fs.stat('f')
Ram.readblocks = reentering
try:
    fs.stat('f')
except OSError as e:
    print(e)
Ram.readblocks = old
print(fs.stat('f')[6])
`;
    expect(runOn(board(), program)).toBe(`OSError(5,)
OSError(22,)
TypeError("can't convert str to int",)
device
16
600
`);
  });
});

describe('erased flash', () => {
  const end = profile.flashBase + profile.flashSize;

  it('reads as ones wherever it is looked at first', () => {
    const b = board({ flash: false });
    expect(b.machine.flash.isErased).toBe(true);
    expect(b.machine.flash.save().sectors).toEqual([]);
    const seen = runOn(
      b,
      `
from machine import mem8, mem32
import rp2
print(hex(mem32[${end - 4}]), hex(mem8[${end - 8192}]), bytes(memoryview(rp2.Flash())[-3:]))
`,
    );
    expect(seen).toBe("0xffffffff 0xff b'\\xff\\xff\\xff'\n");
    expect(b.machine.flash.isErased).toBe(true);
    expect(b.machine.flash.image().every((byte) => byte === 0xff)).toBe(true);
  });

  it('keeps what was programmed through a saved state, and the rest erased', () => {
    const { machine } = board({ flash: false });
    machine.flash.program(5000, Uint8Array.of(0x12, 0x34));
    const state = machine.flash.save();
    expect(state.sectors.map(([at]) => at)).toEqual([4096]);
    const other = board({ flash: false }).machine.flash;
    other.program(0, Uint8Array.of(0));
    other.load(state);
    expect(other.isErased).toBe(false);
    const image = other.image();
    expect([image[0], image[4999], image[5000], image[5001], image[5002]]).toEqual([0xff, 0xff, 0x12, 0x34, 0xff]);
  });
});
