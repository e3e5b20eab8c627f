/** Bytes of a str or buffer as characters, one a byte: how names and keys of networks are kept. */
import { BUFFER_READ, getBuffer, type Obj, type Vm } from '@tsmp/vm';
import { latin1Text } from '../bytes.js';

/** Raises TypeError for what has no buffer. */
export function bufferText(vm: Vm, o: Obj): string {
  getBuffer(vm, o, BUFFER_READ);
  return latin1Text(vm.u8.subarray(vm.buf.addr, vm.buf.addr + vm.buf.len));
}
