/** Answers what a board asks of a folder that is mounted there: the client's side of `hook.ts`. */
import { errnoOf, type HostFolder, OpenFiles, resolvePath } from '@tsmp/machine';
import { MARK, REQUEST } from './hook.js';

const EINVAL = 22;
const S_IFDIR = 0x4000;
const S_IFREG = 0x8000;
/** Most bytes of a request; a longer one is no request but a program's output. */
const LONGEST = 1 << 20;
const HEAD = 6;
const CHUNK = 4096;

interface Answer {
  readonly status: number;
  readonly data?: Uint8Array;
}

/** Takes requests out of a board's output and answers them. */
export class FolderServer {
  private pending: Uint8Array = new Uint8Array(0);
  private readonly files: OpenFiles;

  constructor(
    private readonly folder: HostFolder,
    private readonly reply: (bytes: Uint8Array) => void,
  ) {
    this.files = new OpenFiles(folder);
  }

  /** Answers what is a request in a board's output; gives back the rest. */
  filter(bytes: Uint8Array): Uint8Array {
    const out: number[] = [];
    let rest: Uint8Array = concat(this.pending, bytes);
    for (;;) {
      const at = rest.indexOf(MARK);
      if (at < 0) {
        out.push(...rest);
        rest = new Uint8Array(0);
        break;
      }
      out.push(...rest.subarray(0, at));
      rest = rest.subarray(at);
      if (rest.length < HEAD) break;
      const n = new DataView(rest.buffer, rest.byteOffset).getUint32(2, true);
      const what = rest[1] as number;
      if (n > LONGEST || what === 0 || what > REQUEST.readline) {
        out.push(MARK);
        rest = rest.subarray(1);
        continue;
      }
      if (rest.length < HEAD + n) break;
      this.answer(what, new Arguments(rest.subarray(HEAD, HEAD + n)));
      rest = rest.subarray(HEAD + n);
    }
    this.pending = rest.slice();
    return Uint8Array.from(out);
  }
  /** Writes out and closes all files: the board has been reset. */
  close(): void {
    this.files.closeAll();
    this.pending = new Uint8Array(0);
  }

  private answer(what: number, args: Arguments): void {
    let a: Answer;
    try {
      a = this.perform(what, args);
    } catch (e) {
      const errno = e instanceof RangeError ? EINVAL : errnoOf(e);
      if (errno === undefined) throw e;
      a = { status: -errno };
    }
    const data = a.data ?? new Uint8Array(0);
    const head = new DataView(new ArrayBuffer(9));
    head.setUint8(0, MARK);
    head.setInt32(1, a.status, true);
    head.setUint32(5, data.length, true);
    this.reply(concat(new Uint8Array(head.buffer), data));
  }

  private perform(what: number, args: Arguments): Answer {
    const { files } = this;
    switch (what) {
      case REQUEST.stat: {
        const path = args.path();
        const s = files.stat(path);
        if (s === undefined) return { status: -2 };
        return { status: s.kind === 'folder' ? S_IFDIR : S_IFREG, data: words(s.size, Math.floor(s.mtime)) };
      }
      case REQUEST.list: {
        const parts = this.folder.list(args.path()).map((e) => {
          const name = new TextEncoder().encode(e.name);
          return concat(words(e.kind === 'folder' ? S_IFDIR : S_IFREG, e.size, name.length), name);
        });
        return { status: 0, data: concat(...parts) };
      }
      case REQUEST.open:
        return { status: this.open(args.path(), args.text()) };
      case REQUEST.close:
        files.close(args.int());
        return { status: 0 };
      case REQUEST.read: {
        const fd = args.int();
        const n = args.int();
        const data = args.int() === 0 ? this.read(fd, n) : this.readChars(fd, n);
        return { status: data.length, data };
      }
      case REQUEST.readline: {
        const data = this.readLine(args.int(), args.int());
        return { status: data.length, data };
      }
      case REQUEST.write: {
        const fd = args.int();
        const data = args.bytes();
        return { status: files.write(fd, data.slice(), 0, data.length) };
      }
      case REQUEST.seek:
        return { status: files.seek(args.int(), args.int(), args.int()) };
      case REQUEST.remove:
        files.remove(args.path());
        return { status: 0 };
      case REQUEST.rename:
        files.rename(args.path(), args.path());
        return { status: 0 };
      case REQUEST.mkdir:
        this.folder.mkdir(args.path());
        return { status: 0 };
      default:
        this.folder.rmdir(args.path());
        return { status: 0 };
    }
  }

  private open(path: string, mode: string): number {
    const plus = mode.includes('+');
    const write = mode.includes('w');
    const append = mode.includes('a');
    return this.files.open(path, {
      readable: plus || !(write || append),
      writable: plus || write || append,
      append,
      create: write || append,
      truncate: write,
      exclusive: false,
    });
  }

  /** Up to `n` bytes; negative: all. */
  private read(fd: number, n: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let left = n < 0 ? LONGEST : Math.min(n, LONGEST); left > 0; ) {
      const piece = new Uint8Array(Math.min(left, CHUNK));
      const got = this.files.read(fd, piece, 0, piece.length);
      if (got <= 0) break;
      parts.push(piece.subarray(0, got));
      left -= got;
    }
    return concat(...parts);
  }
  /** `n` characters of UTF-8. */
  private readChars(fd: number, n: number): Uint8Array {
    if (n < 0) return this.read(fd, n);
    const out: number[] = [];
    for (let chars = 0; chars < n; chars++) {
      const first = this.read(fd, 1)[0];
      if (first === undefined) break;
      out.push(first);
      const more = first < 0xc0 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      out.push(...this.read(fd, more));
    }
    return Uint8Array.from(out);
  }
  private readLine(fd: number, n: number): Uint8Array {
    const out: number[] = [];
    while (n < 0 || out.length < n) {
      const c = this.read(fd, 1)[0];
      if (c === undefined) break;
      out.push(c);
      if (c === 10) break;
    }
    return Uint8Array.from(out);
  }
}

/** The arguments of a request, one after the other; RangeError behind the last. */
class Arguments {
  private at = 0;
  private readonly view: DataView;
  constructor(private readonly body: Uint8Array) {
    this.view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  }
  int(): number {
    const n = this.view.getInt32(this.at, true);
    this.at += 4;
    return n;
  }
  bytes(): Uint8Array {
    const n = this.int();
    if (n < 0 || this.at + n > this.body.length) throw new RangeError('argument too long');
    this.at += n;
    return this.body.subarray(this.at - n, this.at);
  }
  text(): string {
    return new TextDecoder().decode(this.bytes());
  }
  path(): string {
    return resolvePath('/', this.text());
  }
}

function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}
/** Puts pieces together. */
export function concat(...pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of pieces) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
