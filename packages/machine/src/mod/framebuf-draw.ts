/**
 * Shapes on a surface, with upstream's integer arithmetic: sums and products wrap at 32 bits, divisions cut. Counterpart:
 * extmod/modframebuf.c.
 *
 * Every loop charges its steps to the board's clock, since coordinates may be as large as an int.
 */
import type { Vm } from '@tsmp/vm';
import { FIRST_GLYPH, GLYPHS, NO_GLYPH } from './framebuf-font.js';
import { fillArea, getPixel, setPixel, type Surface } from './framebuf-pixels.js';

/** Steps after which a loop charges the clock. */
const CHUNK = 4096;

/** Counts the steps of a loop and charges them now and then. */
class Steps {
  private n = 0;
  constructor(private readonly vm: Vm) {}
  step(): void {
    if (++this.n >= CHUNK) this.end();
  }
  end(): void {
    this.vm.charge(this.n >> 2);
    this.n = 0;
  }
}

/** Sets a pixel that may lie outside. */
export function plot(s: Surface, x: number, y: number, colour: number): void {
  if (x >= 0 && x < s.width && y >= 0 && y < s.height) setPixel(s, x, y, colour);
}

/** Fills a rectangle, clipped. */
export function fillRect(vm: Vm, s: Surface, x: number, y: number, w: number, h: number, colour: number): void {
  if (h < 1 || w < 1 || ((x + w) | 0) <= 0 || ((y + h) | 0) <= 0 || y >= s.height || x >= s.width) return;
  const xEnd = Math.min(s.width, (x + w) | 0);
  const yEnd = Math.min(s.height, (y + h) | 0);
  const left = Math.max(x, 0);
  const top = Math.max(y, 0);
  fillArea(s, left, top, xEnd - left, yEnd - top, colour);
  vm.charge(1 + (((xEnd - left) * (yEnd - top)) >> 3));
}

/** A rectangle's outline. */
export function outlineRect(vm: Vm, s: Surface, x: number, y: number, w: number, h: number, colour: number): void {
  fillRect(vm, s, x, y, w, 1, colour);
  fillRect(vm, s, x, (y + h - 1) | 0, w, 1, colour);
  fillRect(vm, s, x, y, 1, h, colour);
  fillRect(vm, s, (x + w - 1) | 0, y, 1, h, colour);
}

/** A line, by Bresenham's algorithm. */
export function line(vm: Vm, s: Surface, x1: number, y1: number, x2: number, y2: number, colour: number): void {
  const steps = new Steps(vm);
  let dx = (x2 - x1) | 0;
  let dy = (y2 - y1) | 0;
  let sx = dx > 0 ? 1 : -1;
  let sy = dy > 0 ? 1 : -1;
  if (dx <= 0) dx = -dx | 0;
  if (dy <= 0) dy = -dy | 0;
  const steep = dy > dx;
  let x = x1;
  let y = y1;
  if (steep) {
    [x, y] = [y, x];
    [dx, dy] = [dy, dx];
    [sx, sy] = [sy, sx];
  }
  let e = (2 * dy - dx) | 0;
  for (let i = 0; i < dx; i++) {
    if (steep) plot(s, y, x, colour);
    else plot(s, x, y, colour);
    while (e >= 0) {
      y = (y + sy) | 0;
      e = (e - 2 * dx) | 0;
      steps.step();
    }
    x = (x + sx) | 0;
    e = (e + 2 * dy) | 0;
    steps.step();
  }
  plot(s, x2, y2, colour);
  steps.end();
}

/** Bit of an ellipse's mask: filled. The lower bits are its quadrants, counter-clockwise from the top right. */
export const ELLIPSE_FILL = 0x10;
/** All quadrants. */
export const ELLIPSE_ALL = 0x0f;

function ellipsePoints(
  vm: Vm,
  s: Surface,
  cx: number,
  cy: number,
  x: number,
  y: number,
  colour: number,
  mask: number,
): void {
  const top = (cy - y) | 0;
  const bottom = (cy + y) | 0;
  const left = (cx - x) | 0;
  if ((mask & ELLIPSE_FILL) !== 0) {
    if ((mask & 1) !== 0) fillRect(vm, s, cx, top, x + 1, 1, colour);
    if ((mask & 2) !== 0) fillRect(vm, s, left, top, x + 1, 1, colour);
    if ((mask & 4) !== 0) fillRect(vm, s, left, bottom, x + 1, 1, colour);
    if ((mask & 8) !== 0) fillRect(vm, s, cx, bottom, x + 1, 1, colour);
    return;
  }
  const right = (cx + x) | 0;
  if ((mask & 1) !== 0) plot(s, right, top, colour);
  if ((mask & 2) !== 0) plot(s, left, top, colour);
  if ((mask & 4) !== 0) plot(s, left, bottom, colour);
  if ((mask & 8) !== 0) plot(s, right, bottom, colour);
}

/** An ellipse: two arcs, one from the side up and one from the top outwards, until their slopes meet. */
export function ellipse(
  vm: Vm,
  s: Surface,
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  colour: number,
  mask: number,
): void {
  if (rx === 0 && ry === 0) {
    if ((mask & ELLIPSE_ALL) !== 0) plot(s, cx, cy, colour);
    return;
  }
  const steps = new Steps(vm);
  const aa = Math.imul(rx, rx);
  const bb = Math.imul(ry, ry);
  const aa2 = (2 * aa) | 0;
  const bb2 = (2 * bb) | 0;
  let x = rx;
  let y = 0;
  let dx = Math.imul(bb, 1 - 2 * rx);
  let dy = aa;
  let error = 0;
  let stopX = Math.imul(bb2, rx);
  let stopY = 0;
  while (stopX >= stopY) {
    ellipsePoints(vm, s, cx, cy, x, y, colour, mask);
    y = (y + 1) | 0;
    stopY = (stopY + aa2) | 0;
    error = (error + dy) | 0;
    dy = (dy + aa2) | 0;
    if (((2 * error + dx) | 0) > 0) {
      x = (x - 1) | 0;
      stopX = (stopX - bb2) | 0;
      error = (error + dx) | 0;
      dx = (dx + bb2) | 0;
    }
    steps.step();
  }
  x = 0;
  y = ry;
  dx = bb;
  dy = Math.imul(aa, 1 - 2 * ry);
  error = 0;
  stopX = 0;
  stopY = Math.imul(aa2, ry);
  while (stopX <= stopY) {
    ellipsePoints(vm, s, cx, cy, x, y, colour, mask);
    x = (x + 1) | 0;
    stopX = (stopX + bb2) | 0;
    error = (error + dx) | 0;
    dx = (dx + bb2) | 0;
    if (((2 * error + dy) | 0) > 0) {
      y = (y - 1) | 0;
      stopY = (stopY - aa2) | 0;
      error = (error + dy) | 0;
      dy = (dy + aa2) | 0;
    }
    steps.step();
  }
  steps.end();
}

/** A polygon's outline. `points`: x and y in turn. */
export function outlinePoly(vm: Vm, s: Surface, x: number, y: number, points: readonly number[], colour: number): void {
  eachSide(points, (x1, y1, x2, y2) => line(vm, s, (x + x1) | 0, (y + y1) | 0, (x + x2) | 0, (y + y2) | 0, colour));
}

/** The sides of a polygon, from the last point backwards. */
function eachSide(points: readonly number[], side: (x1: number, y1: number, x2: number, y2: number) => void): void {
  let x1 = points[0] as number;
  let y1 = points[1] as number;
  for (let i = points.length - 2; i >= 0; i -= 2) {
    const x2 = points[i] as number;
    const y2 = points[i + 1] as number;
    side(x1, y1, x2, y2);
    x1 = x2;
    y1 = y2;
  }
}

/** Fills a polygon: in each row, between pairs of the places where its sides cross the row. */
export function fillPoly(vm: Vm, s: Surface, x: number, y: number, points: readonly number[], colour: number): void {
  const ys = points.filter((_, i) => i % 2 === 1);
  const top = ys.reduce((a, b) => Math.min(a, b));
  const bottom = ys.reduce((a, b) => Math.max(a, b));
  for (let row = top; row <= bottom; row++) {
    const nodes: number[] = [];
    eachSide(points, (x1, y1, x2, y2) => {
      // a side's lower end belongs to the next side
      if (y1 !== y2 && ((y1 > row && y2 <= row) || (y1 <= row && y2 > row))) {
        const along = Math.imul(Math.imul(32, (x2 - x1) | 0), (row - y1) | 0);
        nodes.push(Math.trunc((Math.imul(32, x1) + Math.trunc(along / ((y2 - y1) | 0)) + 16) / 32));
      } else if (row === Math.max(y1, y2)) {
        // corners at the bottom, which the rule above leaves out
        if (y1 < y2) plot(s, (x + x2) | 0, (y + y2) | 0, colour);
        else if (y2 < y1) plot(s, (x + x1) | 0, (y + y1) | 0, colour);
        else line(vm, s, (x + x1) | 0, (y + y1) | 0, (x + x2) | 0, (y + y2) | 0, colour);
      }
    });
    nodes.sort((a, b) => a - b);
    for (let i = 0; i + 1 < nodes.length; i += 2) {
      const from = nodes[i] as number;
      fillRect(vm, s, (x + from) | 0, (y + row) | 0, ((nodes[i + 1] as number) - from + 1) | 0, 1, colour);
    }
    vm.charge(1 + (points.length >> 2));
  }
}

/** Copies a surface onto another at (x, y). `key`: the colour to leave out; `palette`: its first row says what colours become. */
export function blit(
  vm: Vm,
  to: Surface,
  from: Surface,
  x: number,
  y: number,
  key: number,
  palette: Surface | undefined,
): void {
  if (x >= to.width || y >= to.height || (-x | 0) >= from.width || (-y | 0) >= from.height) return;
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const right = Math.min(to.width, x + from.width);
  const bottom = Math.min(to.height, y + from.height);
  const unsignedKey = key >>> 0;
  for (let row = top; row < bottom; row++) {
    for (let col = left; col < right; col++) {
      let colour = getPixel(from, col - x, row - y);
      if (palette !== undefined) colour = paletteColour(palette, colour);
      if (colour !== unsignedKey) setPixel(to, col, row, colour);
    }
    vm.charge(1 + ((right - left) >> 2));
  }
}

/** A palette's colour; one that it has no room for stays as it is in memory, or 0 past the buffer's end. */
function paletteColour(palette: Surface, index: number): number {
  if (index < palette.width) return getPixel(palette, index, 0);
  const last = palette.u8.length - 4;
  return palette.at + 2 * index < last ? getPixel(palette, index, 0) : 0;
}

/** Moves all pixels; what is uncovered stays as it was. */
export function scroll(vm: Vm, s: Surface, dx: number, dy: number): void {
  if (Math.abs(dx) >= s.width || Math.abs(dy) >= s.height) return;
  const rows = order(s.height, dy);
  const columns = order(s.width, dx);
  for (const row of rows) {
    for (const col of columns) setPixel(s, col, row, getPixel(s, col - dx, row - dy));
    vm.charge(1 + (columns.length >> 2));
  }
}

/** The places that get a new pixel, so that each is read before it is written. */
function order(size: number, step: number): number[] {
  const all = Array.from({ length: size - Math.abs(step) }, (_, i) => (step < 0 ? i : i + step));
  return step < 0 ? all : all.reverse();
}

/** Text of bytes, up to a zero byte, in the 8×8 font; each byte is a character. */
export function text(vm: Vm, s: Surface, bytes: Uint8Array, x: number, y: number, colour: number): void {
  let left = x;
  for (const byte of bytes) {
    if (byte === 0) break;
    const glyph = 8 * ((byte < FIRST_GLYPH || byte > NO_GLYPH ? NO_GLYPH : byte) - FIRST_GLYPH);
    if (left > -8 && left < s.width) {
      for (let row = 0; row < 8; row++) {
        const pixels = GLYPHS[glyph + row] as number;
        for (let col = 0; col < 8; col++)
          if ((pixels & (0x80 >> col)) !== 0) plot(s, left + col, (y + row) | 0, colour);
      }
    }
    left = (left + 8) | 0;
    vm.charge(4);
  }
}
