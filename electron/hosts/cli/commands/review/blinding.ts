import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { percentText, rangeText } from '../../../../../shared/quality/share-text.ts';
import type { GuessShare } from '../../../../../shared/review/guess-result.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { tableText } from '../../terminal/table-text.ts';
import { EXIT } from '../../terminal/terminal.ts';

/** 1 where raters can tell the systems apart. */
export const command: CliCommand<{ readonly study: string }, ReplyOf<'guess.report'>> = {
  spec: { about: 'whether raters could tell which system wrote what', options: [studyOption()] },
  run: async (client, { study }) => client.follow('guess.report', { studyId: await client.studyId(study) }),
  text: ({ raters, ...all }) =>
    all.asked === 0
      ? 'Nobody has answered all of the last questions yet.'
      : tableText(
          ['rater', 'asked', 'cannot tell', 'right', 'guess rate', 'p of one half'],
          [...raters, { rater: 'all', ...all }].map(({ rater, ...share }) => [rater, ...guessCells(share)]),
        ),
  code: ({ rate }) => (rate !== null && rate.interval.low > 0.5 ? EXIT.failed : EXIT.fine),
};

function guessCells({ asked, cannotTell, right, rate }: GuessShare): string[] {
  return [
    String(asked),
    String(cannotTell),
    String(right),
    rate === null ? '–' : `${percentText(rate.value)} (${rangeText(rate.interval)})`,
    rate === null ? '–' : rate.p < 0.001 ? '< 0.001' : rate.p.toFixed(3),
  ];
}
