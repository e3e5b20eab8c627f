/** A board with the core only, whose modules are linked when programs import them. */
import { compile } from '@tsmp/compiler';
import { describe, expect, it } from 'vitest';
import {
  boot,
  buildRom,
  type CompileFn,
  coreDefinitions,
  linkPart,
  printException,
  type Profile,
  PROFILES,
  romDefinitions,
  type RomImage,
  type RomPart,
  run,
  startSource,
  Vm,
  VmUsageError,
} from '../src/index.js';

const boardCompile: CompileFn = (request) =>
  compile(request.source, {
    fileName: request.fileName,
    kind: request.kind,
    optLevel: 0,
    smallIntBits: request.smallIntBits,
    floatBits: request.floatBits,
    knownQstrs: { has: request.isKnownQstr },
    orderedDictLiteral: true,
  });
const profile = PROFILES.unix32 as Profile;
const full = buildRom(romDefinitions(profile), { floatBits: profile.floatBits, compile: boardCompile });
const all = new Map((full.definitions.parts ?? []).map((part) => [part.name, part]));

/** Runs a program on the core; answers what it printed, and which modules it asked for. */
function onCore(source: string, image: RomImage = { ...full, definitions: coreDefinitions(profile) }) {
  let text = '';
  const wanted: string[] = [];
  const vm = new Vm(profile, image, {
    stdout: (b) => {
      text += new TextDecoder().decode(b);
    },
    compile: boardCompile,
  });
  boot(vm);
  startSource(vm, new TextEncoder().encode(source), 'test.py');
  for (;;) {
    const result = run(vm);
    if (result.reason === 'budget') continue;
    if (result.reason === 'waiting' && vm.wantedModule !== null) {
      wanted.push(vm.wantedModule);
      linkPart(vm, all.get(vm.wantedModule) as RomPart);
      continue;
    }
    if (result.reason === 'waiting' && result.until < Number.POSITIVE_INFINITY) {
      vm.clock.advanceTo(result.until, vm.budget);
      continue;
    }
    if (result.reason === 'raised') printException(vm, vm.stdout, result.exception);
    vm.flush();
    return { text, wanted, reason: result.reason };
  }
}

describe('the core', () => {
  it('runs programs that import nothing', () => {
    const { text, wanted } = onCore(
      "print(sorted({'b': 1, 'a': 2}), 2 ** 70, 1.5, '%5.2f' % 3.14159, [x for x in range(3)])\n",
    );
    expect(text).toBe("['a', 'b'] 1180591620717411303424 1.5  3.14 [0, 1, 2]\n");
    expect(wanted).toEqual([]);
  });

  it('waits for each module once, whichever way it is imported', () => {
    const source = `
import json
from collections import namedtuple, deque
import usys, ure as r
def f():
    import math
    return math.floor(2.5), json.dumps([1, {"a": None}])
print(f(), f())
P = namedtuple('P', 'x y')
print(P(1, 2), list(deque([1, 2], 2)), r.match('a(b+)', 'abbb').group(1))
m = __import__('struct')
print(m.pack('<H', 258), json.loads('[1, 2]'))
import random, binascii, heapq, io, time, cmath, platform, deflate, websocket
random.seed(3)
print(0 <= random.random() < 1, binascii.hexlify(b'ab'), io.StringIO('x').read(), cmath.phase(-1) > 3, time.time() > 0)
h = [3, 1, 2]
heapq.heapify(h)
print(h[0])
`;
    const { text, wanted, reason } = onCore(source);
    expect(reason).toBe('done');
    expect(text).toBe(
      `(2, '[1, {"a": null}]') (2, '[1, {"a": null}]')\nP(x=1, y=2) [1, 2] bbb\nb'\\x02\\x01' [1, 2]\nTrue b'6162' x True True\n1\n`,
    );
    expect([...wanted].sort()).toEqual([...all.keys()].sort());
  });

  it('sleeps after a module was waited for', () => {
    const source = 'import time\nt = time.ticks_us()\ntime.sleep_ms(2)\nprint(time.ticks_us() - t)\n';
    expect(onCore(source).text).toBe('2000\n');
  });

  it('links a part for all boards of the image', () => {
    const image: RomImage = { ...full, definitions: coreDefinitions(profile) };
    expect(onCore('import json\nprint(json.dumps(1))\n', image).wanted).toEqual(['json']);
    expect(onCore('import json\nprint(json.dumps(2))\n', image)).toEqual({ text: '2\n', wanted: [], reason: 'done' });
  });

  it('says no to what it lacks', () => {
    expect(onCore('import weakref\n').text).toMatch(/ImportError: no module named 'weakref'/);
    expect(() => coreDefinitions(PROFILES.coverage32 as Profile)).toThrow(VmUsageError);
    const vm = new Vm(
      profile,
      { ...full, definitions: coreDefinitions(profile) },
      { stdout: () => undefined, compile: boardCompile },
    );
    boot(vm);
    startSource(vm, new TextEncoder().encode('pass\n'), 'test.py');
    expect(() => run(vm, { bytecodes: 1 })).toThrow(VmUsageError);
  });

  it('gives every part its own names', () => {
    const names = [...full.natives, ...Object.keys(full.symbols)];
    for (const [name, part] of all) {
      expect(full.natives.some((n) => n.startsWith(`${name}/`))).toBe(true);
      // linked alone, it binds every native that the image has of it
      const image: RomImage = { ...full, definitions: coreDefinitions(profile) };
      const vm = new Vm(profile, image, { stdout: () => undefined });
      linkPart(vm, part);
      const missing = full.natives.filter((n, i) => n.startsWith(`${name}/`) && vm.fns[i]?.name === 'notLoaded');
      expect(missing).toEqual([]);
    }
    expect(names.filter((n) => n.startsWith('py ') && n.includes('#'))).toEqual([]);
  });
});
