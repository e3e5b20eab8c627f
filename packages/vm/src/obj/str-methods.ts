/**
 * Which methods str, bytes and bytearray have, in the order that dir() shows. Counterpart:
 * array_bytearray_str_bytes_locals_table in py/objstr.c.
 */
import type { RomValue } from '../rom/define.js';
import { bytesDecode, bytesFromhex, bytesHex, strEncode } from './str-codec.js';
import { strFormat } from './str-format.js';
import {
  strCount,
  strEndswith,
  strFind,
  strIndex,
  strLstrip,
  strPartition,
  strReplace,
  strRfind,
  strRindex,
  strRpartition,
  strRstrip,
  strStartswith,
  strStrip,
} from './str-search.js';
import { strJoin, strRsplit, strSplit, strSplitlines } from './str-split.js';
import {
  strCenter,
  strIsalpha,
  strIsdigit,
  strIslower,
  strIsspace,
  strIsupper,
  strLower,
  strUpper,
} from './str-text.js';

/** Answered by functions: the modules that define them may still be loading when the types are declared. */
type Methods = Readonly<Record<string, RomValue>>;

/** What all three have. */
function commonMethods(): Methods {
  return {
    find: strFind,
    rfind: strRfind,
    index: strIndex,
    rindex: strRindex,
    join: strJoin,
    split: strSplit,
    splitlines: strSplitlines,
    rsplit: strRsplit,
    startswith: strStartswith,
    endswith: strEndswith,
    strip: strStrip,
    lstrip: strLstrip,
    rstrip: strRstrip,
    format: strFormat,
    replace: strReplace,
    count: strCount,
    partition: strPartition,
    rpartition: strRpartition,
    center: strCenter,
    lower: strLower,
    upper: strUpper,
    isspace: strIsspace,
    isalpha: strIsalpha,
    isdigit: strIsdigit,
    isupper: strIsupper,
    islower: strIslower,
  };
}
/** Methods of str. */
export function strMethods(): Methods {
  return { ...commonMethods(), encode: strEncode };
}
/** Methods of bytes; those of bytearray after append and extend. */
export function bytesMethods(): Methods {
  return { hex: bytesHex, fromhex: bytesFromhex, decode: bytesDecode, ...commonMethods() };
}
