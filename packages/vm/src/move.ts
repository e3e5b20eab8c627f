/** Moving and clearing a few words or bytes: for so few, a loop is quicker than what typed arrays have of their own. */

/** Up to so many items a loop is quicker; measured on Node 20 and 24. */
const FEW = 24;

/** As `i32.copyWithin(to, from, end)`. */
export function moveWords(i32: Int32Array, to: number, from: number, end: number): void {
  const n = end - from;
  if (n > FEW) i32.copyWithin(to, from, end);
  else if (to <= from) for (let i = 0; i < n; i++) i32[to + i] = i32[from + i] as number;
  else for (let i = n - 1; i >= 0; i--) i32[to + i] = i32[from + i] as number;
}

/** As `i32.fill(0, from, to)`. */
export function clearWords(i32: Int32Array, from: number, to: number): void {
  if (to - from > FEW) i32.fill(0, from, to);
  else for (let i = from; i < to; i++) i32[i] = 0;
}

/** As `u8.copyWithin(to, from, end)`. */
export function moveBytes(u8: Uint8Array, to: number, from: number, end: number): void {
  const n = end - from;
  if (n > FEW) u8.copyWithin(to, from, end);
  else if (to <= from) for (let i = 0; i < n; i++) u8[to + i] = u8[from + i] as number;
  else for (let i = n - 1; i >= 0; i--) u8[to + i] = u8[from + i] as number;
}
