import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';

export const command: CliCommand<object, ReplyOf<'studies.addSample'>> = {
  spec: { about: 'add the synthetic sample study', store: { mayBeMade: true } },
  run: (client) => client.follow('studies.addSample', {}),
  text: (study) => `“${study.name}” is in the store: ${study.pairs} pairs.`,
};
