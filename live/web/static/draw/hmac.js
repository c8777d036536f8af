/** HMAC-SHA-256 (RFC 2104). Pure. */
import { BLOCK_BYTES, begin, finish, sha256 } from "./sha256.js";

/** A function from a message to its HMAC under a key, both bytes; what depends on the key alone is done once. */
export function hmacOf(key) {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const inner = begin(block.map((byte) => byte ^ 0x36));
  const outer = begin(block.map((byte) => byte ^ 0x5c));
  return (message) => finish(outer, BLOCK_BYTES, finish(inner, BLOCK_BYTES, message));
}
