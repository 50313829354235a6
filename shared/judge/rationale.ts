/** Whether a reply argues for one output and then chooses the other. A hint for review: it changes no verdict. */
import type { ShownVerdict } from './reply-grammar.ts';

const WHICH =
  "(?:the\\s{1,3})?(?:output|response|assistant|answer|option|model|candidate)?\\s{0,3}[“\"'(*_]*\\b([AB])\\b[”\"')*_]*(?:’s|'s)?(?:\\s{1,3}(?:output|response|answer))?";
const HOW = '(?:clearly |slightly |much |far |significantly |marginally |overall |also |therefore |thus )*';
const BETTER =
  '(?:the )?(?:better|best|superior|stronger|preferable|preferred|more (?:accurate|helpful|correct|complete|useful|detailed|relevant))';
const CLAIM = new RegExp(
  `${WHICH}\\s{1,3}(?:is|was|seems|appears(?: to be)?|provides|gives|offers|has)\\s{1,3}${HOW}(?:a |an )?${HOW}${BETTER}`,
  'gu',
);
const PREFERS =
  /\bI (?:would |do |clearly )?(?:prefer|choose|favou?r|pick)\s{1,3}(?:the\s{1,3})?(?:output|response|assistant|answer|option|model|candidate)?\s{0,3}["“'(*_]*\b([AB])\b/gu;

/** Looks at the last claim of the reply that one output is the better one. Long replies are read from their end. */
export function contradictsRationale(reply: string, choice: ShownVerdict['choice']): boolean {
  if (choice !== 'A' && choice !== 'B') return false;
  const text = reply.slice(-8000);
  const claims = [...text.matchAll(CLAIM), ...text.matchAll(PREFERS)].sort(
    (one, two) => one.index - two.index,
  );
  const claimed = claims.at(-1)?.[1];
  return claimed !== undefined && claimed !== choice;
}
