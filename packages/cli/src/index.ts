/**
 * The runtime entry of @tsmp: boards composed from the packages.
 * @packageDocumentation
 */
export { Board, type BoardOptions, type BoardState, createBoard, profileOf, romImage } from './board.js';
export { boardCompile } from './compile.js';
