import { BACKSLASH, QUOTE } from './json-bytes.ts';

/**
 * Finds where JSON texts end, in chunks of bytes. It leaps from quote to quote instead of looking at every byte: model output
 * is mostly texts.
 */
export class QuotedText {
  #chunk: Buffer | undefined;
  /** Where the next of each stands from where was last looked; the length of the chunk where there is none. */
  #quote = 0;
  #backslash = 0;
  #isEscaped = false;

  /** The quote that ends the text in which `from` stands; -1 where the text goes on in the next chunk. */
  endIn(chunk: Buffer, from: number): number {
    if (this.#chunk !== chunk) {
      this.#chunk = chunk;
      this.#quote = -1;
      this.#backslash = -1;
    }
    let at = this.#isEscaped ? from + 1 : from;
    this.#isEscaped = false;
    for (;;) {
      if (this.#quote < at) this.#quote = next(chunk, QUOTE, at);
      if (this.#backslash < at) this.#backslash = next(chunk, BACKSLASH, at);
      if (this.#quote < this.#backslash) return this.#quote;
      if (this.#backslash === chunk.length) return -1;
      at = this.#backslash + 2;
      if (at > chunk.length) {
        this.#isEscaped = true;
        return -1;
      }
    }
  }
}

function next(chunk: Buffer, byte: number, from: number): number {
  const found = from >= chunk.length ? -1 : chunk.indexOf(byte, from);
  return found === -1 ? chunk.length : found;
}
