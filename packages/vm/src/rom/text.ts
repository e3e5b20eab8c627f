/** ROM images as JavaScript modules hold them: the bytes in base64, the rest as JSON. */
import type { RomData } from './image.js';

/** Base64 decoding: in browsers and in Node. */
declare function atob(text: string): string;

/** The image of such a pair of texts. */
export function decodeRom(base64: string, rest: string): RomData {
  return { ...(JSON.parse(rest) as Omit<RomData, 'bytes'>), bytes: decodeBase64(base64) };
}

/** The bytes of such a text. */
export function decodeBase64(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
