/** `tsmp freeze`: a manifest's modules in a firmware file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { encodeFirmware, MachineUsageError, storageOf } from '@tsmp/machine';
import { VmUsageError } from '@tsmp/vm';
import { profileOf, romImage } from '../board.js';
import { print } from '../output.js';
import { UserError } from '../errors.js';
import { freezeManifest } from '../freeze/freeze.js';
import { ManifestError, type ManifestHost, readManifest } from '../freeze/manifest.js';
import { replaceFile } from '../replace-file.js';

/** The host's files, for manifests. */
const nodeManifestHost: ManifestHost = {
  kind(path) {
    const s = statSync(path, { throwIfNoEntry: false });
    return s === undefined ? undefined : s.isDirectory() ? 'folder' : s.isFile() ? 'file' : undefined;
  },
  list: (path) => readdirSync(path),
  read: (path) => readFileSync(path),
};

interface FreezeFlags {
  readonly output: string;
  readonly board: string;
  readonly var?: readonly string[];
  readonly flash?: string;
  readonly list?: boolean;
}

/** `NAME=value` pairs; values that are paths become absolute. */
function variables(given: readonly string[]): Record<string, string> {
  const vars: Record<string, string> = {};
  for (const v of given) {
    const at = v.indexOf('=');
    if (at < 1) throw new UserError(`--var needs NAME=value, not '${v}'`);
    const value = v.slice(at + 1);
    vars[v.slice(0, at)] = statSync(value, { throwIfNoEntry: false }) === undefined ? value : resolve(value);
  }
  return vars;
}

function readStorage(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (e) {
    throw new UserError(`can't read '${file}': ${(e as Error).message}`);
  }
}

export function addFreeze(program: Command): void {
  program
    .command('freeze')
    .argument('<manifest>', 'a manifest.py, or the folder that one is in')
    .option('-o, --output <file>', 'firmware file to write', 'firmware.uf2')
    .option('--board <name>', 'board profile that the firmware is for', 'pico-w')
    .option('-v, --var <name=value...>', 'what $(NAME) stands for in paths; MPY_LIB_DIR is where require() searches')
    .option('--flash <file>', 'image of a filesystem to put into the firmware')
    .option('--list', 'print each frozen file and its share of the flash')
    .description('freeze the modules of a manifest into a firmware file, to be run with tsmp run --firmware')
    .addHelpText(
      'after',
      `
Examples:
  tsmp freeze manifest.py -o firmware.uf2
  tsmp freeze boards/mine -v MPY_LIB_DIR=../micropython-lib --list
  tsmp run --firmware firmware.uf2 main.py`,
    )
    .action((manifest: string, flags: FreezeFlags) => {
      const path = resolve(manifest);
      if (nodeManifestHost.kind(path) === undefined)
        throw new UserError(`can't open manifest '${manifest}': no such file`);
      try {
        const profile = profileOf({ board: flags.board });
        const entries = readManifest(nodeManifestHost, path, variables(flags.var ?? []));
        const image = freezeManifest(profile, nodeManifestHost, entries);
        const storage = flags.flash === undefined ? undefined : readStorage(flags.flash);
        replaceFile(flags.output, encodeFirmware(profile, { image, storage }));
        if (flags.list === true) for (const e of entries) print(`${e.kind.padEnd(8)} ${e.target}\n`);
        const frozen = image.bytes.length - romImage(profile).bytes.length;
        const room = profile.flashSize - storageOf(profile).size;
        print(
          `${flags.output}: ${entries.length} modules frozen in ${frozen} bytes; ${image.bytes.length} of ${room} bytes of flash used\n`,
        );
      } catch (e) {
        if (e instanceof ManifestError) {
          process.stderr.write(`${e.message}\n`);
          process.exitCode = 1;
        } else if (e instanceof VmUsageError || e instanceof MachineUsageError) throw new UserError(e.message);
        else throw e;
      }
    });
}
