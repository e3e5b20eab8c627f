#!/usr/bin/env node
/** The `tsmp` command. */
import { Command } from 'commander';
import { addCompile } from './commands/compile.js';
import { addDisasm } from './commands/disasm.js';
import { addFreeze } from './commands/freeze.js';
import { addInspect } from './commands/inspect.js';
import { micropython } from './commands/micropython.js';
import { mpyCross } from './commands/mpy-cross.js';
import { addRemote } from './commands/remote.js';
import { addHeap } from './commands/heap.js';
import { addRepl } from './commands/repl.js';
import { addRun } from './commands/run.js';
import { addServe } from './commands/serve.js';
import { print } from './output.js';
import { UserError } from './errors.js';
import { VERSION } from './version.js';

async function main(argv: readonly string[]): Promise<void> {
  if (argv[0] === 'micropython') {
    process.exitCode = await micropython(argv.slice(1));
    return;
  }
  if (argv[0] === 'compile' || argv[0] === 'mpy-cross') {
    process.exitCode = mpyCross(argv.slice(1));
    return;
  }
  const program = new Command('tsmp')
    .description('MicroPython without a board: run, compile and look into programs on a simulated microcontroller')
    .version(VERSION)
    .enablePositionalOptions()
    .exitOverride((e) => {
      throw e.exitCode === 0 ? e : new UserError(e.message.replace(/^error: /, '').replaceAll('\n', ' '));
    })
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .addHelpText(
      'after',
      "\nExamples:\n  tsmp run examples/blink.py\n  tsmp repl\n  tsmp compile app.py -o app.mpy\n\ntsmp micropython takes the command line of MicroPython's unix port.",
    );
  addRun(program);
  addHeap(program);
  addRepl(program);
  addServe(program);
  addRemote(program);
  addCompile(program);
  addDisasm(program);
  addInspect(program);
  addFreeze(program);
  program
    .command('micropython')
    .description("the unix port's command line: -c, -m, -i, -O, -X heapsize=, a file or standard input");
  for (const c of program.commands) c.copyInheritedSettings(program);
  if (argv.length === 0) {
    program.outputHelp();
    return;
  }
  await program.parseAsync(argv, { from: 'user' });
}

main(process.argv.slice(2)).catch((e: unknown) => {
  if (e instanceof UserError) {
    process.stderr.write(`tsmp: ${e.message}\n`);
    process.exitCode = e.status;
  } else if (!(e instanceof Error && 'code' in e && String(e.code).startsWith('commander.'))) {
    process.stderr.write(`tsmp: internal error: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}\n`);
    process.exitCode = 70;
  }
});
