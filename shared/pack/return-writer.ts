import { canonicalJson } from '../json/canonical-json.ts';
import { textSha256 } from '../json/content-hash.ts';
import { CHAIN_START, chainHash } from './return-chain.ts';
import { type ReturnEnd, type ReturnHeader, ROWS_PER_SEAL, type Seal } from './return-rows.ts';
import type { Signer } from './signing.ts';

/** What is signed of a header: nothing; it is bound by the first seal. Of a seal and of the end: all but the signature. */
export function signedText(line: Omit<Seal, 'signature'> | Omit<ReturnEnd, 'signature'>): string {
  return `touchreturn 1\n${canonicalJson(line)}`;
}

/**
 * The lines of a return: header, rows with a seal after every {@link ROWS_PER_SEAL} of them, and an end. The same rows make
 * the same lines again, so that a later return begins with those of an earlier one up to its last full seal.
 *
 * @param rows the lines of the log in order, as they were kept
 */
export function* returnLines(
  header: ReturnHeader,
  rows: Iterable<string>,
  { isComplete, madeAt }: Pick<ReturnEnd, 'isComplete' | 'madeAt'>,
  signer: Signer,
): Generator<string> {
  const first = canonicalJson(header);
  yield first;
  let before = textSha256(first);
  let chain = CHAIN_START;
  let count = 0;
  let open: string[] = [];
  const seal = () => {
    const unsigned = { type: 'seal' as const, from: count - open.length + 1, rows: open, chain, before };
    const line = canonicalJson({ ...unsigned, signature: signer.sign(signedText(unsigned)) });
    before = textSha256(line);
    open = [];
    return line;
  };
  for (const row of rows) {
    yield row;
    const hash = textSha256(row);
    chain = chainHash(chain, hash);
    open.push(hash);
    count++;
    if (open.length === ROWS_PER_SEAL) yield seal();
  }
  if (open.length > 0) yield seal();
  const unsigned = { type: 'end' as const, rows: count, isComplete, madeAt, before };
  yield canonicalJson({ ...unsigned, signature: signer.sign(signedText(unsigned)) });
}
