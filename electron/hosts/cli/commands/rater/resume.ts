import { decideCommand } from './decide.ts';

export const command = decideCommand(
  { about: 'pause', isOn: false },
  'let a paused rater go on',
  'The work may go on.',
);
