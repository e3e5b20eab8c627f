export { bundle } from './bundle.js';
export { conformancePrograms, type CorpusProgram, corpusPrograms, expectedOutput, filesOf } from './corpus.js';
export { compareSeeds, describeDifference, type Difference } from './differential.js';
export { type Random, seededRandom, seedOf } from './random.js';
export { type ReferenceOptions, type ReferenceResult, runReference } from './reference.js';
