/** The part of an image that has `deflate`. */
export { deflatePart as part } from '../mod/deflate.js';
