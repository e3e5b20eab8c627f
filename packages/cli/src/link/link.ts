/** Where a served board's console goes: a place that clients connect to. */

/** What a link gives the board. */
export interface LinkHost {
  /** Bytes from a client. */
  onData(bytes: Uint8Array): void;
}

/** A place that clients connect to. */
export interface Link {
  /** What a client connects to: a tty's path, or a URL. */
  readonly name: string;
  /** Sends bytes to whoever listens. They are copied. */
  write(bytes: Uint8Array): void;
  /** Resolves when there is room for more; undefined: there is. */
  drained(): Promise<void> | undefined;
  /** Stops or goes on reading. */
  pause(paused: boolean): void;
  close(): void;
}
