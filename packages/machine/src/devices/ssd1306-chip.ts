/**
 * The controller of an SSD1306 display: commands, display memory, and what of it the panel shows. Counterpart: SSD1306 datasheet,
 * chapters 8 to 10. Charge pump, timing and COM wiring are kept as written; they change nothing that is seen here.
 *
 * Invariant: column and page pointers lie within their windows, in the addressing modes that have them.
 */

/** Columns of the display memory, and its pages of eight rows. */
const COLUMNS = 128;
const PAGES = 8;
const ROWS = 8 * PAGES;
/** Frames a second with the usual clock settings; scrolling counts in frames. */
const FRAME_NS = 1e9 / 100;
/** Frames of a scroll step, by the command's three bits. */
const SCROLL_FRAMES = [5, 64, 128, 256, 3, 4, 25, 2];

/** Bytes that follow a command. */
function argumentsOf(command: number): number {
  if (command === 0x26 || command === 0x27) return 6;
  if (command === 0x29 || command === 0x2a) return 5;
  if (command === 0x21 || command === 0x22 || command === 0xa3) return 2;
  return [0x20, 0x81, 0xa8, 0xd3, 0xd5, 0xd9, 0xda, 0xdb, 0x8d, 0xd6, 0x23].includes(command) ? 1 : 0;
}

const enum Mode {
  Horizontal = 0,
  Vertical = 1,
  Page = 2,
}

/** Registers of the chip. Plain data. */
export interface Ssd1306Registers {
  on: boolean;
  contrast: number;
  inverted: boolean;
  allOn: boolean;
  startLine: number;
  offset: number;
  /** Rows that are driven, less one. */
  multiplex: number;
  segmentRemap: boolean;
  comRemap: boolean;
  mode: number;
  column: number;
  page: number;
  columnStart: number;
  columnEnd: number;
  pageStart: number;
  pageEnd: number;
  chargePump: boolean;
  /** A command whose bytes are not complete. */
  pending: number[];
  /** Scrolling as set up: command and its bytes; null: none. */
  scroll: number[] | null;
  /** When the last step was taken, ns; null: not scrolling. */
  scrolledAt: number | null;
  scrollTop: number;
  scrollRows: number;
  /** Rows that vertical scrolling has moved the picture. */
  scrolledRows: number;
}

function atReset(): Ssd1306Registers {
  return {
    on: false,
    contrast: 0x7f,
    inverted: false,
    allOn: false,
    startLine: 0,
    offset: 0,
    multiplex: 63,
    segmentRemap: false,
    comRemap: false,
    mode: Mode.Page,
    column: 0,
    page: 0,
    columnStart: 0,
    columnEnd: COLUMNS - 1,
    pageStart: 0,
    pageEnd: PAGES - 1,
    chargePump: false,
    pending: [],
    scroll: null,
    scrolledAt: null,
    scrollTop: 0,
    scrollRows: ROWS,
    scrolledRows: 0,
  };
}

/** Plain data of the controller chip. */
export interface Ssd1306ChipState {
  readonly registers: Ssd1306Registers;
  readonly memory: readonly number[];
}

/** The chip. */
export class Ssd1306Chip {
  private r = atReset();
  /** A byte is a column of eight rows, the lowest bit on top. */
  private memory = new Uint8Array(COLUMNS * PAGES);

  constructor(private readonly now: () => number) {}

  /** Registers as they are. */
  get registers(): Readonly<Ssd1306Registers> {
    return this.r;
  }

  /** The reset pin: registers go back, the memory stays. */
  reset(): void {
    this.r = atReset();
  }

  /** A byte of a command. */
  command(byte: number): void {
    const { pending } = this.r;
    pending.push(byte);
    if (pending.length <= argumentsOf(pending[0] as number)) return;
    this.r.pending = [];
    this.execute(pending[0] as number, pending.slice(1));
  }

  /** A byte for the display memory. */
  data(byte: number): void {
    this.catchUp();
    const r = this.r;
    this.memory[r.page * COLUMNS + r.column] = byte;
    if (r.mode === Mode.Page) {
      r.column = (r.column + 1) % COLUMNS;
    } else if (r.mode === Mode.Vertical) {
      if (r.page !== r.pageEnd) r.page = (r.page + 1) % PAGES;
      else {
        r.page = r.pageStart;
        r.column = r.column === r.columnEnd ? r.columnStart : (r.column + 1) % COLUMNS;
      }
    } else if (r.column !== r.columnEnd) r.column = (r.column + 1) % COLUMNS;
    else {
      r.column = r.columnStart;
      r.page = r.page === r.pageEnd ? r.pageStart : (r.page + 1) % PAGES;
    }
  }

  /** The byte that a read gives: bit 6 says that the display is off. */
  status(): number {
    return this.r.on ? 0 : 0x40;
  }

  private execute(command: number, args: readonly number[]): void {
    const r = this.r;
    const [a, b] = [args[0] ?? 0, args[1] ?? 0];
    this.catchUp();
    if (command <= 0x0f) r.column = (r.column & 0x70) | command;
    else if (command <= 0x1f) r.column = (r.column & 0x0f) | ((command & 7) << 4);
    else if (command >= 0x40 && command <= 0x7f) r.startLine = command & 63;
    else if (command >= 0xb0 && command <= 0xb7) r.page = command & 7;
    else if (command >= 0xc0 && command <= 0xcf) r.comRemap = (command & 8) !== 0;
    else {
      switch (command) {
        case 0x20:
          r.mode = (a & 3) === 3 ? Mode.Page : a & 3;
          break;
        case 0x21:
          r.column = r.columnStart = a & 127;
          r.columnEnd = b & 127;
          break;
        case 0x22:
          r.page = r.pageStart = a & 7;
          r.pageEnd = b & 7;
          break;
        case 0x26:
        case 0x27:
        case 0x29:
        case 0x2a:
          r.scroll = [command, ...args];
          break;
        case 0x2e:
          r.scrolledAt = null;
          r.scrolledRows = 0;
          break;
        case 0x2f:
          r.scrolledAt = r.scroll === null ? null : this.now();
          break;
        case 0x81:
          r.contrast = a;
          break;
        case 0x8d:
          r.chargePump = (a & 4) !== 0;
          break;
        case 0xa0:
        case 0xa1:
          r.segmentRemap = command === 0xa1;
          break;
        case 0xa3:
          r.scrollTop = a & 63;
          r.scrollRows = b & 127;
          break;
        case 0xa4:
        case 0xa5:
          r.allOn = command === 0xa5;
          break;
        case 0xa6:
        case 0xa7:
          r.inverted = command === 0xa7;
          break;
        case 0xa8:
          // below 15 is not allowed
          if ((a & 63) >= 15) r.multiplex = a & 63;
          break;
        case 0xae:
        case 0xaf:
          r.on = command === 0xaf;
          break;
        case 0xd3:
          r.offset = a & 63;
          break;
        default:
        // clock, precharge, COM wiring, VCOMH, NOP: nothing that is seen
      }
    }
  }

  /** Takes the scroll steps that have fallen due. */
  private catchUp(): void {
    const r = this.r;
    if (r.scrolledAt === null || r.scroll === null) return;
    const [command, , first, speed, last, rows] = r.scroll as [number, number, number, number, number, number];
    const step = (SCROLL_FRAMES[speed & 7] as number) * FRAME_NS;
    const steps = Math.floor((this.now() - r.scrolledAt) / step);
    if (steps === 0) return;
    r.scrolledAt += steps * step;
    const right = command === 0x26 || command === 0x29;
    const by = (right ? steps : -steps) % COLUMNS;
    for (let page = first & 7; page <= (last & 7); page++) {
      const line = this.memory.slice(page * COLUMNS, (page + 1) * COLUMNS);
      for (let x = 0; x < COLUMNS; x++)
        this.memory[page * COLUMNS + ((x + by + COLUMNS) % COLUMNS)] = line[x] as number;
    }
    if (command >= 0x29 && r.scrollRows > 0) r.scrolledRows = (r.scrolledRows + steps * (rows & 63)) % r.scrollRows;
  }

  /** Whether the panel's pixel is lit, seen upright: as drivers set the chip up that remap segments and COMs. */
  pixel(x: number, y: number, height: number): boolean {
    this.catchUp();
    const r = this.r;
    if (!r.on) return false;
    // COM line of the pixel: with the remap, the first line is the last COM of those driven
    const com = r.comRemap ? y : height - 1 - y;
    if (com > r.multiplex) return false;
    if (r.allOn) return true;
    const column = r.segmentRemap ? x : COLUMNS - 1 - x;
    let row = com;
    if (row >= r.scrollTop && row < r.scrollTop + r.scrollRows)
      row = r.scrollTop + ((row - r.scrollTop + r.scrolledRows) % r.scrollRows);
    row = (row + r.offset + r.startLine) % ROWS;
    const bit = ((this.memory[(row >> 3) * COLUMNS + column] as number) >> (row & 7)) & 1;
    return (bit === 1) !== r.inverted;
  }

  /** Registers and memory as plain data. */
  save(): Ssd1306ChipState {
    const { pending, scroll } = this.r;
    return {
      registers: { ...this.r, pending: [...pending], scroll: scroll === null ? null : [...scroll] },
      memory: Array.from(this.memory),
    };
  }
  /** Takes on saved ones. */
  load(state: Ssd1306ChipState): void {
    const { pending, scroll } = state.registers;
    this.r = { ...state.registers, pending: [...pending], scroll: scroll === null ? null : [...scroll] };
    this.memory = Uint8Array.from(state.memory);
  }
}
