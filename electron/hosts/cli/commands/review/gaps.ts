import type { GuidelineGaps } from '../../../../../shared/contract/review-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { percentRange, percentText } from '../../terminal/percent-text.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<{ readonly study: string }, GuidelineGaps> = {
  spec: { about: 'gaps of each guideline, and whether a later one closed them', options: [studyOption()] },
  run: async (client, { study }) =>
    client.follow('disagreements.gaps', { studyId: await client.studyId(study) }),
  text: gapsText,
};

function gapsText({ gaps, version }: GuidelineGaps): string {
  if (gaps.length === 0) return 'No pair was classed as a guideline gap.';
  const rows = gaps.map(({ version: of, pairs, compared, before, after, interval, elsewhere, outcome }) => [
    String(of),
    String(pairs),
    String(compared),
    before === null ? '–' : percentText(before),
    after === null ? '–' : percentText(after),
    interval === null ? '–' : percentRange(interval),
    elsewhere === null ? '–' : percentText(elsewhere),
    outcome.replace('_', ' '),
  ]);
  const heads = [
    'guideline',
    'pairs',
    'asked again',
    'contradict before',
    'after',
    'interval',
    'elsewhere',
    'gap',
  ];
  return `The guideline in force is version ${version}.\n${tableText(heads, rows)}`;
}
