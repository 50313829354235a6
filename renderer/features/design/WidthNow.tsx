import { useState } from 'react';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { labelsStillNeeded } from '../../../shared/selection/labels-still-needed.ts';
import { client } from '../../api/host.ts';

/** How wide the interval is by now. Looked at on demand: looks at a judge that can still be changed are counted. */
export function WidthNow({ study, wished }: { readonly study: StudyDetails; readonly wished: number }) {
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
