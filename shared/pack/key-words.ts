import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const WORDS = 6;
const BITS_PER_WORD = 11;

/**
 * A public key as six words that two people can read to each other: the first 66 bits of its SHA-256, eleven for each word
 * of the English list of BIP 39. Whoever wants a key of their own with the same words has to try some 2^66 keys.
 *
 * @param publicKey base64url without padding, as it stands in packs and returns
 */
export function keyWords(publicKey: string): string {
  const digest = sha256(utf8ToBytes(publicKey));
  const words: string[] = [];
  for (let word = 0; word < WORDS; word++) {
    let index = 0;
    for (let bit = word * BITS_PER_WORD; bit < (word + 1) * BITS_PER_WORD; bit++) {
      const byte = digest[bit >> 3] ?? 0;
      index = (index << 1) | ((byte >> (7 - (bit & 7))) & 1);
    }
    words.push(wordlist[index] ?? '');
  }
  return words.join('-');
}
