/**
 * Small modules and what mpy-cross 6.3 makes of them (`fast` with -march=armv7m), as base64.
 */

/** A source text and its `.mpy` file. */
export interface Fixture {
  readonly source: string;
  readonly mpy: Uint8Array;
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

/** Exception blocks of every kind, left in every way. */
export const blocks: Fixture = {
  source: String.raw`def find(rows, wanted):
    for row in rows:
        try:
            with row as cells:
                for cell in cells:
                    if cell == wanted:
                        return cell
                    if cell is None:
                        continue
                    if cell < 0:
                        break
        except ValueError as error:
            if not error.args:
                raise
            break
        except OSError:
            continue
        finally:
            if wanted == 3:
                break
            rows = None
    else:
        raise LookupError(wanted) from None
`,
  mpy: bytes(
    'TQYAHwkAEmJsb2Nrcy5weQAPgSd7CHJvd3MADHdhbnRlZABvYVdMAAIBMgAWAlFjAYg4jhIqAgQFICUkJCUlIiUiJVYlIVFGJSNGsF9LYsJJ' +
      'UUgpskciw7NfSxzEtLHZREK0Y7RR3kRCQi+0gNdERllZWVlCQkIiUVxdSiVXEgbfRFPFSQm1EwNDQWRAaoNRxSgFXUoMVxIH30RFWUCtfwJd' +
      'UbGD2URDQE6BUcBdQpx/EgixNAFRZlFj',
  ),
};

/** Coroutines, generators, closures, comprehensions. */
export const tasks: Fixture = {
  source: String.raw`import time
from machine import Pin, I2C as bus
from micropython import *

async def serve(lock, source):
    async with lock as held:
        async for item in source:
            if item:
                return held
            try:
                await item
            finally:
                held = None

def count(*args, start=0, **kw):
    total = start
    def add(n=1):
        nonlocal total
        total += n
        return total
    yield from args
    x = yield total
    while x:
        try:
            x -= 1
            if x == 5:
                break
        finally:
            add()
    return [a * x for a in args if a], {k: v for k, v in kw.items()}, {a for a in args}, (a for a in args)
`,
  mpy: bytes(
    'TQYAHxwAEHRhc2tzLnB5AA8IdGltZQAGUGluAAZJMkMADm1hY2hpbmUAC4FngiUKc2VydmUAFF9fYWVudGVyX18AEl9fYWl0ZXJfXwASX19h' +
      'bmV4dF9fACRTdG9wQXN5bmNJdGVyYXRpb24AQxJfX2FleGl0X18AFYEVgU0GYWRkABQ8bGlzdGNvbXA+ABQ8ZGljdGNvbXA+ABI8c2V0Y29t' +
      'cD4AEjxnZW5leHByPgAGYnVzAAhsb2NrAAxzb3VyY2UAAm4Ag0wYDAEmMkiECoBRGwIWAoAQAxAEKgIbBRwDFgMcBBYYWYAQBioBGwdpMgAW' +
      'CVMsAIAQCGIzARYRUWMCh1DyQhYJGRpgQCw8IyIiRrBXFAo2AF5RaMJJM7EUCzYASAtXFAw2AF5RaMNKClcSDd9EQ1lKE12zREKyY0kGs15R' +
      'aFlRUcJdQhdZUVpCX1cSDt9EV1dbWhQPW1tXExBaUTYDXlFoRFFZUUJNW1sUD1FXVzYDXlFoWV1RY4ZM1MjAwECeAREIgA8jaSAlJSIiJiZE' +
      'KQQFsCcEgSoBU7QhAAHDsV5RaFklBGcnBUJXSRAlBYHmJwUlBYXZRENASwFRszQAWV0lBUMltSABAbE0ATICshQSNgA0ATIDsTQBMgSxXjQB' +
      'KgRjBYEYmgEOEwYbgBEgJiUAseUnACUAY4FQSgoUBgaAHSsAsV9LDMKyRDqyJQD0LxRCMmOBOEkIFQaAHSwAsF9LCjACwcKysS8ZQjRjgRg5' +
      'CBYGgB0tALBfSwbBsS8WQjhjgSixQAgXBoAdU7BTU0sGwbFnWUI4UWM=',
  ),
};

/** Classes, constants of every kind, calls with stars. */
export const values: Fixture = {
  source: String.raw`class Sensor(Base):
    """Not kept."""
    scale = 0.1
    name = "gr\u00fc\u00dfe \U0001f600 und noch viel mehr Text dazu"
    limits = (1, -2.5, None, (True, False, ...), b"\x00\xff", "kurz")

    def read(self, *, raw=False):
        first, *rest, last = self.buffer[1:-1:2], self.buffer[:2]
        del rest[0], self.old
        value = 123456789012345678901234567890 + 1e400 + 2j + -77777
        self.scale **= 2
        return super().read() if raw else value and not last or first

print(*[1, 2], **{'sep': '-'}, end="\ud800")
fn = lambda x, y=1000000: (x, y) == x <= y
`,
  mpy: bytes(
    'TQYAHxoGEnZhbHVlcy5weQAPDFNlbnNvcgACLQCCF4EdBu2ggAAGcmF3ABA8bGFtYmRhPgCBewxidWZmZXIABm9sZAAKc2NhbGUACEJhc2UA' +
      'gXcEZm4ALy01CG5hbWUADGxpbWl0cwACeAACeQALghOCNQgDMC4xBSlncsO8w59lIPCfmIAgdW5kIG5vY2ggdmllbCBtZWhyIFRleHQgZGF6' +
      'dQAKBgcBMQgELTIuNQEKAwMCBAYCAP8ABQRrdXJ6AAceMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwCANpbmYJAjJqgywwCAGLDTdU' +
      'MgAQAhENNAMWAhEOgYIrAlMsARADEARiEAUQBoE1hAFZIr2EQCoBUzMBFg9RYwKCZCANAiggJCREABEQFhEQAhYSIwAWDCMBFhMjAhYUUywA' +
      'UBAHYrAhAAEWCbBjAYYA0oiAgEAUCRcYB4AHOSouKbETCoF/gi4DVbETClGCLgJVKgIxggHDxMW0gFNbVrFTWhgLIwMjBPIjBfIi+6Av8sax' +
      'VxMMguxaGAyyREoSGSUAsRUJNgBjtkYCtdNFAbNjgUiiAQoIFRaADrCxKgKwV1vZRgSx2kJCWllj',
  ),
};

/** Native, viper and assembler functions. */
export const fast: Fixture = {
  source: String.raw`import micropython
@micropython.native
def add(a, b):
    return a + b
@micropython.viper
def sub(a: int, b: int) -> int:
    return a - b
@micropython.asm_thumb
def nop(r0):
    add(r0, r0, 1)
`,
  mpy: bytes(
    'TQYXHwgBDmZhc3QucHkAD4FnBmFkZAAGc3ViAAZub3AAAmEAAmIAAIFUCAgBJmRkgFEbAhYCMgAWAzIBFgQyAhYFUWMDg0kAAAAA/rWGsEdo' +
      'vmj/aD9oAJAEIAOQAKjX+LRAoEcInAedKkYhRhsgu2yYRwDwALgGsP69GgYDBgc0hRL+tUdovmj/aD9oCEYRRh1GAClA8ASAAiKQQgDwB4BA' +
      '8gQCwPIEAtf4sDCYRyhoAiH7aJhHBEZoaAIh+2iYRwVGIUZJGwhGAiE7aZhHAPAAuP69ADPytUAc8r0AAQI=',
  ),
};
