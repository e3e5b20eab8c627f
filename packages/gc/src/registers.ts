/** Where a heap's counters are. */

/** Words of `heap.regs`: in an array, so that code outside JavaScript can count on. */
export const enum Reg {
  LogTop,
  LogBase,
  LastFreeIndex,
  FreedWord,
  LastUsedBlock,
  Gate,
  Limit,
  NoticeAt,
  AllocAmount,
  UsedBlocks,
  LockWord,
  PeakBlocks,
  Collected,
  FreedBlocks,
  MarkedObjects,
  MarkedBlocks,
  AutoCollect,
  StressOn,
  FailIn,
  /** Two words: a double. */
  Allocations = 30,
  Count = 32,
}
