import { fillText } from '../errors/messages.ts';
import { countText } from './number-texts.ts';

/** Names a text of a catalogue, through the groups that it stands in. */
export type WordKey<Words> = {
  [Name in keyof Words & string]: Words[Name] extends string ? Name : `${Name}.${WordKey<Words[Name]>}`;
}[keyof Words & string];

/** How a report is said in one language. */
export interface Tongue<Words> {
  say(key: WordKey<Words>, values?: Readonly<Record<string, string>>): string;
  /** A number as the language writes it. */
  number(value: number): string;
}

interface Texts {
  readonly [name: string]: string | Texts;
}

/** Says a report by an English catalogue. */
export function englishTongue<Words extends Texts>(words: Words): Tongue<Words> {
  return {
    say: (key, values = {}) => {
      let found: string | Texts | undefined = words;
      for (const name of key.split('.')) found = typeof found === 'object' ? found[name] : undefined;
      return fillText(typeof found === 'string' ? found : key, values, String);
    },
    number: countText,
  };
}
