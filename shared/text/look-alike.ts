/** Names that look the same and are not: in another Unicode form, in capitals, with other blanks. They are told, never merged. */

/** Characters that are not seen: soft hyphen, zero widths, marks of direction and of the beginning of a file. */
const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;

/** What a name looks like: two names that give the same here cannot be told apart by eye, or by ear. */
export function lookOf(name: string): string {
  return name
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
    .normalize('NFC');
}

/** Names that look alike, and by what they differ. */
export interface LookAlike {
  readonly names: readonly string[];
  readonly differBy: string;
}

/** All groups of names that look alike, in the order of their first. */
export function lookAlikes(names: Iterable<string>): LookAlike[] {
  const groups = new Map<string, Set<string>>();
  for (const name of names) {
    const look = lookOf(name);
    const group = groups.get(look);
    if (group === undefined) groups.set(look, new Set([name]));
    else group.add(name);
  }
  return [...groups.values()]
    .filter(({ size }) => size > 1)
    .map((group) => ({ names: [...group], differBy: differenceOf([...group]) }));
}

function differenceOf(names: readonly string[]): string {
  const areOne = (changed: (name: string) => string) => new Set(names.map(changed)).size === 1;
  if (areOne((name) => name.normalize('NFC'))) return 'the Unicode form of a letter';
  if (areOne((name) => name.toLowerCase())) return 'capital letters';
  if (areOne((name) => name.replace(/\s+/gu, ' ').trim())) return 'blanks';
  if (areOne((name) => name.replace(UNSEEN, ''))) return 'characters that cannot be seen';
  return 'how they are written';
}
