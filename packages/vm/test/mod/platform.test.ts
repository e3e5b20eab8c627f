import { expect, it } from 'vitest';
import { program } from '../obj/program.js';

const SOURCE = `
import platform, gc
print(platform.platform(1, terse=2))
print(platform.python_compiler(), platform.libc_ver())
def cost(f):
    a = gc.mem_alloc()
    f()
    return gc.mem_alloc() - a
print(cost(platform.platform), cost(platform.python_compiler), cost(platform.libc_ver))
`;

it.each([
  ['unix32', "Linux-1.29.0-preview-x86--with-glibc2.36\nGCC 12.2.0 ('glibc', '2.36')\n"],
  ['coverage32', "Linux-1.29.0-preview-x86--with-glibc2.36\nGCC 12.2.0 ('glibc', '2.36')\n"],
  ['pico-w', "MicroPython-1.29.0-preview-arm--with-newlib4.2.0\nGCC 12.2.1 ('newlib', '4.2.0')\n"],
])('says what %s was built with, from ROM', (board, text) => {
  expect(program(SOURCE, { board })).toBe(`${text}0 0 0\n`);
});
