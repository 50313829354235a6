import { decideCommand } from './decide.ts';

export const command = decideCommand(
  { about: 'exclusion', isOn: true },
  'leave a rater’s votes out of every figure; nothing is deleted',
  'The votes are left out of every figure.',
);
