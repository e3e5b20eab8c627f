/**
 * Names: the long one in UTF-16, the short one of 11 bytes in code page 437, and how one is made of the other. Programs' paths are
 * bytes of that code page, so the bytes of a UTF-8 name are stored one by one. Counterpart: create_name, gen_numname, cmp_lfn, … of
 * lib/oofatfs/ff.c; lib/oofatfs/ffunicode.c.
 */
import {
  DELETED,
  DELETED_STANDIN,
  Entry,
  fault,
  get16,
  LAST_LONG,
  LONG_AT,
  LONG_PER_ENTRY,
  MAX_LONG,
  put16,
  Attr,
} from './format.js';

/** Code page 437 from 0x80 on. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Upper case within the code page, from 0x80 to 0xa4; later ones stay. Accents that have no capital lose it. */
const UPPER437 = [
  0x80, 0x9a, 0x45, 0x41, 0x8e, 0x41, 0x8f, 0x80, 0x45, 0x45, 0x45, 0x49, 0x49, 0x49, 0x8e, 0x8f, 0x90, 0x92, 0x92,
  0x4f, 0x99, 0x4f, 0x55, 0x55, 0x59, 0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0x41, 0x49, 0x4f, 0x55, 0xa5,
];

/** Flags of a name. */
export const enum Name {
  /** The short name says less than the long one; a long one has to be stored. */
  Lossy = 1,
  Long = 2,
  /** The last one of a path. */
  Last = 4,
  /** Body, extension are in small letters. */
  SmallBody = 8,
  SmallExt = 0x10,
  /** `.` or `..`. */
  Dot = 0x20,
  /** Long names are not looked at. */
  ShortOnly = 0x40,
}

/** A name to look for or to store. */
export interface FatName {
  /** UTF-16. */
  readonly long: readonly number[];
  /** 11 bytes. */
  readonly short: Uint8Array;
  readonly flags: number;
}

const FORBIDDEN = '"*:<>?|\x7f';
const FORBIDDEN_SHORT = '+,;=[]';
const SPACE = 0x20;
const DOT = 0x2e;

function fromOem(byte: number): number {
  return byte < 0x80 ? byte : CP437.charCodeAt(byte - 0x80);
}
/** A character of the code page; 0: it has none. */
function toOem(unit: number): number {
  if (unit < 0x80) return unit;
  const i = CP437.indexOf(String.fromCharCode(unit));
  return i < 0 ? 0 : i + 0x80;
}
/** Upper case of a UTF-16 unit, by which long names are compared. */
function upper(unit: number): number {
  if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a ? unit - 0x20 : unit;
  const text = String.fromCharCode(unit).toUpperCase();
  return text.length === 1 ? text.charCodeAt(0) : unit;
}

function isSeparator(byte: number): boolean {
  return byte === 0x2f || byte === 0x5c;
}
/** Whether a path ends at `at`: characters are bytes. */
export function endsAt(path: string, at: number): boolean {
  return at >= path.length || path.charCodeAt(at) < SPACE;
}
/** The first place from `at` on that is no separator. */
export function skipSeparators(path: string, at: number): number {
  let p = at;
  while (p < path.length && isSeparator(path.charCodeAt(p))) p++;
  return p;
}

/** The segment of a path at `at`, and where the next one begins. */
export function parseName(path: string, at: number): { readonly name: FatName; readonly next: number } {
  const long: number[] = [];
  let p = at;
  for (; !endsAt(path, p) && !isSeparator(path.charCodeAt(p)); p++) {
    const unit = fromOem(path.charCodeAt(p));
    if (unit < 0x80 && FORBIDDEN.includes(String.fromCharCode(unit))) fault('invalid-name');
    if (long.length >= MAX_LONG) fault('invalid-name');
    long.push(unit);
  }
  const last = endsAt(path, p) ? Name.Last : 0;
  const next = skipSeparators(path, p);
  const dots = long.length;
  if (dots > 0 && dots <= 2 && long.every((u) => u === DOT)) {
    const short = new Uint8Array(11).fill(SPACE).fill(DOT, 0, dots);
    return { name: { long, short, flags: last | Name.Dot }, next };
  }
  while (long.length > 0 && (long.at(-1) === SPACE || long.at(-1) === DOT)) long.pop();
  if (long.length === 0) fault('invalid-name');
  const { short, flags } = shortOf(long);
  return { name: { long, short, flags: flags | last }, next };
}

/** The short name of a long one, and what is lost. */
function shortOf(long: readonly number[]): { readonly short: Uint8Array; readonly flags: number } {
  const short = new Uint8Array(11).fill(SPACE);
  let flags = 0;
  const start = long.findIndex((u) => u !== SPACE);
  const point = long.lastIndexOf(DOT);
  if (start > 0 || long[start] === DOT) flags |= Name.Lossy | Name.Long;
  // capitals (2) and small letters (1), of the body and of the extension
  const cases = [0, 0];
  const put = (from: number, to: number, at: number, size: number, field: 0 | 1): void => {
    let n = 0;
    for (let i = from; i < to; i++) {
      const unit = long[i] as number;
      if (unit === SPACE || unit === DOT) {
        flags |= Name.Lossy | Name.Long;
        continue;
      }
      if (n === size) {
        flags |= Name.Lossy | Name.Long;
        return;
      }
      let c = unit;
      if (unit >= 0x80) {
        flags |= Name.Long;
        c = toOem(unit);
        if (c >= 0x80) c = UPPER437[c - 0x80] ?? c;
      }
      if (c === 0 || FORBIDDEN_SHORT.includes(String.fromCharCode(c))) {
        c = 0x5f;
        flags |= Name.Lossy | Name.Long;
      } else if (c >= 0x41 && c <= 0x5a) cases[field] = (cases[field] as number) | 2;
      else if (c >= 0x61 && c <= 0x7a) {
        cases[field] = (cases[field] as number) | 1;
        c -= 0x20;
      }
      short[at + n++] = c;
    }
  };
  const body = point >= 0 ? point : long.length;
  put(start, body, 0, 8, 0);
  if (point >= 0) put(point + 1, long.length, 8, 3, 1);
  if (short[0] === DELETED) short[0] = DELETED_STANDIN;
  if (cases.includes(3)) flags |= Name.Long;
  if ((flags & Name.Long) === 0) {
    if (cases[0] === 1) flags |= Name.SmallBody;
    if (cases[1] === 1) flags |= Name.SmallExt;
  }
  return { short, flags };
}

/** The `n`th short name to try for a long one that lost something: with a number, later with a hash. */
export function numberedShort(name: FatName, n: number): Uint8Array {
  let number = n;
  if (n > 5) {
    for (const unit of name.long) {
      for (let bit = 0; bit < 16; bit++) {
        number = (number << 1) + ((unit >> bit) & 1);
        if ((number & 0x10000) !== 0) number ^= 0x11021;
      }
    }
  }
  const tail = `~${number.toString(16).toUpperCase()}`;
  const short = name.short.slice();
  let at = short.subarray(0, 8).indexOf(SPACE);
  if (at < 0 || at > 8 - tail.length) at = Math.max(0, 8 - tail.length);
  for (let i = at; i < 8; i++) short[i] = i - at < tail.length ? tail.charCodeAt(i - at) : SPACE;
  return short;
}

/** Check sum of a short name, which its long name's entries have. */
export function shortSum(b: Uint8Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < 11; i++) sum = (((sum >> 1) | (sum << 7)) + (b[at + i] as number)) & 0xff;
  return sum;
}

/** Whether the piece of a long name in an entry is that of a name. */
export function matchesLong(long: readonly number[], b: Uint8Array, at: number): boolean {
  const piece = readPiece(b, at);
  if (piece === undefined) return false;
  const { first, units, ended } = piece;
  if (first + units.length > MAX_LONG + 1) return false;
  if (!units.every((u, i) => upper(u) === upper(long[first + i] ?? 0))) return false;
  const isLast = ((b[at] as number) & LAST_LONG) !== 0;
  return ended ? first + units.length === long.length : !isLast || first + units.length === long.length;
}

/** Takes the piece of a long name in an entry; false if it is none. The first one to be read is the last of the name. */
export function takeLong(long: number[], b: Uint8Array, at: number): boolean {
  const piece = readPiece(b, at);
  if (piece === undefined) return false;
  const { first, units } = piece;
  if (first + units.length > MAX_LONG + 1) return false;
  if (((b[at] as number) & LAST_LONG) !== 0) long.length = first + units.length;
  units.forEach((u, i) => {
    long[first + i] = u;
  });
  return true;
}
function readPiece(
  b: Uint8Array,
  at: number,
): { readonly first: number; readonly units: readonly number[]; readonly ended: boolean } | undefined {
  if (get16(b, at + Entry.Cluster) !== 0) return undefined;
  const first = (((b[at] as number) & 0x3f) - 1) * LONG_PER_ENTRY;
  if (first < 0) return undefined;
  const all = LONG_AT.map((o) => get16(b, at + o));
  const end = all.indexOf(0);
  if (end < 0) return { first, units: all, ended: false };
  return all.slice(end + 1).every((u) => u === 0xffff) ? { first, units: all.slice(0, end), ended: true } : undefined;
}

/** Writes piece `n` (from 1) of a long name as an entry. */
export function putLong(long: readonly number[], b: Uint8Array, at: number, n: number, sum: number): void {
  b[at + Entry.Attr] = Attr.Long;
  b[at + Entry.Case] = 0;
  b[at + Entry.Sum] = sum;
  put16(b, at + Entry.Cluster, 0);
  const first = (n - 1) * LONG_PER_ENTRY;
  LONG_AT.forEach((o, i) => {
    const k = first + i;
    put16(b, at + o, k < long.length ? (long[k] as number) : k === long.length ? 0 : 0xffff);
  });
  b[at + Entry.Order] = first + LONG_PER_ENTRY >= long.length ? n | LAST_LONG : n;
}

/** A name as a program sees it: bytes of the code page, one a character. `long` is empty when there is none. */
export function nameText(long: readonly number[], b: Uint8Array, at: number): string {
  const oem = long.map(toOem);
  if (oem.length > 0 && !oem.includes(0)) return String.fromCharCode(...oem);
  const flags = b[at + Entry.Case] as number;
  const field = (from: number, to: number, small: number): string => {
    let s = '';
    for (let i = from; i < to; i++) {
      let c = b[at + i] as number;
      if (c === SPACE) continue;
      if (c === DELETED_STANDIN) c = DELETED;
      if ((flags & small) !== 0 && c >= 0x41 && c <= 0x5a) c += 0x20;
      s += String.fromCharCode(c);
    }
    return s;
  };
  const ext = field(8, 11, Name.SmallExt);
  return field(0, 8, Name.SmallBody) + (ext === '' ? '' : `.${ext}`) || '?';
}
