import type { JudgeList } from '../../../../../shared/contract/judge-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<{ readonly study: string }, JudgeList> = {
  spec: { about: 'judges of a study and how much they have judged', options: [studyOption()] },
  run: async (client, { study }) => client.follow('judges.list', { studyId: await client.studyId(study) }),
  text: ({ versions, imported }) => {
    const own =
      versions.length === 0
        ? 'No judge that can be run from here. Add one: touchstone judge add FILE --study NAME'
        : tableText(
            ['judge', 'model', 'endpoint', 'judged', 'of', 'failed', 'sha256'],
            versions.map((each) => [
              each.judge,
              each.model,
              each.endpoint,
              String(each.judged),
              String(each.wanted),
              String(each.failed),
              each.contentHash.slice(0, 12),
            ]),
          );
    return [own, ...(imported.length === 0 ? [] : [`verdicts from elsewhere: ${imported.join(', ')}`])].join(
      '\n',
    );
  },
};
