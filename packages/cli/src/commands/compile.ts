/** `tsmp compile`: Python source to `.mpy`, as mpy-cross does it. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { compile, CompileError } from '@tsmp/compiler';
import { LexError } from '@tsmp/lexer';
import { writeMpy } from '@tsmp/mpy-format';
import { writeAll } from '../driver.js';
import { UserError } from '../errors.js';
import { parseCount, readProgram } from '../program-file.js';

export function addCompile(program: Command): void {
  program
    .command('compile')
    .alias('mpy-cross')
    .argument('<file>', "Python source, or '-' for standard input")
    .option('-o, --output <file>', "where to write; '-' for standard output; default: the file's name with .mpy")
    .option('-s, --source-name <name>', 'source file name in the .mpy file; default: the file')
    .option('-O, --optimize [level]', 'optimisation level: 0 to 3')
    .option('--small-int-bits <n>', 'bits of a small int on the target', '31')
    .description('compile a program to a .mpy file, byte for byte as mpy-cross does')
    .addHelpText('after', '\nExamples:\n  tsmp compile app.py -o app.mpy\n  tsmp compile -O3 -s app.py - < app.py')
    .action(
      (
        file: string,
        flags: { output?: string; sourceName?: string; optimize?: string | boolean; smallIntBits: string },
      ) => {
        const source = file === '-' ? readFileSync(0) : readProgram(file);
        const level =
          flags.optimize === undefined
            ? 0
            : flags.optimize === true
              ? 1
              : Math.min(3, parseCount(String(flags.optimize), '-O', 0));
        const smallIntBits = parseCount(flags.smallIntBits, '--small-int-bits', 2);
        const fileName = flags.sourceName ?? (file === '-' ? '<stdin>' : file);
        let bytes: Uint8Array;
        try {
          const module = compile(source, { fileName, optLevel: level as 0 | 1 | 2 | 3, smallIntBits });
          bytes = writeMpy(module, { smallIntBits });
        } catch (e) {
          if (e instanceof CompileError) {
            process.stderr.write(`${e.format()}\n`);
            process.exitCode = 1;
            return;
          }
          if (e instanceof LexError) throw new UserError(`${fileName}: ${e.exception}: ${e.message}`, 1);
          throw e;
        }
        const out = flags.output ?? (file === '-' ? '-' : `${file.replace(/\.py$/, '')}.mpy`);
        if (out === '-') writeAll(1, bytes);
        else {
          try {
            writeFileSync(out, bytes);
          } catch (e) {
            throw new UserError(`can't write '${out}': ${(e as Error).message}`);
          }
        }
      },
    );
}
