/** `tsmp disasm`: the bytecode of a program or `.mpy` file, as text or JSON. */
import type { Command } from 'commander';
import { compile, CompileError } from '@tsmp/compiler';
import { disassemble, formatListing, MpyFormatError, readMpy } from '@tsmp/mpy-format';
import { print } from '../output.js';
import { UserError } from '../errors.js';
import { isMpy, parseCount, readProgram } from '../program-file.js';

export function addDisasm(program: Command): void {
  program
    .command('disasm')
    .argument('<file>', 'Python source or .mpy file')
    .option('--json', 'print JSON')
    .option('-O, --optimize [level]', 'optimisation level for source: 0 to 3')
    .description('list the bytecode of a program')
    .addHelpText('after', '\nExamples:\n  tsmp disasm app.mpy\n  tsmp disasm -O3 --json app.py')
    .action((file: string, flags: { json?: boolean; optimize?: string | boolean }) => {
      const bytes = readProgram(file);
      const level =
        flags.optimize === undefined
          ? 0
          : flags.optimize === true
            ? 1
            : Math.min(3, parseCount(String(flags.optimize), '-O', 0));
      try {
        const module = isMpy(bytes)
          ? readMpy(bytes).module
          : compile(bytes, { fileName: file, optLevel: level as 0 | 1 | 2 | 3 });
        const listing = disassemble(module);
        print(flags.json === true ? `${JSON.stringify(listing, null, 2)}\n` : `${formatListing(listing)}\n`);
      } catch (e) {
        if (e instanceof MpyFormatError) throw new UserError(`${file}: ${e.message}`, 1);
        if (e instanceof CompileError) {
          process.stderr.write(`${e.format()}\n`);
          process.exitCode = 1;
          return;
        }
        throw e;
      }
    });
}
