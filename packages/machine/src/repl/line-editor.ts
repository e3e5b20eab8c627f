/**
 * Editing a line at a prompt: cursor keys, history, completion, auto-indent, byte by byte. Counterpart:
 * shared/readline/readline.c.
 *
 * Redraws as little as upstream does, so the bytes that go to the terminal are the same. It blocks nothing and knows no VM: it is
 * given bytes and gives back what each of them means.
 */

/** Control characters by their letter. */
export const CTRL = { A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, K: 11, N: 14, P: 16, U: 21, W: 23 } as const;

const ESC = 27;
const TAB = 9;
const SPACE = 32;
const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;
const DELETE = 127;
/** One step of indentation, and what Tab puts behind white space. */
const INDENT = 4;

/** The byte was used; the line goes on. */
export const MORE = -1;
/** The line is finished. */
export const LINE = 0;

type Escape = 'none' | 'esc' | 'bracket' | 'digit' | 'o';

/** A line editor as plain data. */
export interface LineEditorState {
  readonly line: readonly number[];
  readonly start: number;
  readonly cursor: number;
  readonly escape: string;
  readonly digit: number;
  readonly historyAt: number;
  readonly lastNewline: number;
  readonly autoIndent: boolean;
  readonly justIndented: boolean;
  readonly prompt: string;
  readonly history: readonly (readonly number[])[];
}

/** What completing a word comes to: text to insert (maybe none), or `listed` when the possibilities have been printed. */
export type Completion = { readonly text: string } | 'listed';

/** What a line editor needs. */
export interface LineEditorHost {
  /** Sends bytes to the terminal as they are. */
  send(bytes: readonly number[]): void;
  /** Completes the last word of what is before the cursor. */
  complete(before: string): Completion;
}

/** Settings of a line editor. */
export interface LineEditorOptions {
  /** Lines that the history holds. */
  readonly history: number;
  /** Bytes of a statement, more are not taken. */
  readonly longest: number;
  /** Keys that move and delete by words. */
  readonly words: boolean;
}

function isAlphanumeric(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
}
function isSpace(c: number): boolean {
  return c === SPACE || (c >= 9 && c <= 13);
}
function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}
/** The character codes of ASCII text. */
export function ascii(text: string): number[] {
  return Array.from(text, (c) => c.charCodeAt(0));
}

/** Edits lines. */
export class LineEditor {
  /** All lines of the statement so far, and the one that is being edited. */
  line: number[] = [];
  /** Where the current line begins in `line`. */
  private start = 0;
  private cursor = 0;
  private escape: Escape = 'none';
  private digit = 0;
  private historyAt = -1;
  private lastNewline = 0;
  private autoIndent = false;
  private justIndented = false;
  private prompt = '';
  private history: number[][] = [];
  // what the current byte asks to be redrawn
  private back = 0;
  private forward = 0;
  private redraw = false;

  constructor(
    private readonly host: LineEditorHost,
    private readonly options: LineEditorOptions,
  ) {}

  /** Forgets all lines. */
  clearHistory(): void {
    this.history = [];
  }

  /** Starts editing behind what is in `line`: prints the prompt, indents. */
  begin(prompt: string): void {
    this.start = this.cursor = this.line.length;
    this.escape = 'none';
    this.digit = 0;
    this.historyAt = -1;
    this.prompt = prompt;
    this.text(prompt);
    if (this.line.length === 0) this.autoIndent = true;
    this.justIndented = false;
    this.indent();
  }

  /** Takes a byte. Answers `MORE`, `LINE`, or the control character that the caller has to act on. */
  put(c: number): number {
    const length = this.line.length;
    this.back = this.forward = 0;
    this.redraw = false;
    if (this.escape === 'none') {
      if (c >= CTRL.A && c <= CTRL.E && length === this.start) return c;
      if (c === CTRL.C) return c;
      if (this.newline(c)) {
        this.send([RETURN, NEWLINE]);
        this.remember(this.line.slice(this.start));
        return LINE;
      }
      this.key(c);
    } else this.escaped(c);
    this.draw(length);
    this.justIndented = false;
    return MORE;
  }

  /** Whether a byte ends the line: of `\r\n` and `\n\r` only the first does. */
  private newline(c: number): boolean {
    if (this.isKey(c)) return false;
    const ends = (c === RETURN || c === NEWLINE) && (this.lastNewline === 0 || this.lastNewline === c);
    this.lastNewline = ends ? c : 0;
    return ends;
  }
  /** Whether a byte is a command before it could be the end of a line. */
  private isKey(c: number): boolean {
    return (
      (c >= CTRL.A && c <= CTRL.F) ||
      c === CTRL.K ||
      c === CTRL.N ||
      c === CTRL.P ||
      c === CTRL.U ||
      (c === CTRL.W && this.options.words)
    );
  }

  private key(c: number): void {
    switch (c) {
      case CTRL.A:
        return this.home();
      case CTRL.B:
        return this.left();
      case CTRL.D:
        return this.deleteAtCursor();
      case CTRL.E:
        return this.end();
      case CTRL.F:
        return this.right();
      case CTRL.K:
        this.line.length = this.cursor;
        this.redraw = true;
        return;
      case CTRL.N:
        return this.later();
      case CTRL.P:
        return this.earlier();
      case CTRL.U:
        this.back = this.cursor - this.start;
        this.line.splice(this.start, this.back);
        this.redraw = true;
        return;
      case ESC:
        this.escape = 'esc';
        return;
      case BACKSPACE:
      case DELETE:
        return this.backspace();
    }
    if (c === CTRL.W && this.options.words) this.killWordBack();
    else if (this.justIndented && (c === TAB || c === SPACE)) {
      this.autoIndent = false;
      if (c === SPACE) {
        this.back = INDENT - 1;
        this.line.length -= INDENT - 1;
      }
    } else if (c === TAB) this.complete();
    else if (c >= SPACE && c < DELETE) this.insert([c]);
  }

  private insert(bytes: readonly number[]): void {
    if (this.line.length + bytes.length > this.options.longest) return;
    this.line.splice(this.cursor, 0, ...bytes);
    this.redraw = true;
    this.forward = bytes.length;
  }

  private backspace(): void {
    if (this.cursor <= this.start) return;
    const blank = this.line.slice(this.start, this.cursor).every((c) => c === SPACE);
    const n = blank && this.cursor - this.start >= INDENT ? INDENT : 1;
    this.line.splice(this.cursor - n, n);
    this.back = n;
    this.redraw = true;
  }

  private complete(): void {
    if (this.cursor > 0 && isSpace(this.line[this.cursor - 1] as number)) return this.insert(ascii(' '.repeat(INDENT)));
    const before = this.line.slice(this.start, this.cursor);
    const found = this.host.complete(String.fromCharCode(...before));
    if (found === 'listed') {
      this.text(this.prompt);
      this.send(before);
      this.redraw = true;
    } else if (found.text !== '') this.insert(ascii(found.text));
  }

  // ---- escape sequences

  private escaped(c: number): void {
    const was = this.escape;
    this.escape = 'none';
    if (was === 'esc') this.afterEscape(c);
    else if (was === 'bracket') this.afterBracket(c);
    else if (was === 'digit') this.afterDigit(c);
    else if (c === 72) this.home();
    else if (c === 70) this.end();
  }

  private afterEscape(c: number): void {
    if (c === 91) this.escape = 'bracket';
    else if (c === 79) this.escape = 'o';
    else if (this.options.words) {
      if (c === 98) this.back = this.wordLength(false);
      else if (c === 102) this.forward = this.wordLength(true);
      else if (c === 100) {
        this.line.splice(this.cursor, this.wordLength(true));
        this.redraw = true;
      } else if (c === DELETE) this.killWordBack();
    }
  }

  private afterBracket(c: number): void {
    if (isDigit(c)) {
      this.escape = 'digit';
      this.digit = c - 48;
    } else if (c === 65) this.earlier();
    else if (c === 66) this.later();
    else if (c === 67) this.right();
    else if (c === 68) this.left();
    else if (c === 72) this.home();
    else if (c === 70) this.end();
  }

  private afterDigit(c: number): void {
    const { digit } = this;
    if (c === 126) {
      if (digit === 1 || digit === 7) this.home();
      else if (digit === 4 || digit === 8) this.end();
      else if (digit === 3) this.deleteAtCursor();
    } else if (this.options.words) {
      // ESC [ 1 ; 5 C: Ctrl and an arrow
      if (c === 59 && digit === 1) this.escape = 'bracket';
      else if (digit === 5 && c === 67) this.forward = this.wordLength(true);
      else if (digit === 5 && c === 68) this.back = this.wordLength(false);
    }
  }

  // ---- moving

  private home(): void {
    this.back = this.cursor - this.start;
  }
  private end(): void {
    this.forward = this.line.length - this.cursor;
  }
  private left(): void {
    if (this.cursor > this.start) this.back = 1;
  }
  private right(): void {
    if (this.cursor < this.line.length) this.forward = 1;
  }
  private deleteAtCursor(): void {
    if (this.cursor >= this.line.length) return;
    this.line.splice(this.cursor, 1);
    this.redraw = true;
  }
  private killWordBack(): void {
    this.back = this.wordLength(false);
    this.line.splice(this.cursor - this.back, this.back);
    this.redraw = true;
  }
  /** Bytes from the cursor to the end of a word, or to its beginning; never into a line before. */
  private wordLength(forward: boolean): number {
    let at = this.cursor;
    let inWord = false;
    while (forward ? at < this.line.length : at > this.start) {
      if (isAlphanumeric(this.line[forward ? at : at - 1] as number)) inWord = true;
      else if (inWord) break;
      at += forward ? 1 : -1;
    }
    return Math.abs(at - this.cursor);
  }

  // ---- history

  private remember(line: number[]): void {
    const last = this.history[0];
    if (line.length === 0 || (last !== undefined && last.length === line.length && last.every((c, i) => c === line[i])))
      return;
    this.history.unshift(line);
    this.history.length = Math.min(this.history.length, this.options.history);
  }
  private earlier(): void {
    const line = this.history[this.historyAt + 1];
    if (line === undefined) return;
    this.historyAt++;
    this.recall(line);
  }
  private later(): void {
    if (this.historyAt < 0) return;
    this.historyAt--;
    this.recall(this.historyAt < 0 ? [] : (this.history[this.historyAt] as number[]));
  }
  private recall(line: readonly number[]): void {
    this.line.length = this.start;
    this.line.push(...line);
    this.back = this.cursor - this.start;
    this.redraw = true;
    this.forward = line.length;
  }

  // ---- drawing

  private draw(lengthBefore: number): void {
    if (this.back > 0) {
      this.moveBack(this.back);
      this.cursor -= this.back;
    }
    if (this.redraw) {
      if (this.line.length < lengthBefore) this.text('\x1b[K');
      this.send(this.line.slice(this.cursor));
      this.moveBack(this.line.length - (this.cursor + this.forward));
      this.cursor += this.forward;
    } else if (this.forward > 0) {
      this.send(this.line.slice(this.cursor, this.cursor + this.forward));
      this.cursor += this.forward;
    }
  }
  private moveBack(n: number): void {
    if (n <= 0) return;
    this.text(n <= 4 ? '\b'.repeat(n) : `\x1b[${n}D`);
  }
  private send(bytes: readonly number[]): void {
    if (bytes.length > 0) this.host.send(bytes);
  }
  private text(text: string): void {
    this.send(ascii(text));
  }

  /** Indents a further line of a statement as the one before, and one step more behind a colon. */
  private indent(): void {
    const { line } = this;
    const n = line.length;
    if (!this.autoIndent || n < 2 || line[n - 1] !== NEWLINE) return;
    let from = n - 1;
    while (from > 0 && line[from - 1] !== NEWLINE) from--;
    let to = from;
    while (to < n && line[to] === SPACE) to++;
    if (from > 0 && to + 1 === n) {
      // the line before is blank; behind two blank ones there is no indent
      for (let k = from - 1; k > 0 && (line[k - 1] === SPACE || line[k - 1] === NEWLINE); k--)
        if (line[k - 1] === NEWLINE) return;
    }
    let steps = Math.floor((to - from) / INDENT);
    if (line[n - 2] === 58) steps++;
    if (steps === 0) return;
    const spaces = ascii(' '.repeat(INDENT * steps));
    line.push(...spaces);
    this.send(spaces);
    this.cursor += spaces.length;
    this.justIndented = true;
  }

  /** The editor as plain data. */
  save(): LineEditorState {
    return {
      line: [...this.line],
      start: this.start,
      cursor: this.cursor,
      escape: this.escape,
      digit: this.digit,
      historyAt: this.historyAt,
      lastNewline: this.lastNewline,
      autoIndent: this.autoIndent,
      justIndented: this.justIndented,
      prompt: this.prompt,
      history: this.history.map((l) => [...l]),
    };
  }
  /** Goes on from a saved state. */
  load(state: LineEditorState): void {
    this.line = [...state.line];
    this.start = state.start;
    this.cursor = state.cursor;
    this.escape = state.escape as Escape;
    this.digit = state.digit;
    this.historyAt = state.historyAt;
    this.lastNewline = state.lastNewline;
    this.autoIndent = state.autoIndent;
    this.justIndented = state.justIndented;
    this.prompt = state.prompt;
    this.history = state.history.map((l) => [...l]);
  }
}
