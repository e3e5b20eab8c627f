/**
 * A board's state as bytes, to be kept in a file or sent: what `structuredClone` can carry, written as JSON with the typed arrays
 * behind it.
 *
 *     "TSMPSNP1" · length of the JSON, 4 bytes, little-endian · JSON · the bytes of the arrays, one after another
 *
 * In the JSON an array of bytes is `{"$bytes": length}`, and numbers that JSON has not are `{"$number": "Infinity"}`.
 */
import { VmUsageError } from '@tsmp/vm';
import type { BoardState } from './board.js';

const MAGIC = 'TSMPSNP1';
const HEAD = MAGIC.length + 4;

/** A state as bytes; see {@link decodeSnapshot}. */
export function encodeSnapshot(state: BoardState): Uint8Array {
  const arrays: Uint8Array[] = [];
  const json = JSON.stringify(state, (_key, value: unknown) => {
    if (value instanceof Uint8Array) {
      arrays.push(value);
      return { $bytes: value.length };
    }
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    return value;
  });
  const text = new TextEncoder().encode(json);
  const out = new Uint8Array(HEAD + text.length + arrays.reduce((sum, a) => sum + a.length, 0));
  out.set(new TextEncoder().encode(MAGIC));
  new DataView(out.buffer).setUint32(MAGIC.length, text.length, true);
  out.set(text, HEAD);
  let at = HEAD + text.length;
  for (const a of arrays) {
    out.set(a, at);
    at += a.length;
  }
  return out;
}

/** The state that {@link encodeSnapshot} made bytes of. Throws VmUsageError with code `snapshot-format` for other bytes. */
export function decodeSnapshot(bytes: Uint8Array): BoardState {
  if (bytes.length < HEAD || new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    throw notASnapshot(`bytes that begin with ${MAGIC}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (HEAD + length > bytes.length) throw notASnapshot(`${HEAD + length} bytes or more`);
  let at = HEAD + length;
  const revive = (_key: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const { $bytes, $number } = value as { $bytes?: number; $number?: string };
    if ($number !== undefined) return Number($number);
    if ($bytes === undefined) return value;
    at += $bytes;
    if (at > bytes.length) throw notASnapshot(`${at} bytes or more`);
    return bytes.slice(at - $bytes, at);
  };
  try {
    return JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD, HEAD + length)), revive) as BoardState;
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    throw notASnapshot('JSON');
  }
}

function notASnapshot(expected: string): VmUsageError {
  return new VmUsageError('snapshot-format', `no snapshot of a board: expected ${expected}`);
}
