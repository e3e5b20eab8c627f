/** Files of a board, by code that its raw REPL runs. */
import { readFileSync, readdirSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../errors.js';
import type { BoardClient } from './client.js';

/** Bytes of a file that one piece of code carries. */
const PIECE = 512;

/** An entry of a board's directory. */
export interface BoardEntry {
  readonly name: string;
  readonly folder: boolean;
  readonly size: number;
}

/** A Python string literal. */
export function pyText(text: string): string {
  // JSON's escapes are Python's
  return JSON.stringify(text);
}
function pyBytes(bytes: Uint8Array): string {
  return `b"${Array.from(bytes, (b) => (b >= 32 && b < 127 && b !== 34 && b !== 92 ? String.fromCharCode(b) : `\\x${b.toString(16).padStart(2, '0')}`)).join('')}"`;
}

/** The entries of a directory. */
export async function listBoard(client: BoardClient, path: string): Promise<BoardEntry[]> {
  const out = await client.exec(
    `import os\nfor e in os.ilistdir(${path === '' ? '' : pyText(path)}):\n print(e[1] & 0x4000, e[3] if len(e) > 3 else 0, e[0])`,
  );
  return new TextDecoder()
    .decode(out)
    .split('\r\n')
    .filter((l) => l !== '')
    .map((l) => {
      const m = /^(\d+) (\d+) (.*)$/.exec(l);
      if (m === null) throw new UserError(`the board lists '${l}'`, 1);
      return { folder: m[1] !== '0', size: Number(m[2]), name: m[3] as string };
    });
}

/** The bytes of a file. */
export async function readBoard(client: BoardClient, path: string): Promise<Uint8Array> {
  const code = `import sys, binascii\nwith open(${pyText(path)}, 'rb') as f:\n while True:\n  b = f.read(${PIECE})\n  if not b:\n   break\n  sys.stdout.buffer.write(binascii.hexlify(b))`;
  return Uint8Array.from(Buffer.from(new TextDecoder().decode(await client.exec(code)), 'hex'));
}

/** Writes a file. */
export async function writeBoard(client: BoardClient, path: string, bytes: Uint8Array): Promise<void> {
  await client.exec(`_f = open(${pyText(path)}, 'wb')\n_w = _f.write`);
  try {
    for (let at = 0; at < bytes.length; at += PIECE)
      await client.exec(`_w(${pyBytes(bytes.subarray(at, at + PIECE))})`);
  } finally {
    await client.exec('_f.close()\ndel _f, _w');
  }
}

async function isBoardFolder(client: BoardClient, path: string): Promise<boolean> {
  const out = await client.exec(
    `import os\ntry:\n print(os.stat(${pyText(path)})[0] & 0x4000)\nexcept OSError:\n print(0)`,
  );
  return new TextDecoder().decode(out).trim() !== '0';
}

/** Removes files; with `recursive` folders too. */
export async function removeBoard(client: BoardClient, path: string, recursive: boolean): Promise<void> {
  if (recursive && (await isBoardFolder(client, path))) {
    for (const e of await listBoard(client, path))
      await removeBoard(client, `${path.replace(/\/$/, '')}/${e.name}`, true);
    if (path !== '/') await client.exec(`import os\nos.rmdir(${pyText(path)})`);
  } else await client.exec(`import os\nos.remove(${pyText(path)})`);
}

/** Copies one file or, with `recursive`, a folder. A path that begins with a colon is the board's. */
export async function copy(client: BoardClient, from: string, to: string, recursive: boolean): Promise<void> {
  const target = to.replace(/^:/, '');
  const name = basename(from.replace(/^:/, ''));
  if (to.startsWith(':')) {
    const into = target === '' || target.endsWith('/') || (await isBoardFolder(client, target));
    const dest = into ? `${target}${target === '' || target.endsWith('/') ? '' : '/'}${name}` : target;
    if (from.startsWith(':')) return writeBoard(client, dest, await readBoard(client, from.slice(1)));
    if (statSync(from, { throwIfNoEntry: false }) === undefined) throw new UserError(`no such file: '${from}'`);
    return toBoard(client, from, dest, recursive);
  }
  if (!from.startsWith(':')) throw new UserError("cp: one of the paths must be the board's, with a colon before it");
  const into = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  return fromBoard(client, from.slice(1), into ? join(target, name) : target, recursive);
}

async function toBoard(client: BoardClient, from: string, to: string, recursive: boolean): Promise<void> {
  if (!statSync(from).isDirectory()) return writeBoard(client, to, readFileSync(from));
  if (!recursive) throw new UserError(`cp: '${from}' is a directory: give -r`);
  if (!(await isBoardFolder(client, to))) await client.exec(`import os\nos.mkdir(${pyText(to)})`);
  for (const name of readdirSync(from).sort()) await toBoard(client, join(from, name), `${to}/${name}`, true);
}
async function fromBoard(client: BoardClient, from: string, to: string, recursive: boolean): Promise<void> {
  if (!(await isBoardFolder(client, from))) return writeFileSync(to, await readBoard(client, from));
  if (!recursive) throw new UserError(`cp: ':${from}' is a directory: give -r`);
  mkdirSync(to, { recursive: true });
  for (const e of await listBoard(client, from)) await fromBoard(client, `${from}/${e.name}`, join(to, e.name), true);
}
