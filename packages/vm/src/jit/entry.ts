/** Why the interpreter has to run a frame. */
export const enum Entry {
  /** Its function has no translation. */
  NotTranslated = -1,
  /** The translation cannot be entered where the frame is. */
  NotHere = -2,
}
