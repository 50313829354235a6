import { decideCommand } from './decide.ts';

export const command = decideCommand(
  'pairs.leaveOut',
  'leave pairs, by id or number, out of the work, every figure and every export; nothing is deleted',
  'left out.',
);
