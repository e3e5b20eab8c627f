/** What is read of a function's signature alone; prelude.ts has the whole prelude. Counterpart: py/bc.h. */

/** Whether code that is known to be sound is a generator's: the flag is the first in the signature, in its second byte. */
export function isGenerator(code: Uint8Array): boolean {
  return (code[0] & 0x80) !== 0 && (code[1] & 0x40) !== 0;
}
