import type { RaterReport } from '../../../../shared/contract/quality-methods.ts';
import { shareText } from '../../../../shared/quality/share-text.ts';
import { unwrap, withStudy } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';

/** `touchstone raters`: how each rater works; exit 1 where somebody should be looked at. */
export function ratersCommand(
  name: string,
  json: boolean,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, name, async ({ client, studyId }) => {
    const raters = unwrap(await client.call('quality.raters', { studyId }));
    terminal.print(json ? JSON.stringify(raters) : ratersText(raters));
    // Whom the lead left out or paused was looked at.
    const open = raters.filter(({ isExcluded, isPaused }) => !isExcluded && !isPaused);
    return open.every(({ warnings }) => warnings.length === 0) ? EXIT.fine : EXIT.failed;
  });
}

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
