/** A mistake of the person at the terminal: one line on stderr, exit status 2 (or as given). */
export class UserError extends Error {
  constructor(
    message: string,
    readonly status = 2,
  ) {
    super(message);
  }
}
