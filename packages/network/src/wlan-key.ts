/**
 * The proof that an end of a key exchange knows the network's key.
 *
 * It binds the key to both nonces and the step, so that it has the shape of WPA's message integrity code. It is a plain
 * hash: the air is simulated, and nothing is kept secret on it.
 */

/** A 32-bit digest (FNV-1a, then mixed). */
export function keyProof(key: string, ssid: string, apNonce: number, stationNonce: number, step: number): number {
  let hash = 0x811c9dc5;
  const text = `${key}\n${ssid}\n${apNonce}\n${stationNonce}\n${step}`;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
