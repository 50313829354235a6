/** What holds in a card where nobody chose. Apart from the schema, which the page does not load: it compiles code, and the page may not. */

export const DEFAULT_LEVEL = 0.95;

export const DEFAULT_POLICIES = {
  ties: 'separate',
  bothBad: 'separate',
  unparsed: 'drop',
  inconsistent: 'class',
  consensus: 'majority',
  adjudicated: 'where_split',
  orders: 'agree',
} as const;
