/**
 * ROM images made when this package was built, by profile. From source there are none, and images are built on first use; the
 * package's build puts a generated module in place of this one (`tools/gen-rom.mjs`).
 */

/** An image as data; see `RomData` of @tsmp/vm. `bytes` is base64. */
export interface PrebuiltRom {
  readonly bytes: string;
  readonly natives: readonly string[];
  readonly symbols: Readonly<Record<string, number>>;
  readonly protocols: readonly string[];
  readonly qstrCount: number;
  readonly qstrTable: number;
  readonly hiddenStart: number;
  readonly hiddenEnd: number;
}

export const PREBUILT: Readonly<Record<string, PrebuiltRom>> = {};
