/** The attributes of `sys` that are roots of the board. */
import { Root } from '../layout.js';
import { Q } from '../q.js';
import type { Qstr } from '../words.js';

/** The root that is `sys`'s attribute `name`; −1: it is none. */
export function sysRoot(name: Qstr): Root | -1 {
  if (name === Q.path) return Root.SysPath;
  if (name === Q.modules) return Root.LoadedModules;
  if (name === Q.argv) return Root.SysArgv;
  if (name === Q.ps1) return Root.Ps1;
  if (name === Q.ps2) return Root.Ps2;
  return name === Q.tracebacklimit ? Root.TracebackLimit : -1;
}
