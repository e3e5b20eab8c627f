export { type ReferenceOptions, type ReferenceResult, runReference } from './reference.js';
