/**
 * Names and constants as Python would write them, for listings.
 */
import type { Constant } from './code.js';
import { formatComplex, formatFloat } from './float-text.js';

function escapeCode(code: number): string {
  if (code === 0x0a) return '\\n';
  if (code === 0x0d) return '\\r';
  if (code === 0x09) return '\\t';
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function quoted(text: string, prefix: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = prefix + quote;
  for (const c of text) {
    const code = c.codePointAt(0) as number;
    if (c === quote || c === '\\') out += `\\${c}`;
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff))
      out += escapeCode(code);
    else out += c;
  }
  return out + quote;
}

/** A string as a Python literal. Bytes that are no UTF-8, lone surrogates here, show as `\udc80` to `\udcff`. */
export function stringLiteral(text: string): string {
  return quoted(text, '');
}

function bytesLiteral(data: Uint8Array): string {
  let text = '';
  for (const b of data) text += String.fromCharCode(b);
  return quoted(text, 'b').replace(/[\xa0-\xff]/g, (c) => escapeCode(c.charCodeAt(0)));
}

/** A constant as Python source. */
export function constantText(constant: Constant): string {
  switch (constant.kind) {
    case 'str':
      return stringLiteral(constant.value);
    case 'bytes':
      return bytesLiteral(constant.value);
    case 'int':
      return constant.value.toString();
    case 'float':
      return constant.text ?? formatFloat(constant.value);
    case 'complex':
      return constant.text ?? formatComplex(constant.real, constant.imag);
    case 'tuple': {
      const items = constant.items.map(constantText);
      return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
    }
    case 'none':
      return 'None';
    case 'false':
      return 'False';
    case 'true':
      return 'True';
    case 'ellipsis':
      return '...';
    case 'fun-table':
      return '<function table>';
  }
}
