import { type ReactNode, useId } from 'react';
import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { figureOf, rowsWith } from '../../../shared/card/figures/figure-text.ts';
import { MEASURES, type MeasureName } from '../../../shared/card/figures/measures.ts';
import { PART_TITLES } from '../../../shared/card/figures/part-titles.ts';
import { ROW } from '../../../shared/card/figures/subject.ts';
import { unbroken } from '../../language/unbroken.ts';
import { StandingPlot } from '../../plots/StandingPlot.tsx';
import type { CardParts } from '../../state/card.ts';
import { PartWords, partElementId } from './CardSection.tsx';
import { CopyCsvButton } from './CopyCsvButton.tsx';
import { FigureGrid } from './FigureGrid.tsx';
import { FigureList } from './FigureList.tsx';
import { FigureTile } from './FigureTile.tsx';
import { StandOuts } from './StandOuts.tsx';

/** Shown as what they are, and never as the judge's standing. */
const TUNED: readonly MeasureName[] = ['agreement', 'kappa'];
const LEFT_OUT: readonly MeasureName[] = ['judge_left_out_kappa', 'rater_left_out_kappa'];

/** The card's answer: whether the judge may stand in for a rater, why, what not to miss, and what would settle it. */
export function StandingSection({
  parts,
  isLoading,
  isWholeLoading,
  next,
}: {
  readonly parts: CardParts;
  readonly isLoading: boolean;
  /** Whether a part that may hold something to stand out is still being worked out. */
  readonly isWholeLoading: boolean;
  /** What to do about an answer that is open, given about how many more pairs would settle it. */
  readonly next: (morePairs: number) => ReactNode;
}) {
  const titleId = useId();
  const part = parts.standing;
  return (
    <section
      id={partElementId('standing')}
      tabIndex={-1}
      className="panel card-part answer"
      aria-labelledby={titleId}
      aria-busy={isLoading}
      data-part="standing"
    >
      <h2 id={titleId}>{PART_TITLES.standing}</h2>
      {part === undefined ? (
        <p className="waiting">Working it out …</p>
      ) : (
        <Standing part={part} parts={parts} isWholeLoading={isWholeLoading} next={next} />
      )}
    </section>
  );
}

function Standing({
  part,
  parts,
  isWholeLoading,
  next,
}: {
  readonly part: CardPart;
  readonly parts: CardParts;
  readonly isWholeLoading: boolean;
  readonly next: (morePairs: number) => ReactNode;
}) {
  const wordsOf = (row: string) => unbroken(part.words.find((words) => words.row === row)?.text ?? '');
  const morePairs = figureOf(part, ROW.judge_less_rater, 'pairs_to_settle')?.value ?? null;
  return (
    <div className="part-body">
      <div className="standing" data-standing={wordsOf('standing')}>
        <p className="standing-answer">{wordsOf('answer')}</p>
        <p className="standing-sentence">{wordsOf('sentence')}</p>
        {['mapping', 'ceiling', 'warned', 'tuned'].map((topic) =>
          wordsOf(topic) === '' ? null : (
            <p key={topic} className={topic} role={topic === 'mapping' ? 'alert' : undefined}>
              {wordsOf(topic)}
            </p>
          ),
        )}
      </div>
      <StandingPlot part={part} />
      <StandOuts parts={parts} isLoading={isWholeLoading} />
      <div className="standing-next">
        <p>{wordsOf('next')}</p>
        {morePairs !== null && next(morePairs)}
      </div>
      <div className="tiles">
        <FigureTile part={parts.agreement} row={ROW.consensus} measure="kappa" note="the kappa to quote" />
        <FigureTile
          part={parts.agreement}
          row={ROW.consensus}
          measure="agreement"
          note="with people’s label"
        />
        <FigureTile
          part={parts.people}
          row={ROW.all_raters}
          measure="fleiss_kappa"
          note="people with each other"
        />
        <FigureTile part={parts.orders} row={ROW.both_orders} measure="consistency" note="in both orders" />
      </div>
      <HowDecided part={part} rule={wordsOf('rule')} />
    </div>
  );
}

function HowDecided({ part, rule }: { readonly part: CardPart; readonly rule: string }) {
  return (
    <details>
      <summary>How this is decided</summary>
      <div className="panel-head">
        <p className="part-words">
          Each rater in turn is taken out; the rater and the judge are both held against the consensus of the
          others, on the pairs all have, so that like is compared with like. The claim is made {rule}.{' '}
          {MEASURES.kappa_difference.interval} Every other interval has the card’s own level.
        </p>
        <CopyCsvButton parts={[part]} />
      </div>
      <FigureList part={part} row={ROW.tuned_on} measures={TUNED} label="Pairs it was tuned on" />
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
  );
}
