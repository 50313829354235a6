import type { CardPart } from '../../../shared/card/figures/figure.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { ROW } from '../../../shared/card/figures/subject.ts';
import { DeferralPlot } from '../../plots/DeferralPlot.tsx';
import { ReliabilityPlot } from '../../plots/ReliabilityPlot.tsx';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';
import { FigureList } from './FigureList.tsx';

const ALL: readonly MeasureName[] = ['ece', 'ece_debiased', 'brier'];
const TARGETS: readonly MeasureName[] = ['delegated_share'];
const SUREST: readonly MeasureName[] = ['agreement_of_surest'];
const BINS: readonly MeasureName[] = ['mean_score', 'share_agreeing'];

/** What the judge's score is worth, and how much may be left to the judge. */
export function ConfidenceSection({
  part,
  isLoading,
}: {
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="confidence" part={part} isLoading={isLoading}>
      {(confidence) => (
        <>
          <PartWords part={confidence} />
          <div className="part-columns">
            <ReliabilityPlot part={confidence} />
            <DeferralPlot part={confidence} />
          </div>
          <FigureList part={confidence} row={ROW.all_scores} measures={ALL} label="Calibration" />
          <div className="part-columns">
            <FigureGrid part={confidence} rowTitle="Target" measures={TARGETS} />
            <FigureGrid part={confidence} rowTitle="Left to the judge" measures={SUREST} />
          </div>
          <details>
            <summary>Bins of the reliability diagram</summary>
            <FigureGrid part={confidence} rowTitle="Bin" measures={BINS} />
          </details>
        </>
      )}
    </CardSection>
  );
}
