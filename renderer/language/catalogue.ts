import type { en } from './en.ts';

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type BaseOf<Key extends string> = Key extends `${infer Base}_${Plural}` ? `${Base}_${Plural}` : never;

/** The texts of one language: every text of the English one, and the plural forms the language has beyond English. */
export type CatalogueOf<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : CatalogueOf<Texts[Key]>;
} & { readonly [Key in Extract<keyof Texts, string> as BaseOf<Key>]?: string };

export type Catalogue = CatalogueOf<typeof en>;
