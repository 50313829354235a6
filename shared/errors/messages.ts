/** A failure as a key with its values, and the text they make. */
import { ENGLISH } from './english.ts';

type Rooms = typeof ENGLISH;
type KeyOf<Catalogue> = {
  [Room in keyof Catalogue & string]: `${Room}.${keyof Catalogue[Room] & string}`;
}[keyof Catalogue & string];

/** Names what is said of a failure: a room of the catalogue and a text there. */
export type ErrorKey = KeyOf<Rooms>;

type TextOf<Key extends ErrorKey> = Key extends `${infer Room extends keyof Rooms & string}.${infer Name}`
  ? Name extends keyof Rooms[Room]
    ? Rooms[Room][Name]
    : never
  : never;
type SlotsOf<Text> = Text extends `${string}{{${infer Slot}}}${infer Rest}` ? Slot | SlotsOf<Rest> : never;

/** What a text has to be given: data by name, and messages where its braces say so. */
type ValuesOf<Key extends ErrorKey> = {
  readonly [Slot in SlotsOf<TextOf<Key>> as Slot extends `>${infer Name}`
    ? Name
    : Slot]: Slot extends `>${string}` ? ErrorMessage : string | number;
};
type MessageOf<Key extends ErrorKey> =
  SlotsOf<TextOf<Key>> extends never
    ? { readonly key: Key; readonly values?: never }
    : { readonly key: Key; readonly values: ValuesOf<Key> };

/** A key with all of its values, and no others. */
export type ErrorMessage = { readonly [Key in ErrorKey]: MessageOf<Key> }[ErrorKey];

/** A value as it travels: data, never markup, or another message. */
export type ErrorValue = string | number | { readonly key: string; readonly values?: ErrorValues };
export interface ErrorValues {
  readonly [name: string]: ErrorValue;
}

/** The English text of a message. */
export function messageText(message: ErrorMessage): string {
  const [room, name] = partsOf(message.key);
  const texts = ENGLISH[room as keyof Rooms] as Readonly<Record<string, string>>;
  return fillText(texts[name] ?? message.key, message.values ?? {}, (value) =>
    typeof value === 'object' ? messageText(value as ErrorMessage) : String(value),
  );
}

/** Room and name of a key. */
export function partsOf(key: string): readonly [room: string, name: string] {
  const at = key.indexOf('.');
  return [key.slice(0, at), key.slice(at + 1)];
}

const SLOT = /\{\{>?(\w+)\}\}/gu;

/** A text with its values in their places. What a value says is never read as a place. */
export function fillText(
  text: string,
  values: ErrorValues,
  valueText: (value: ErrorValue) => string,
): string {
  return text.replace(SLOT, (slot, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? slot : valueText(value);
  });
}

/** A message whose texts, and those of messages in it, were changed. */
export function withTexts(message: ErrorMessage, change: (text: string) => string): ErrorMessage {
  if (message.values === undefined) return message;
  const values = Object.entries<ErrorValue>(message.values).map(([name, value]) => [
    name,
    typeof value === 'string'
      ? change(value)
      : typeof value === 'number'
        ? value
        : withTexts(value as ErrorMessage, change),
  ]);
  return { key: message.key, values: Object.fromEntries(values) } as ErrorMessage;
}
