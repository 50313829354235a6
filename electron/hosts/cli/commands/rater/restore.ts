import { decideCommand } from './decide.ts';

export const command = decideCommand(
  { about: 'exclusion', isOn: false },
  'count an excluded rater’s votes again',
  'The votes count again.',
);
