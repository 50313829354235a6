import { decideCommand } from './decide.ts';

export const command = decideCommand(
  { about: 'pause', isOn: true },
  'give a rater no further pair',
  'No further pair is given.',
);
