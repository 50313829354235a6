import { useMemo } from 'react';
import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { figureOf, rowsWith } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { ROW } from '../../../shared/card/figures/subject.ts';
import { AS_GOOD_MARGIN } from '../../../shared/card/figures/verdict-sentence.ts';
import { unbroken } from '../../language/unbroken.ts';
import { ForestPlot } from '../../plots/ForestPlot.tsx';
import type { CardParts } from '../../state/card.ts';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';
import { FigureList } from './FigureList.tsx';
import { FigureTile } from './FigureTile.tsx';

const SCALE = {
  reference: { value: 0, label: 'no difference' },
  band: { from: -AS_GOOD_MARGIN, to: AS_GOOD_MARGIN },
  reach: [-0.3, 0.3] as const,
  percent: false,
  title: `judge less rater, in kappa (shaded: within ${AS_GOOD_MARGIN})`,
};

/** Shown as what they are, and never as the judge's standing. */
const TUNED: readonly MeasureName[] = ['agreement', 'kappa'];
const LEFT_OUT: readonly MeasureName[] = ['judge_left_out_kappa', 'rater_left_out_kappa'];

/** The card's first words and the figures a decision hangs on. */
export function StandingSection({
  parts,
  isLoading,
}: {
  readonly parts: CardParts;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="standing" part={parts.standing} isLoading={isLoading}>
      {(part) => <Standing part={part} parts={parts} />}
    </CardSection>
  );
}

function Standing({ part, parts }: { readonly part: CardPart; readonly parts: CardParts }) {
  const sentenceOf = (row: string) => unbroken(part.words.find((words) => words.row === row)?.text ?? '');
  const difference = figureOf(part, ROW.judge_less_rater, 'kappa_difference');
  const rows = useMemo(
    () =>
      difference === undefined
        ? []
        : [{ label: 'judge less rater', figure: difference, group: 'judge' as const }],
    [difference],
  );
  const mapping = sentenceOf('mapping');
  return (
    <>
      <div className="standing" data-standing={sentenceOf('standing')}>
        <p className="standing-sentence">{sentenceOf('sentence')}</p>
        <p>{sentenceOf('next')}</p>
        {sentenceOf('warned') !== '' && <p>{sentenceOf('warned')}</p>}
        {sentenceOf('ceiling') !== '' && <p>{sentenceOf('ceiling')}</p>}
        {sentenceOf('tuned') !== '' && <p className="tuned">{sentenceOf('tuned')}</p>}
        {mapping !== '' && <p role="alert">{mapping}</p>}
      </div>
      <div className="tiles">
        <FigureTile part={parts.agreement} row={ROW.consensus} measure="agreement" />
        <FigureTile part={parts.agreement} row={ROW.consensus} measure="baseline" />
        <FigureTile part={parts.agreement} row={ROW.consensus} measure="kappa" />
        <FigureTile part={part} row={ROW.mean_over_raters} measure="judge_left_out_kappa" />
        <FigureTile part={part} row={ROW.mean_over_raters} measure="rater_left_out_kappa" />
        <FigureTile part={parts.orders} row={ROW.both_orders} measure="consistency" />
      </div>
      <FigureList part={part} row={ROW.tuned_on} measures={TUNED} label="Pairs it was tuned on" />
      {difference?.interval !== null && <ForestPlot rows={rows} scale={SCALE} />}
      <details>
        <summary>How this is decided</summary>
        <p>
          Each rater in turn is taken out; the rater and the judge are both held against the consensus of the
          others, on the pairs all have, so that like is compared with like. The claim is made{' '}
          {sentenceOf('rule')}.
        </p>
        <FigureGrid
          part={part}
          rowTitle="Rater taken out"
          measures={LEFT_OUT}
          rows={rowsWith(part, 'rater_left_out_kappa').map(({ row }) => row)}
        />
        {part.words
          .filter(({ text }) => text.includes('could not be compared:'))
          .map(({ row }) => (
            <PartWords key={row} part={part} row={row} />
          ))}
      </details>
    </>
  );
}
