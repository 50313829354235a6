import { useState } from 'react';
import type { InputOf } from '../../../shared/contract/methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { labelsStillNeeded } from '../../../shared/selection/labels-still-needed.ts';
import { client } from '../../api/host.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';

/** How many labels a study needs, under assumptions that are all on screen. */
export function PlannerPanel({ study }: { readonly study: StudyDetails }) {
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
    <section className="panel" aria-label="How many labels">
      <h2>How many labels</h2>
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
              <strong>{plan.votes.toLocaleString('en')} votes</strong> on {plan.pairs.toLocaleString('en')}{' '}
              pairs, of which about {plan.labelled.toLocaleString('en')} get a label
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
      {study.votes > 0 && study.judgeNames.length > 0 && <WidthNow study={study} wished={assumed.width} />}
    </section>
  );
}

/** How wide the interval is by now. Looked at on demand: looks at a judge that can still be changed are counted. */
function WidthNow({ study, wished }: { readonly study: StudyDetails; readonly wished: number }) {
  const [judge, setJudge] = useState(study.judgeNames[0] ?? '');
  const [text, setText] = useState('');
  const look = async () => {
    const reply = await client.call('agreement.card', {
      studyId: study.studyId,
      judge,
      parts: ['agreement'],
    });
    if (!reply.ok) return setText(reply.error.message);
    const [part] = reply.value.parts;
    const kappa = part?.figures.find(
      ({ subject, measure }) => subject.kind === 'consensus' && measure === 'kappa',
    );
    if (kappa === undefined) return setText('There is no figure yet.');
    const { value, reason, interval, noInterval, n } = kappa;
    if (value === null || interval === null)
      return setText(`Kappa has no interval yet: ${reason ?? noInterval ?? 'too few labels'}.`);
    const width = interval.high - interval.low;
    const more = labelsStillNeeded(n, width, wished);
    setText(
      `Kappa is ${value.toFixed(3)} on ${n.toLocaleString('en')} labels, its interval ${width.toFixed(3)} wide. ${more === 0 ? 'That is as narrow as wished.' : `About ${more.toLocaleString('en')} more labels make it ${wished} wide, if they are like these.`}`,
    );
  };
  return (
    <div className="inline-form">
      <label>
        Judge
        <select value={judge} onChange={(event) => setJudge(event.target.value)}>
          {study.judgeNames.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => void look()}>
        How wide is it now?
      </button>
      <p role="status">{text}</p>
    </div>
  );
}

function sharesOf(tieShare: number): number[] {
  const side = (1 - tieShare) / 2;
  return tieShare > 0 ? [side, side, tieShare] : [side, side];
}
