import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<object, ReplyOf<'studies.list'>> = {
  spec: { about: 'every study with its counts' },
  run: (client) => client.call('studies.list', {}),
  text: (studies) =>
    studies.length === 0
      ? 'No study yet. Import one, or add the sample study: touchstone study sample'
      : tableText(
          ['study', 'pairs', 'items', 'raters', 'votes', 'judges', 'blind', 'archived'],
          studies.map((study) => [
            study.name,
            ...[study.pairs, study.items, study.raters, study.votes, study.judges].map(String),
            study.unblindedAt === null ? 'yes' : 'no',
            study.archivedAt === null ? 'no' : 'yes',
          ]),
        ),
};
