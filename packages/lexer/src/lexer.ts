/**
 * The tokeniser: bytes in, one token at a time out. Counterpart: py/lexer.c, which it follows token for token, errors and
 * peculiarities included.
 *
 * Invariant: between calls the scanner stands just behind the current token (behind the newlines that follow it, for a
 * `Newline`), `indents` holds the columns of the open blocks, and `pendingDents` is how many `Indent` (positive) or `Dedent`
 * (negative) tokens are due before anything else. Every byte is looked at a constant number of times, but for f-strings,
 * whose fields are lexed once more for each level of nesting.
 */

import { TokenKind } from '@tsmp-internal/bytecode';
import { ByteBuffer, ExpansionBuffer, ModelledBlock } from './buffer.js';
import { Byte, CHAR_CLASS, CharClass } from './chars.js';
import { nameKind } from './keywords.js';
import { Scanner } from './scanner.js';
import { Prefix, readString, stringPrefix } from './strings.js';
import { readTemplate } from './templates.js';
import type { LexerLedger, LexerOptions, TokenStream } from './types.js';
import { latin1Decode, utf8Decode } from './utf8.js';

/** Sizes, on a 32-bit port, of what MicroPython's lexer allocates: itself with and without f-strings, then the rest. */
const LEXER_SIZE = 116;
const LEXER_SIZE_NO_FSTRINGS = 80;
const TEXT_SIZE = 32;
const INDENT_SLOTS = 10;
const INDENT_SLOTS_STEP = 8;
const INDENT_SLOT_SIZE = 2;

const TEMPLATE_NAME = Uint8Array.from('__template__', (c) => c.charCodeAt(0));

/**
 * The lexer. It is at the first token once constructed; `next()` moves on. What is wrong with the source shows as one of
 * the error kinds. MicroPython's parser stops at the first of those; lexing may go on behind it, for tools that want the
 * rest, but f-strings there are plain strings.
 *
 * @example
 * ```ts
 * const lexer = new Lexer('x = 1\n');
 * while (lexer.kind !== 0) {
 *   console.log(tokenKindName(lexer.kind), lexer.text);
 *   lexer.next();
 * }
 * ```
 */
export class Lexer implements TokenStream {
  /** {@inheritDoc TokenStream.kind} */
  kind: number = TokenKind.End;
  /** {@inheritDoc TokenStream.line} */
  line = 1;
  /** {@inheritDoc TokenStream.column} */
  column = 1;
  /** {@inheritDoc TokenStream.endLine} */
  endLine = 1;
  /** {@inheritDoc TokenStream.endColumn} */
  endColumn = 1;
  /** {@inheritDoc TokenStream.offset} */
  offset = 0;
  /** {@inheritDoc TokenStream.endOffset} */
  endOffset = 0;
  /** {@inheritDoc TokenStream.injected} */
  injected = false;
  /** {@inheritDoc TokenStream.fileName} */
  readonly fileName: string;

  private readonly scanner: Scanner;
  /** The source if it was text without anything but ASCII: words are slices of it then. */
  private readonly asciiSource: string | null;
  /** The bytes of the current token: `wordStart..wordEnd` of the scanner's buffer, or if negative all of `contents`. */
  private wordStart = 0;
  private wordEnd = 0;
  private cachedText: string | null = null;
  private readonly contents: ByteBuffer;
  private readonly call: ExpansionBuffer;
  private readonly indents: number[] = [0];
  private pendingDents = 0;
  private bracketDepth = 0;
  /** An error token has been given out: nothing is injected any more. */
  private failed = false;

  private readonly prefixes: number;
  private readonly asyncAwait: boolean;
  private readonly optimise: number;
  private readonly ledger: LexerLedger | null;
  private readonly lexerModel: ModelledBlock | null = null;
  private readonly indentModel: ModelledBlock | null = null;
  private readonly injectedModel: ModelledBlock | null = null;
  private injectedSize = 0;

  /**
   * @param source - The program, as text or as UTF-8 bytes; the bytes are copied, and need not be well-formed.
   * @throws LexError if the first token cannot be given; see {@link next}.
   */
  constructor(source: string | Uint8Array, options: LexerOptions = {}) {
    if (typeof source !== 'string' && !(source instanceof Uint8Array)) {
      throw new TypeError(`source: expected a string or a Uint8Array, got ${source === null ? 'null' : typeof source}`);
    }
    const tabSize = options.tabSize ?? 8;
    if (!Number.isInteger(tabSize) || tabSize < 1 || tabSize > 1000) {
      throw new RangeError(`options.tabSize: expected an integer from 1 to 1000, got ${tabSize}`);
    }
    const fstrings = options.fstrings ?? true;
    const ledger = options.ledger ?? null;
    this.fileName = options.fileName ?? '<stdin>';
    this.prefixes = fstrings ? (options.tstrings ? Prefix.Format | Prefix.Template : Prefix.Format) : 0;
    this.asyncAwait = options.asyncAwait ?? true;
    this.optimise = options.optimise ?? 0;
    this.scanner = new Scanner(source, this.fileName, tabSize);
    this.asciiSource = typeof source === 'string' && source.length === this.scanner.sourceSize ? source : null;
    this.ledger = ledger;
    if (ledger !== null) {
      this.lexerModel = new ModelledBlock(ledger, fstrings ? LEXER_SIZE : LEXER_SIZE_NO_FSTRINGS);
      this.indentModel = new ModelledBlock(ledger, INDENT_SLOTS * INDENT_SLOT_SIZE);
    }
    this.contents = new ByteBuffer(ledger, TEXT_SIZE);
    const strings = fstrings ? ledger : null;
    if (strings !== null) this.injectedModel = new ModelledBlock(strings, 1);
    this.call = new ExpansionBuffer(strings, 1);

    this.next();
    // Indentation before the first statement: the parser is to see that, whatever the token is.
    if (this.column !== 1 && this.kind !== TokenKind.Newline) {
      this.kind = TokenKind.Indent;
      this.setWord(0, 0);
    }
  }

  /** {@inheritDoc TokenStream.text} */
  get text(): string {
    if (this.cachedText === null) this.cachedText = this.decodeText();
    return this.cachedText;
  }

  /** {@inheritDoc TokenStream.bytes} */
  get bytes(): Uint8Array {
    if (this.wordStart < 0) return this.contents.data.slice(0, this.contents.length);
    return this.scanner.buf.slice(this.wordStart, this.wordEnd);
  }

  /**
   * Moves to the next token. At the end the kind stays 0.
   * @throws LexError at a `\N{…}` escape, and if nested f-strings expand beyond all measure; the lexer is at its end then.
   */
  next(): void {
    const s = this.scanner;
    this.setWord(0, 0);
    this.contents.length = 0;
    const atNewline = this.skipSpace(true);
    const start = s.pos;
    this.line = s.line;
    this.column = s.column();
    this.injected = start < s.baseStart;
    this.offset = s.startOffset(start);

    if (this.pendingDents !== 0) {
      this.kind = this.pendingDents < 0 ? TokenKind.Dedent : TokenKind.Indent;
      this.pendingDents += this.pendingDents < 0 ? 1 : -1;
    } else if (atNewline) {
      this.endLine = s.line;
      this.endColumn = s.column() + 1;
      this.endOffset = Math.max(this.offset, s.endOffset(start + 1));
      this.kind = this.readNewline();
      if (this.kind === TokenKind.DedentMismatch) this.failed = true;
      return;
    } else if (s.buf[start] === Byte.End) {
      this.kind = TokenKind.End;
    } else {
      const prefix = stringPrefix(s.buf, start, this.prefixes);
      if (prefix >= 0) {
        this.readLiterals(prefix);
        return;
      }
      this.kind = this.readPlain(start);
      if (this.kind === TokenKind.Invalid) this.failed = true;
    }
    this.endsHere(start);
  }

  /** {@inheritDoc TokenStream.close} */
  close(): void {
    if (this.ledger === null) return;
    this.contents.model?.free();
    this.injectedModel?.free();
    this.call.model?.free();
    this.indentModel?.free();
    this.lexerModel?.free();
  }

  private decodeText(): string {
    const { wordStart: start, wordEnd: end } = this;
    if (start < 0) {
      const { data, length } = this.contents;
      return this.kind === TokenKind.Bytes ? latin1Decode(data, 0, length) : utf8Decode(data, 0, length);
    }
    if (start === end) return '';
    if (this.asciiSource !== null && !this.injected) return this.asciiSource.slice(this.offset, this.endOffset);
    return utf8Decode(this.scanner.buf, start, end);
  }

  private setWord(start: number, end: number): void {
    this.wordStart = start;
    this.wordEnd = end;
    this.cachedText = null;
  }

  /** Takes the scanner's position as the end of the token that began at `start`. */
  private endsHere(start: number): void {
    const s = this.scanner;
    this.endLine = s.line;
    this.endColumn = s.column();
    this.endOffset = s.pos === start ? this.offset : Math.max(this.offset, s.endOffset(s.pos));
  }

  /**
   * Skips spaces, comments, joined lines and newlines; with `stop`, newlines only inside brackets. Returns whether it
   * stopped at a newline.
   */
  private skipSpace(stop: boolean): boolean {
    const s = this.scanner;
    const buf = s.buf;
    const stopping = stop && this.bracketDepth === 0;
    let p = s.pos;
    for (;;) {
      const c = buf[p] as number;
      if (c === Byte.Space || c === Byte.VerticalTab || c === Byte.FormFeed) {
        p++;
      } else if (c === Byte.Newline) {
        if (stopping) {
          s.pos = p;
          return true;
        }
        s.line++;
        s.lineBase = ++p;
      } else if (c === Byte.Tab) {
        s.alignTab(p++);
      } else if (c === Byte.Hash) {
        p++;
        for (;;) {
          while (((CHAR_CLASS[buf[p] as number] as number) & CharClass.CommentStop) === 0) p++;
          if (buf[p] !== Byte.Tab) break;
          s.alignTab(p++);
        }
      } else if (c === Byte.Backslash && buf[p + 1] === Byte.Newline) {
        p += 2;
        s.line++;
        s.lineBase = p;
      } else {
        s.pos = p;
        return false;
      }
    }
  }

  /** The end of a logical line: looks at the next one's indentation. */
  private readNewline(): TokenKind {
    this.skipSpace(false);
    const indents = this.indents;
    const indent = this.scanner.column() - 1;
    let top = indents[indents.length - 1] as number;
    if (indent > top) {
      // Sixteen bits, as upstream keeps it.
      indents.push(indent & 0xffff);
      const model = this.indentModel;
      if (model !== null && indents.length * INDENT_SLOT_SIZE > model.alloc) {
        model.resize(model.alloc + INDENT_SLOTS_STEP * INDENT_SLOT_SIZE);
      }
      this.pendingDents = 1;
      return TokenKind.Newline;
    }
    while (indent < top) {
      indents.pop();
      this.pendingDents--;
      top = indents[indents.length - 1] as number;
    }
    return indent === top ? TokenKind.Newline : TokenKind.DedentMismatch;
  }

  /** Reads whatever is neither layout nor a string. */
  private readPlain(start: number): TokenKind {
    const s = this.scanner;
    const buf = s.buf;
    const c = buf[start] as number;
    const flags = CHAR_CLASS[c] as number;
    if ((flags & CharClass.NameStart) !== 0) return this.readName(start);
    if ((flags & CharClass.Digit) !== 0) return this.readNumber(start);
    if (c === Byte.Period && ((CHAR_CLASS[buf[start + 1] as number] as number) & CharClass.Digit) !== 0) {
      return this.readNumber(start);
    }
    return this.readOperator(c);
  }

  private readName(start: number): TokenKind {
    const buf = this.scanner.buf;
    let p = start + 1;
    while (((CHAR_CLASS[buf[p] as number] as number) & CharClass.NamePart) !== 0) p++;
    this.scanner.pos = p;
    this.setWord(start, p);
    this.contents.account(p - start, true);
    const kind = nameKind(buf, start, p);
    if (kind === TokenKind.KwDebug) return this.optimise === 0 ? TokenKind.KwTrue : TokenKind.KwFalse;
    if (!this.asyncAwait && (kind === TokenKind.KwAsync || kind === TokenKind.KwAwait)) return TokenKind.Name;
    return kind;
  }

  /** Reads all that looks like part of a number, and tells integers from the rest; the parser judges its form. */
  private readNumber(start: number): TokenKind {
    const buf = this.scanner.buf;
    const contents = this.contents;
    let c = buf[start] as number;
    let kind = c === Byte.Period ? TokenKind.FloatOrImag : TokenKind.Integer;
    const base = (buf[start + 1] as number) | 0x20;
    const based = c === Byte.Zero && (base === Byte.LowerB || base === Byte.LowerO || base === Byte.LowerX);
    let p = start + 1;
    contents.addByte(c);
    for (;;) {
      c = buf[p] as number;
      if ((c === Byte.LowerE || c === Byte.UpperE) && !based) {
        kind = TokenKind.FloatOrImag;
        contents.addByte(Byte.LowerE);
        p++;
        c = buf[p] as number;
        if (c === Byte.Plus || c === Byte.Minus) {
          contents.addByte(c);
          p++;
        }
      } else if (((CHAR_CLASS[c] as number) & (CharClass.Letter | CharClass.Digit)) !== 0 || c === Byte.Period) {
        if (c === Byte.Period || c === Byte.LowerJ || c === Byte.UpperJ) kind = TokenKind.FloatOrImag;
        contents.addByte(c);
        p++;
      } else if (c === Byte.Underscore) {
        p++;
      } else {
        break;
      }
    }
    this.scanner.pos = p;
    this.setWord(-1, -1);
    return kind;
  }

  private readOperator(c: number): TokenKind {
    const s = this.scanner;
    s.pos++;
    switch (c) {
      case Byte.ParenOpen:
        this.bracketDepth++;
        return TokenKind.DelParenOpen;
      case Byte.ParenClose:
        this.bracketDepth--;
        return TokenKind.DelParenClose;
      case Byte.BracketOpen:
        this.bracketDepth++;
        return TokenKind.DelBracketOpen;
      case Byte.BracketClose:
        this.bracketDepth--;
        return TokenKind.DelBracketClose;
      case Byte.BraceOpen:
        this.bracketDepth++;
        return TokenKind.DelBraceOpen;
      case Byte.BraceClose:
        this.bracketDepth--;
        return TokenKind.DelBraceClose;
      case Byte.Comma:
        return TokenKind.DelComma;
      case Byte.Semicolon:
        return TokenKind.DelSemicolon;
      case Byte.Tilde:
        return TokenKind.OpTilde;
      case Byte.Colon:
        return this.orEqual(TokenKind.DelColon, TokenKind.OpAssign);
      case Byte.Less:
        if (!this.follows(Byte.Less)) return this.orEqual(TokenKind.OpLess, TokenKind.OpLessEqual);
        return this.orEqual(TokenKind.OpDblLess, TokenKind.DelDblLessEqual);
      case Byte.More:
        if (!this.follows(Byte.More)) return this.orEqual(TokenKind.OpMore, TokenKind.OpMoreEqual);
        return this.orEqual(TokenKind.OpDblMore, TokenKind.DelDblMoreEqual);
      case Byte.Star:
        if (!this.follows(Byte.Star)) return this.orEqual(TokenKind.OpStar, TokenKind.DelStarEqual);
        return this.orEqual(TokenKind.OpDblStar, TokenKind.DelDblStarEqual);
      case Byte.Slash:
        if (!this.follows(Byte.Slash)) return this.orEqual(TokenKind.OpSlash, TokenKind.DelSlashEqual);
        return this.orEqual(TokenKind.OpDblSlash, TokenKind.DelDblSlashEqual);
      case Byte.Minus:
        if (this.follows(Byte.More)) return TokenKind.DelMinusMore;
        return this.orEqual(TokenKind.OpMinus, TokenKind.DelMinusEqual);
      case Byte.Plus:
        return this.orEqual(TokenKind.OpPlus, TokenKind.DelPlusEqual);
      case Byte.Ampersand:
        return this.orEqual(TokenKind.OpAmpersand, TokenKind.DelAmpersandEqual);
      case Byte.Pipe:
        return this.orEqual(TokenKind.OpPipe, TokenKind.DelPipeEqual);
      case Byte.Percent:
        return this.orEqual(TokenKind.OpPercent, TokenKind.DelPercentEqual);
      case Byte.Caret:
        return this.orEqual(TokenKind.OpCaret, TokenKind.DelCaretEqual);
      case Byte.At:
        return this.orEqual(TokenKind.OpAt, TokenKind.DelAtEqual);
      case Byte.Equal:
        return this.orEqual(TokenKind.DelEqual, TokenKind.OpDblEqual);
      case Byte.Exclamation:
        return this.orEqual(TokenKind.Invalid, TokenKind.OpNotEqual);
      case Byte.Period:
        if (s.buf[s.pos] !== Byte.Period || s.buf[s.pos + 1] !== Byte.Period) return TokenKind.DelPeriod;
        s.pos += 2;
        return TokenKind.Ellipsis;
      default:
        return TokenKind.Invalid;
    }
  }

  /** Moves past `c` if it is next. */
  private follows(c: number): boolean {
    if (this.scanner.buf[this.scanner.pos] !== c) return false;
    this.scanner.pos++;
    return true;
  }

  private orEqual(plain: TokenKind, withEqual: TokenKind): TokenKind {
    return this.follows(Byte.Equal) ? withEqual : plain;
  }

  /** Reads a literal and those that stand beside it as one token. `prefix` is the first one's. */
  private readLiterals(prefix: number): void {
    const s = this.scanner;
    const contents = this.contents;
    const call = this.call;
    const start = s.pos;
    let kind: TokenKind = TokenKind.End; // none yet
    let isTemplate = false;
    call.length = 0;
    this.setWord(-1, -1);
    try {
      do {
        const own = (prefix & Prefix.Bytes) !== 0 ? TokenKind.Bytes : TokenKind.String;
        if ((prefix & Prefix.Template) !== 0) isTemplate = true;
        if (kind === TokenKind.End) kind = own;
        else if (kind !== own) break; // text and bytes do not join, nor does anything with an error
        s.pos += prefix & Prefix.Length;
        kind =
          (prefix & Prefix.Template) !== 0
            ? readTemplate(s, contents, call, kind, prefix)
            : readString(s, contents, call, kind, prefix);
        this.endsHere(start);
        this.skipSpace(true);
        prefix = stringPrefix(s.buf, s.pos, this.prefixes);
      } while (prefix >= 0);
      if (kind <= TokenKind.MalformedFstring) this.failed = true;
      this.kind = isTemplate ? this.finishTemplate(kind) : kind;
      if (call.length > 0) this.injectCall();
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  /** Turns the static parts into the call's first argument, and the token into the name of what is called. */
  private finishTemplate(kind: TokenKind): TokenKind {
    const contents = this.contents;
    contents.addByte(Byte.Comma);
    contents.addByte(Byte.ParenClose);
    contents.addByte(Byte.Comma);
    this.call.insertFront(contents.data, contents.length, ~this.endOffset);
    if (this.failed) return kind;
    contents.length = 0;
    contents.addRange(TEMPLATE_NAME, 0, TEMPLATE_NAME.length, false);
    return TokenKind.Name;
  }

  /** Closes the call and has it read next. */
  private injectCall(): void {
    const s = this.scanner;
    const call = this.call;
    call.add(Byte.ParenClose, ~this.endOffset);
    if (this.injectedModel !== null) {
      // Upstream keeps three bytes of what follows behind the first of these, and drops the lot once all is read.
      if (s.pos >= s.baseStart) {
        this.injectedModel.ensure(0, 3);
        this.injectedSize = 3;
      }
      this.injectedModel.ensure(this.injectedSize, call.length);
      this.injectedSize += call.length;
    }
    if (!this.failed) s.inject(call);
  }

  /** Goes to the end for good: what could not be given as a token has been thrown. */
  private stop(): void {
    const s = this.scanner;
    while (s.buf[s.pos] !== Byte.End) s.advance();
    this.kind = TokenKind.End;
    this.bracketDepth = 1; // so that no layout follows either
    this.offset = this.endOffset = s.startOffset(s.pos);
    this.setWord(0, 0);
  }
}
