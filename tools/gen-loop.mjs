// Writes packages/vm/src/generated/loop-stepped.ts: the interpreter loop with a bytecode counter at the marked line.
//   node tools/gen-loop.mjs
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dir = fileURLToPath(new URL('../packages/vm/src/', import.meta.url));
const source = readFileSync(`${dir}loop.ts`, 'utf8');
// Those who watch find the running instruction in the frame, behind its opcode.
const step = `i32[fp + (CsOff.Ip >> 2)] = ip + 1;
        if (nesting > 0) vm.stats.nestedBytecodes++;
        else if (vm.steps-- <= 0) {
          i32[fp + (CsOff.Ip >> 2)] = ip;
          i32[fp + (CsOff.Sp >> 2)] = sp << 2;
          // the clock is only moved, and attention given, where the other loop does it
          vm.unsynced = ip - start || -1;
          return LoopExit.Budget;
        }
        vm.stats.bytecodes++;`;
if (!source.includes('/* @step */')) throw new Error('loop.ts has no @step mark');
const text = source
  .replace(/^[ \t]*\/\/ @jit-begin\n[\s\S]*?\/\/ @jit-end\n/gm, '')
  .replace('/* @step */', step)
  .replace('export function execute(', 'export function executeStepped(')
  .replace(/from '\.\//g, "from '../")
  .replace(
    /^\/\*\*[\s\S]*?\*\/\n/,
    '/** Written by tools/gen-loop.mjs from loop.ts: the same loop, counting bytecodes. */\n',
  );
const output = `${dir}generated/loop-stepped.ts`;
mkdirSync(`${dir}generated`, { recursive: true });
// An unchanged file is left alone, since others may be reading it.
if (!existsSync(output) || readFileSync(output, 'utf8') !== text) writeFileSync(output, text);
