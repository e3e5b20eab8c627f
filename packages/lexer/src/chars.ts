/**
 * What each byte means to the lexer, as one table of flags, and the byte values that the code names.
 * Counterpart: the attribute table of py/unicode.c, as far as py/lexer.c asks it. Only ASCII has letters and digits;
 * every byte from 0x80 up counts as part of an identifier, so that UTF-8 names pass through whole.
 */

/** The bytes that the lexer's code names. */
export const enum Byte {
  /** Stands for the end of the source; a zero byte in the source becomes `Illegal`. */
  End = 0,
  Illegal = 1,
  Tab = 0x09,
  Newline = 0x0a,
  VerticalTab = 0x0b,
  FormFeed = 0x0c,
  Return = 0x0d,
  Space = 0x20,
  Exclamation = 0x21,
  DoubleQuote = 0x22,
  Hash = 0x23,
  Percent = 0x25,
  Ampersand = 0x26,
  SingleQuote = 0x27,
  ParenOpen = 0x28,
  ParenClose = 0x29,
  Star = 0x2a,
  Plus = 0x2b,
  Comma = 0x2c,
  Minus = 0x2d,
  Period = 0x2e,
  Slash = 0x2f,
  Zero = 0x30,
  Seven = 0x37,
  Nine = 0x39,
  Colon = 0x3a,
  Semicolon = 0x3b,
  Less = 0x3c,
  Equal = 0x3d,
  More = 0x3e,
  At = 0x40,
  UpperA = 0x41,
  UpperE = 0x45,
  UpperJ = 0x4a,
  UpperN = 0x4e,
  UpperU = 0x55,
  UpperZ = 0x5a,
  BracketOpen = 0x5b,
  Backslash = 0x5c,
  BracketClose = 0x5d,
  Caret = 0x5e,
  Underscore = 0x5f,
  LowerA = 0x61,
  LowerB = 0x62,
  LowerE = 0x65,
  LowerF = 0x66,
  LowerJ = 0x6a,
  LowerN = 0x6e,
  LowerO = 0x6f,
  LowerR = 0x72,
  LowerS = 0x73,
  LowerT = 0x74,
  LowerU = 0x75,
  LowerV = 0x76,
  LowerX = 0x78,
  LowerZ = 0x7a,
  BraceOpen = 0x7b,
  Pipe = 0x7c,
  BraceClose = 0x7d,
  Tilde = 0x7e,
}

/** The flags of {@link CHAR_CLASS}. */
export const enum CharClass {
  /** `A`-`Z`, `a`-`z`. */
  Letter = 1,
  /** `0`-`9`. */
  Digit = 2,
  /** `_` or a byte of a non-ASCII character. */
  OtherName = 4,
  /** What may begin an identifier. */
  NameStart = Letter | OtherName,
  /** What may continue one. */
  NamePart = Letter | Digit | OtherName,
  /** A letter that may be a string prefix or part of one: `b f r t u`. */
  Prefix = 8,
  /** Ends a run of plain bytes in a string literal: quotes, backslash, brace, newline, tab, end. */
  StringStop = 16,
  /** Ends a run of plain bytes in a comment: newline, tab, end. */
  CommentStop = 32,
}

/** The {@link CharClass} flags of each byte. */
export const CHAR_CLASS: Uint8Array = makeTable();

function makeTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (let c = 0; c < 256; c++) {
    const lower = c | 0x20;
    if (c < 0x80 && lower >= Byte.LowerA && lower <= Byte.LowerZ) table[c] = CharClass.Letter;
    else if (c >= Byte.Zero && c <= Byte.Nine) table[c] = CharClass.Digit;
    else if (c === Byte.Underscore || c >= 0x80) table[c] = CharClass.OtherName;
  }
  for (const c of [Byte.LowerB, Byte.LowerF, Byte.LowerR, Byte.LowerT, Byte.LowerU]) {
    table[c] = CharClass.Letter | CharClass.Prefix;
  }
  for (const c of [Byte.End, Byte.Newline, Byte.Tab]) table[c] = CharClass.StringStop | CharClass.CommentStop;
  for (const c of [Byte.SingleQuote, Byte.DoubleQuote, Byte.Backslash, Byte.BraceOpen]) table[c] = CharClass.StringStop;
  return table;
}

/** The value of a hexadecimal digit, or -1 if `c` is none. */
export function hexValue(c: number): number {
  if (c >= Byte.Zero && c <= Byte.Nine) return c - Byte.Zero;
  const lower = c | 0x20;
  return c < 0x80 && lower >= Byte.LowerA && lower <= Byte.LowerF ? lower - Byte.LowerA + 10 : -1;
}
