import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetails } from '../../shared/contract/study-methods.ts';
import type { RaterRole } from '../../shared/study/rater-role.ts';
import { failureText } from '../language/failure-text.ts';
import { countText, numberText } from '../language/language.ts';
import { useQuery } from '../state/query.ts';
import { openWork } from '../state/rating.ts';
import { FieldProblem } from './FieldProblem.tsx';
import { HandOverDialog } from './HandOverDialog.tsx';
import { NumberHead } from './NumberHead.tsx';
import { RoleSelect } from './RoleSelect.tsx';

/** Begins or goes on with somebody's work, and shows how far everybody is. */
export function RaterPanel({
  study,
  takesFocus = false,
}: {
  readonly study: StudyDetails;
  readonly takesFocus?: boolean;
}) {
  const { t } = useTranslation();
  const { value: raters } = useQuery('rating.raters', { studyId: study.studyId });
  const [name, setName] = useState('');
  const [role, setRole] = useState<RaterRole>('rater');
  const [isHandingOver, setIsHandingOver] = useState(false);
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  const start = async (rater: string, as: RaterRole) => {
    const failure = await openWork(study.studyId, rater, { role: as });
    setProblem(failure === null ? '' : failureText(failure));
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') void start(name.trim(), role);
  };
  return (
    <section className="panel">
      <h2>{t('study.rate')}</h2>
      <form className="inline-form" onSubmit={onSubmit}>
        <label>
          {t('study.rateAs')}
          <input
            ref={field}
            value={name}
            maxLength={120}
            aria-invalid={problem !== ''}
            aria-describedby={problem === '' ? undefined : problemId}
            onChange={(event) => setName(event.target.value)}
            autoComplete="off"
          />
        </label>
        <RoleSelect role={role} onRole={setRole} />
        <button type="submit" className="primary" disabled={name.trim() === '' || study.pairs === 0}>
          {t('study.start')}
        </button>
        <div id={problemId} className="form-problem">
          <FieldProblem text={problem} />
        </div>
      </form>
      {raters !== null && raters.length > 0 && (
        <ul className="plain-list">
          {raters.map((rater) => (
            <li key={rater.name}>
              <button type="button" onClick={() => void start(rater.name, rater.role)}>
                {t('study.continueAs', { rater: rater.name })}
              </button>{' '}
              <span className="quiet">
                {[
                  ...(rater.role === 'adjudicator' ? [t('study.adjudicator')] : []),
                  t('study.done', { pairs: countText('pair', rater.done) }),
                ].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="quiet-button" onClick={() => setIsHandingOver(true)}>
        {t('study.handOver')}
      </button>
      {isHandingOver && <HandOverDialog studyId={study.studyId} onClose={() => setIsHandingOver(false)} />}
      {study.raterProgress.length > 0 && (
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t('study.rater')}</th>
              <NumberHead>{t('study.votes')}</NumberHead>
              <NumberHead>{t('study.skipped')}</NumberHead>
            </tr>
          </thead>
          <tbody>
            {study.raterProgress.map((rater) => (
              <tr key={rater.name}>
                <td dir="auto">{rater.name}</td>
                <td className="number">{numberText(rater.votes)}</td>
                <td className="number">{numberText(rater.skipped)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
