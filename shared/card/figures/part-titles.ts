import type { PartName } from './figure.ts';

/** What each part of a card answers. */
export const PART_TITLES: Readonly<Record<PartName, string>> = {
  standing: 'May the judge stand in for a rater?',
  agreement: 'Agreement with people',
  policies: 'Under other policies',
  people: 'People with each other',
  orders: 'Self-consistency',
  bias: 'Biases',
  slices: 'By slice',
  splits: 'By split',
  systems: 'By pair of systems',
  length: 'By difference in length',
  confidence: 'Confidence',
  decision: 'From agreement to decisions',
  ranking: 'Ranking of systems',
  judges: 'Judges beside each other',
};
