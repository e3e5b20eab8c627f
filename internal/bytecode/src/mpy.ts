/** What `.mpy` files are made of, for those who read them. Counterpart: py/persistentcode.h. */

/** The type bytes of constants. Counterpart: MP_PERSISTENT_OBJ_…. */
export const enum ObjType {
  FunTable = 0,
  None = 1,
  False = 2,
  True = 3,
  Ellipsis = 4,
  Str = 5,
  Bytes = 6,
  Int = 7,
  Float = 8,
  Complex = 9,
  Tuple = 10,
}

/** In the third byte of a file's header: architecture flags follow the header. */
export const enum HeaderFlag {
  ArchFlags = 0x40,
}
