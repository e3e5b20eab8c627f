/**
 * `framebuf`: drawing in a buffer. Counterpart: extmod/modframebuf.c.
 *
 *     FrameBuffer  +0 type  +4 buffer object  +8 address of its bytes  +12 width, height  +16 stride, format   (16 bits each)
 *
 * The address is kept as upstream keeps it, for the size, but read from the buffer again at each use: a buffer that has shrunk
 * since raises ValueError instead of writing to memory that is another object's by now.
 */
import {
  type Addr,
  arrayItems,
  arrayItemSize,
  BUFFER_READ,
  BUFFER_WRITE,
  castToNativeBase,
  checkArgCount,
  defineModule,
  defineType,
  fun2,
  fun3,
  funVar,
  getArrayItem,
  getBuffer,
  getBufferMaybe,
  getInt,
  isTrue,
  type ModuleDef,
  NONE,
  NULL,
  newSmallInt,
  type Obj,
  raiseType,
  raiseTypeError,
  raiseValueError,
  type RomValue,
  strBytes,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import {
  blit,
  ELLIPSE_ALL,
  ELLIPSE_FILL,
  ellipse,
  fillPoly,
  fillRect,
  line,
  outlinePoly,
  outlineRect,
  plot,
  scroll,
  text,
} from './framebuf-draw.js';
import { fillArea, FORMAT, getPixel, layoutOf, type Surface } from './framebuf-pixels.js';

const SIZE = 20;

/** What the arguments (buffer, width, height, format[, stride]) describe; raises ValueError. */
function describe(vm: Vm, nArgs: number, args: Addr, flags: number): Surface {
  const a = args >> 2;
  const [width, height, format] = [1, 2, 3].map((i) => getInt(vm, vm.i32[a + i] as number)) as [number, number, number];
  const stride = nArgs >= 5 ? getInt(vm, vm.i32[a + 4] as number) : width;
  if (width < 1 || height < 1 || width > 0xffff || height > 0xffff || stride > 0xffff || stride < width)
    raiseType(vm, TYPES.ValueError);
  const layout = layoutOf(format, width, height, stride);
  if (layout === undefined) return raiseValueError(vm, 'invalid format');
  getBuffer(vm, vm.i32[a] as number, flags);
  if (layout.bytes > vm.buf.len) raiseType(vm, TYPES.ValueError);
  return { u8: vm.u8, at: vm.buf.addr, width, height, stride: layout.stride & 0xffff, format };
}

/** The surface of a FrameBuffer object. */
function surfaceOf(vm: Vm, o: Obj): Surface {
  // a subclass that has not called __init__ has no native part yet
  if ((o & 3) !== 0 || vm.typeOf(o) !== vm.addrOf(frameBufferType)) raiseTypeError(vm, 'expecting a FrameBuffer');
  const h = o >> 1;
  const width = vm.u16[h + 6] as number;
  const height = vm.u16[h + 7] as number;
  const stride = vm.u16[h + 8] as number;
  const format = vm.u16[h + 9] as number;
  getBuffer(vm, vm.i32[(o >> 2) + 1] as number, BUFFER_READ);
  if ((layoutOf(format, width, height, stride)?.bytes ?? 0) > vm.buf.len) raiseType(vm, TYPES.ValueError);
  return { u8: vm.u8, at: vm.buf.addr, width, height, stride, format };
}

/** A FrameBuffer (or an instance of a subclass), or a tuple or list of what makes one. */
function readable(vm: Vm, o: Obj): Surface {
  const native = castToNativeBase(vm, o, vm.addrOf(frameBufferType));
  if (native !== NULL) return surfaceOf(vm, native);
  const { len, items } = arrayItems(vm, o);
  if (len < 4 || len > 5) raiseType(vm, TYPES.ValueError);
  return describe(vm, len, items, BUFFER_READ);
}

function makeFrameBuffer(vm: Vm, nArgs: number, args: Addr): Obj {
  const s = describe(vm, nArgs, args, BUFFER_WRITE);
  const o = vm.allocObj(SIZE, vm.addrOf(frameBufferType));
  vm.i32[(o >> 2) + 1] = vm.i32[args >> 2] as number;
  vm.i32[(o >> 2) + 2] = s.at;
  const h = o >> 1;
  vm.u16[h + 6] = s.width;
  vm.u16[h + 7] = s.height;
  vm.u16[h + 8] = s.stride;
  vm.u16[h + 9] = s.format;
  return o;
}

/** A method with `min` to `max` arguments after self, of which the first `ints` are ints. */
function method(
  ints: number,
  max: number,
  draw: (vm: Vm, s: Surface, v: readonly number[], nArgs: number, args: Addr) => Obj | undefined,
): RomValue {
  return funVar(ints + 1, max + 1, (vm, nArgs, _nKw, args) => {
    const self = vm.i32[args >> 2] as number;
    const values = Array.from({ length: ints }, (_, i) => getInt(vm, vm.i32[(args >> 2) + 1 + i] as number));
    return draw(vm, surfaceOf(vm, self), values, nArgs - 1, args + 4) ?? NONE;
  });
}
/** Whether the optional argument number `i` is given and true. */
function flag(vm: Vm, i: number, nArgs: number, args: Addr): boolean {
  return nArgs > i && isTrue(vm, vm.i32[(args >> 2) + i] as number);
}

/** The coordinates in a buffer of ints, in pairs. */
function coordinates(vm: Vm, o: Obj): number[] {
  getBuffer(vm, o, BUFFER_READ);
  const { addr, len, typecode } = vm.buf;
  const pairs = Math.floor(len / (2 * arrayItemSize(vm, typecode)));
  return Array.from({ length: 2 * pairs }, (_, i) => getInt(vm, getArrayItem(vm, typecode, addr, i)));
}

const METHODS: Readonly<Record<string, RomValue>> = {
  fill: fun2((vm, self, colour) => {
    const s = surfaceOf(vm, self);
    fillArea(s, 0, 0, s.width, s.height, getInt(vm, colour));
    vm.charge(1 + ((s.width * s.height) >> 5));
    return NONE;
  }),
  fill_rect: method(5, 5, (vm, s, [x, y, w, h, c]) => {
    fillRect(vm, s, x as number, y as number, w as number, h as number, c as number);
    return undefined;
  }),
  pixel: method(2, 3, (vm, s, [x, y], nArgs, args) => {
    const [px, py] = [x as number, y as number];
    if (px < 0 || px >= s.width || py < 0 || py >= s.height) return undefined;
    if (nArgs === 2) return newSmallInt(getPixel(s, px, py));
    plot(s, px, py, getInt(vm, vm.i32[(args >> 2) + 2] as number));
    return undefined;
  }),
  hline: method(4, 4, (vm, s, [x, y, w, c]) => {
    fillRect(vm, s, x as number, y as number, w as number, 1, c as number);
    return undefined;
  }),
  vline: method(4, 4, (vm, s, [x, y, h, c]) => {
    fillRect(vm, s, x as number, y as number, 1, h as number, c as number);
    return undefined;
  }),
  rect: method(5, 6, (vm, s, [x, y, w, h, c], nArgs, args) => {
    const draw = flag(vm, 5, nArgs, args) ? fillRect : outlineRect;
    draw(vm, s, x as number, y as number, w as number, h as number, c as number);
    return undefined;
  }),
  line: method(5, 5, (vm, s, [x1, y1, x2, y2, c]) => {
    line(vm, s, x1 as number, y1 as number, x2 as number, y2 as number, c as number);
    return undefined;
  }),
  ellipse: method(5, 7, (vm, s, [cx, cy, rx, ry, c], nArgs, args) => {
    const fill = flag(vm, 5, nArgs, args) ? ELLIPSE_FILL : 0;
    const quadrants = nArgs > 6 ? getInt(vm, vm.i32[(args >> 2) + 6] as number) & ELLIPSE_ALL : ELLIPSE_ALL;
    ellipse(vm, s, cx as number, cy as number, rx as number, ry as number, c as number, fill | quadrants);
    return undefined;
  }),
  poly: funVar(5, 6, (vm, nArgs, _nKw, args) => {
    const a = args >> 2;
    const x = getInt(vm, vm.i32[a + 1] as number);
    const y = getInt(vm, vm.i32[a + 2] as number);
    const points = coordinates(vm, vm.i32[a + 3] as number);
    if (points.length === 0) return NONE;
    const colour = getInt(vm, vm.i32[a + 4] as number);
    const draw = flag(vm, 5, nArgs, args) ? fillPoly : outlinePoly;
    draw(vm, surfaceOf(vm, vm.i32[a] as number), x, y, points, colour);
    return NONE;
  }),
  blit: funVar(4, 6, (vm, nArgs, _nKw, args) => {
    const a = args >> 2;
    const source = readable(vm, vm.i32[a + 1] as number);
    const x = getInt(vm, vm.i32[a + 2] as number);
    const y = getInt(vm, vm.i32[a + 3] as number);
    const key = nArgs > 4 ? getInt(vm, vm.i32[a + 4] as number) : -1;
    const palette = nArgs > 5 ? (vm.i32[a + 5] as number) : NONE;
    const colours = palette === NONE ? undefined : readable(vm, palette);
    blit(vm, surfaceOf(vm, vm.i32[a] as number), source, x, y, key, colours);
    return NONE;
  }),
  scroll: fun3((vm, self, dx, dy) => {
    scroll(vm, surfaceOf(vm, self), getInt(vm, dx), getInt(vm, dy));
    return NONE;
  }),
  text: funVar(4, 5, (vm, nArgs, _nKw, args) => {
    const a = args >> 2;
    const bytes = strBytes(vm, vm.i32[a + 1] as number);
    const x = getInt(vm, vm.i32[a + 2] as number);
    const y = getInt(vm, vm.i32[a + 3] as number);
    const colour = nArgs > 4 ? getInt(vm, vm.i32[a + 4] as number) : 1;
    text(vm, surfaceOf(vm, vm.i32[a] as number), bytes, x, y, colour);
    return NONE;
  }),
};

export const frameBufferType: TypeDef = defineType({
  name: 'FrameBuffer',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 4, 5, false);
    return makeFrameBuffer(vm, nArgs, args);
  },
  buffer: (vm, o, flags) => getBufferMaybe(vm, vm.i32[(o >> 2) + 1] as number, flags),
  locals: METHODS,
});

export const framebufModule: ModuleDef = defineModule({
  name: 'framebuf',
  globals: {
    FrameBuffer: frameBufferType,
    FrameBuffer1: funVar(3, 4, (vm, nArgs, _nKw, args) => {
      const a = args >> 2;
      const tuple = vm.newTuple(5, 0) >> 2;
      for (let i = 0; i < 3; i++) vm.i32[tuple + 2 + i] = vm.i32[a + i] as number;
      vm.i32[tuple + 5] = newSmallInt(FORMAT.MONO_VLSB);
      vm.i32[tuple + 6] = vm.i32[a + (nArgs >= 4 ? 3 : 1)] as number;
      return makeFrameBuffer(vm, 5, (tuple << 2) + 8);
    }),
    MVLSB: FORMAT.MONO_VLSB,
    ...FORMAT,
  },
});
