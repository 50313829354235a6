/** Finds words in what a pair shows, and marks them. */
import { rangeOf, visibleText } from './visible-text.ts';

const ALL = 'found';
const CURRENT = 'found-current';
const MOST = 1000;
/** In UTF-16 code units of one text; as much as can be looked through between two keys. */
const LONGEST_SEARCHED = 2_000_000;

/** Every place of the words in task and panes, in reading order; upper and lower case are alike. */
export function findInPair(words: string): Range[] {
  const wanted = words.toLowerCase();
  if (wanted.trim() === '') return [];
  const places = document.querySelectorAll(
    '.pair[data-presentation=shown] .task, .pair[data-presentation=shown] .pane',
  );
  const found: Range[] = [];
  for (const place of places) {
    const text = visibleText(place);
    const whole = text.text.slice(0, LONGEST_SEARCHED);
    const folded = whole.toLowerCase();
    // Where folding changes the length, places would no longer fit.
    const searched = folded.length === whole.length ? folded : whole;
    for (
      let at = searched.indexOf(wanted);
      at >= 0 && found.length < MOST;
      at = searched.indexOf(wanted, at + 1)
    ) {
      const range = rangeOf(text, at, at + wanted.length);
      if (range !== null) found.push(range);
    }
  }
  return found;
}

/** Marks what was found and brings one of it into view; nothing found clears the marks. */
export function showFound(found: readonly Range[], current: number): void {
  if (!('highlights' in CSS)) return;
  const here = found[current];
  if (here === undefined) {
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(CURRENT);
    return;
  }
  CSS.highlights.set(ALL, new Highlight(...found));
  CSS.highlights.set(CURRENT, new Highlight(here));
  here.startContainer.parentElement?.scrollIntoView({ block: 'center' });
}
