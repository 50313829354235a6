import { decideCommand } from './decide.ts';

export const command = decideCommand(
  'pairs.takeBack',
  'take pairs back in that were left out',
  'counted again.',
);
