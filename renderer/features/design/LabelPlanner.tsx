import { useState } from 'react';
import type { InputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { countedText } from '../../../shared/report/number-texts.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { useQuery } from '../../state/query.ts';
import { WidthNow } from './WidthNow.tsx';

/** How many labels a study needs, under assumptions that are all on screen, beside the number that is asked for. */
export function LabelPlanner({
  study,
  onTake,
}: {
  readonly study: StudyDetails;
  /** Draws so many pairs. */
  readonly onTake: (pairs: number) => void;
}) {
  const [goal, setGoal] = useState<'width' | 'difference'>('width');
  const [assumed, setAssumed] = useState({
    kappa: 0.6,
    width: 0.2,
    first: 0.75,
    second: 0.7,
    both: 0.6,
    tieShare: 0.1,
    raters: Math.min(9, study.design.ratersPerPair ?? 1),
    raterAgreement: 0.7,
    pairsPerItem: 1,
    itemCorrelation: 0,
  });
  const request: InputOf<'design.labels'> = {
    goal:
      goal === 'width'
        ? { what: 'width', kappa: assumed.kappa, width: assumed.width }
        : {
            what: 'difference',
            firstAgreement: assumed.first,
            secondAgreement: assumed.second,
            bothRight: assumed.both,
          },
    shares: sharesOf(assumed.tieShare),
    ratersPerPair: assumed.raters,
    raterAgreement: assumed.raterAgreement,
    pairsPerItem: assumed.pairsPerItem,
    itemCorrelation: assumed.itemCorrelation,
  };
  const { value: plan, error, reload } = useQuery('design.labels', request);
  const field = (name: keyof typeof assumed, label: string, step = 0.05, min = 0, max = 1) => (
    <label>
      {label}
      <input
        type="number"
        step={step}
        min={min}
        max={max}
        value={assumed[name]}
        onChange={(event) => {
          if (event.target.value !== '') setAssumed({ ...assumed, [name]: Number(event.target.value) });
        }}
      />
    </label>
  );
  return (
    <details className="label-planner">
      <summary>{plan === null ? 'How many are needed' : neededText(plan, goal, assumed.width)}</summary>
      <div className="inline-form">
        <label>
          To
          <select value={goal} onChange={(event) => setGoal(event.target.value as typeof goal)}>
            <option value="width">get an interval of kappa as narrow as wished</option>
            <option value="difference">tell two judges apart, with a power of 80 %</option>
          </select>
        </label>
        {goal === 'width' ? (
          <>
            {field('kappa', 'Kappa of judge and people, assumed', 0.05, 0, 0.99)}
            {field('width', 'Width of its interval, wished', 0.01, 0.02, 1.5)}
          </>
        ) : (
          <>
            {field('first', 'Agreement of the first judge', 0.01, 0.01, 0.99)}
            {field('second', 'Agreement of the second judge', 0.01, 0.01, 0.99)}
            {field('both', 'Pairs both get right', 0.01)}
          </>
        )}
        {field('tieShare', 'Share of ties', 0.05, 0, 0.9)}
        {field('raters', 'Raters per pair', 1, 1, 9)}
        {field('raterAgreement', 'Agreement of two raters', 0.05, 0.01)}
        {field('pairsPerItem', 'Pairs per item', 1, 1, 1000)}
        {field('itemCorrelation', 'How alike pairs of one item are', 0.05)}
      </div>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      <div role="status">
        {plan?.defined === false && <p>No number: {plan.reason}.</p>}
        {plan?.defined === true && (
          <>
            <p>
              About {plan.labelled.toLocaleString('en')} of these pairs get a label
              {plan.designEffect > 1 &&
                `, ${plan.designEffect.toFixed(2)} times as many because pairs come in items`}
              .
            </p>
            <p className="quiet">
              {plan.method}.{' '}
              {plan.assurance !== null &&
                `${(100 * plan.assurance).toFixed(1)} % of them keep the promise. With probability kappa both say the same, else each judges alone.`}
            </p>
          </>
        )}
      </div>
      {plan?.defined === true && plan.pairs <= study.pairs && (
        <button type="button" onClick={() => onTake(plan.pairs)}>
          Draw so many: {plan.pairs.toLocaleString('en')}
        </button>
      )}
      {plan?.defined === true && plan.pairs > study.pairs && (
        <p>This study has {countedText(study.pairs, 'pair')}: import more, or wish for less.</p>
      )}
      {study.votes > 0 && study.judgeNames.length > 0 && <WidthNow study={study} wished={assumed.width} />}
    </details>
  );
}

/** The answer, for who does not open it. */
function neededText(plan: ReplyOf<'design.labels'>, goal: 'width' | 'difference', width: number): string {
  const end = goal === 'width' ? `an interval of kappa ${width} wide` : 'telling two judges apart';
  if (!plan.defined) return `How many are needed for ${end}: no number`;
  const [votes, pairs] = [countedText(plan.votes, 'vote'), countedText(plan.pairs, 'pair')];
  return `How many are needed: ${votes} on ${pairs} for ${end}`;
}

function sharesOf(tieShare: number): number[] {
  const side = (1 - tieShare) / 2;
  return tieShare > 0 ? [side, side, tieShare] : [side, side];
}
