/** Names of rows that more than one place looks up. */
export const ROW = {
  /** The judge against people's label. */
  people: 'people',
  allRaters: 'all raters',
  bothOrders: 'both orders',
  bothRankings: 'both rankings',
  meanOverRaters: 'mean over raters',
  tunedOn: 'pairs it was tuned on',
  injections: 'instructions in an output',
  allScores: 'all scores',
  repeatedSamples: 'repeated samples',
} as const;
