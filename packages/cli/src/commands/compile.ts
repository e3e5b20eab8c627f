/** `tsmp compile` in the list of commands; mpy-cross.ts has what it does. */
import type { Command } from 'commander';
import { COMPILE_EXAMPLES, USAGE } from './mpy-cross.js';

export function addCompile(program: Command): void {
  program
    .command('compile')
    .alias('mpy-cross')
    .usage("mpy-cross's options and one file, or - for standard input")
    .helpOption(false)
    .description('compile a program to a .mpy file, byte for byte as mpy-cross does')
    .addHelpText('after', `\n${USAGE}${COMPILE_EXAMPLES}`);
}
