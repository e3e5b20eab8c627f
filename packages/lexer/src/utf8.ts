/**
 * UTF-8 to and from JavaScript strings, without the host's TextEncoder so that the package needs nothing from its host.
 * Surrogates that stand alone are three bytes each, as MicroPython writes them, and come back as they were; any other
 * malformed byte decodes to U+FFFD.
 */

/** The number of UTF-8 bytes of `text`. */
export function utf8Length(text: string): number {
  let size = text.length;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) continue;
    size += c < 0x800 ? 1 : 2;
    if (isHighSurrogate(c) && isLowSurrogate(text.charCodeAt(i + 1))) i++; // 2 units, 4 bytes: the 2 are already added
  }
  return size;
}

function isHighSurrogate(c: number): boolean {
  return (c & 0xfc00) === 0xd800;
}

function isLowSurrogate(c: number): boolean {
  return (c & 0xfc00) === 0xdc00;
}

/** Writes `text` to `out` from `at` on and returns where it ended. */
export function utf8Encode(text: string, out: Uint8Array, at: number): number {
  let p = at;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) {
      out[p++] = c;
      continue;
    }
    if (isHighSurrogate(c) && isLowSurrogate(text.charCodeAt(i + 1))) {
      c = 0x10000 + ((c & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
    }
    p = utf8Put(out, p, c);
  }
  return p;
}

/** Writes the code point `c` to `out` at `p` and returns where it ended. */
export function utf8Put(out: Uint8Array, p: number, c: number): number {
  if (c < 0x80) {
    out[p++] = c;
  } else if (c < 0x800) {
    out[p++] = 0xc0 | (c >> 6);
    out[p++] = 0x80 | (c & 0x3f);
  } else if (c < 0x10000) {
    out[p++] = 0xe0 | (c >> 12);
    out[p++] = 0x80 | ((c >> 6) & 0x3f);
    out[p++] = 0x80 | (c & 0x3f);
  } else {
    out[p++] = 0xf0 | (c >> 18);
    out[p++] = 0x80 | ((c >> 12) & 0x3f);
    out[p++] = 0x80 | ((c >> 6) & 0x3f);
    out[p++] = 0x80 | (c & 0x3f);
  }
  return p;
}

/** How many bytes go to one `String.fromCharCode` call: enough to be fast, few enough for any host's argument limit. */
const CHUNK = 2048;

/** Up to this length adding up characters is faster than a call with as many arguments. */
const SHORT = 12;

/** `data[start..end)` with one character for each byte. */
export function latin1Decode(data: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT) {
    let text = '';
    for (let p = start; p < end; p++) text += String.fromCharCode(data[p] as number);
    return text;
  }
  if (end - start <= CHUNK) return String.fromCharCode.apply(null, data.subarray(start, end) as unknown as number[]);
  const parts: string[] = [];
  for (let p = start; p < end; p += CHUNK) parts.push(latin1Decode(data, p, Math.min(end, p + CHUNK)));
  return parts.join('');
}

/** `data[start..end)` read as UTF-8. */
export function utf8Decode(data: Uint8Array, start: number, end: number): string {
  let p = start;
  while (p < end && (data[p] as number) < 0x80) p++;
  if (p === end) return latin1Decode(data, start, end);
  const units: number[] = [];
  const parts: string[] = [latin1Decode(data, start, p)];
  while (p < end) {
    const c = codePointAt(data, p, end);
    if (c < 0) {
      units.push(0xfffd);
      p++;
    } else if (c < 0x10000) {
      units.push(c);
      p += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    } else {
      units.push(0xd800 | ((c - 0x10000) >> 10), 0xdc00 | (c & 0x3ff));
      p += 4;
    }
    if (units.length >= CHUNK) {
      parts.push(String.fromCharCode.apply(null, units));
      units.length = 0;
    }
  }
  parts.push(String.fromCharCode.apply(null, units));
  return parts.join('');
}

/** The code point at `p`, or -1 if the bytes there are not its shortest encoding. */
function codePointAt(data: Uint8Array, p: number, end: number): number {
  const lead = data[p] as number;
  if (lead < 0x80) return lead;
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size === 0 || p + size > end) return -1;
  let c = lead & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) {
    const b = data[p + i] as number;
    if ((b & 0xc0) !== 0x80) return -1;
    c = (c << 6) | (b & 0x3f);
  }
  if (size === 3 && c < 0x800) return -1;
  return size === 4 && (c < 0x10000 || c > 0x10ffff) ? -1 : c;
}

/** For each byte of the UTF-8 form of `text` (`size` bytes), and for its end, the index in `text` that it belongs to. */
export function utf8Indices(text: string, size: number): Uint32Array {
  const map = new Uint32Array(size + 1);
  let p = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const from = i;
    let bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    if (isHighSurrogate(c) && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes = 4;
      i++;
    }
    for (let k = 0; k < bytes; k++) map[p++] = from;
  }
  map[p] = text.length;
  return map;
}
