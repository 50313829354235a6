import type { RaterReport } from '../../../../shared/contract/quality-methods.ts';
import { shareText } from '../../../../shared/quality/share-text.ts';
import type { CliCommand } from '../client/command.ts';
import { studyOption } from '../options/option.ts';
import { tableText } from '../terminal/table-text.ts';
import { EXIT } from '../terminal/terminal.ts';

/** 1 where somebody should be looked at. */
export const command: CliCommand<{ readonly study: string }, readonly RaterReport[]> = {
  spec: {
    about: 'how each rater works: pace, sides, checks, agreement with the others',
    options: [studyOption()],
  },
  run: async (client, { study }) => client.follow('quality.raters', { studyId: await client.studyId(study) }),
  text: ratersText,
  code: (raters) => {
    // Whom the lead left out or paused was looked at.
    const open = raters.filter(({ isExcluded, isPaused }) => !isExcluded && !isPaused);
    return open.every(({ warnings }) => warnings.length === 0) ? EXIT.fine : EXIT.failed;
  },
};

function ratersText(raters: readonly RaterReport[]): string {
  const table = tableText(
    [
      'rater',
      'labels',
      'skipped',
      's each',
      'too fast',
      'left',
      'gold',
      'catch',
      'repeats',
      'kappa with others',
    ],
    raters.map(({ isExcluded, isPaused, ...rater }) => {
      const { labels, skipped, medianSeconds, tooFast, left, gold, caught, repeats, withOthers } = rater;
      const state = [...(isExcluded ? ['left out'] : []), ...(isPaused ? ['paused'] : [])];
      return [
        state.length === 0 ? rater.rater : `${rater.rater} (${state.join(', ')})`,
        String(labels),
        String(skipped),
        medianSeconds === null ? '–' : medianSeconds.toFixed(1),
        ...[tooFast, left, gold, caught, repeats].map(shareText),
        withOthers.kappa.defined ? `${withOthers.kappa.value.toFixed(2)} (n ${withOthers.n})` : '–',
      ];
    }),
  );
  const warnings = raters.flatMap(({ rater, warnings: each }) => each.map(({ text }) => `${rater}: ${text}`));
  return [table, '', ...(warnings.length === 0 ? ['Nothing that chance would not explain.'] : warnings)].join(
    '\n',
  );
}
