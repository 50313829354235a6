import type { PackSummary } from '../../../../../shared/contract/pack-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<{ readonly study: string }, readonly PackSummary[]> = {
  spec: { about: 'packs of a study and how far they are', options: [studyOption()] },
  run: async (client, { study }) => client.call('packs.list', { studyId: await client.studyId(study) }),
  text: (packs) =>
    packs.length === 0
      ? 'This study has no packs.'
      : tableText(
          ['pack', 'revision', 'rater', 'answered', 'of', 'state'],
          packs.flatMap(({ name, revision, raters, closedAt }) =>
            raters.map((rater) => [
              name,
              String(revision),
              rater.name,
              String(rater.answered),
              String(rater.presentations),
              closedAt === null ? 'out' : 'closed',
            ]),
          ),
        ),
};
