import { type FormEvent, useState } from 'react';
import type { ReplyOf } from '../../shared/contract/methods.ts';
import type { RaterReport } from '../../shared/contract/quality-methods.ts';
import { countedText, isCounted, percentText, shareText } from '../../shared/quality/share-text.ts';
import { client } from '../api/host.ts';
import { Dialog } from '../components/Dialog.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { FieldProblem } from '../components/FieldProblem.tsx';
import { EffectPanel } from '../components/quality/EffectPanel.tsx';
import { kappaText, pointsText, stateText } from '../components/quality/figure-words.ts';
import { StudyPage } from '../components/StudyPage.tsx';
import { timeText } from '../language/language.ts';
import { unbroken } from '../language/unbroken.ts';
import { useQuery } from '../state/query.ts';
import { goTo } from '../state/route.ts';

/** One rater: what the figures say, what can be decided, and what that does to every headline figure. */
export function RaterScreen({ studyId, rater: name }: { readonly studyId: string; readonly rater: string }) {
  const { value: raters, error, reload } = useQuery('quality.raters', { studyId });
  const { value: study } = useQuery('studies.show', { studyId });
  const rater = raters?.find((each) => each.rater === name);
  const state = rater === undefined ? '' : stateText(rater);
  return (
    <StudyPage
      studyId={studyId}
      study={study}
      place="raters"
      title={state === '' ? name : `${name} (${state})`}
      actions={
        <button type="button" onClick={() => goTo({ screen: 'raters', studyId })}>
          All raters
        </button>
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {raters === null && error === null && <p className="waiting">Counting …</p>}
      {raters !== null && rater === undefined && <p>This study has no rater named “{name}”.</p>}
      {rater !== undefined && (
        <>
          <section className="panel" aria-label="Warnings">
            <h2>Warnings</h2>
            {rater.warnings.length === 0 ? (
              <p>None: chance alone could explain all of it.</p>
            ) : (
              <ul className="plain-list">
                {rater.warnings.map(({ about, text }) => (
                  <li key={about}>{unbroken(text)}</li>
                ))}
              </ul>
            )}
          </section>
          <Figures rater={rater} />
          <Decide studyId={studyId} rater={rater} />
          <EffectPanel studyId={studyId} rater={name} isExcluded={rater.isExcluded} />
          <Notes studyId={studyId} rater={name} />
        </>
      )}
    </StudyPage>
  );
}

function kappaRange({ kappaInterval }: RaterReport['withOthers']): string {
  if (!kappaInterval.defined) return '';
  const { low, high } = kappaInterval.interval;
  return ` (${kappaText(low)} to ${kappaText(high)})`;
}

function Figures({ rater }: { readonly rater: RaterReport }) {
  const { withOthers, outlier, drift, tiesAboveOthers } = rater;
  const rows: readonly (readonly [string, string])[] = [
    ['Labels', `${rater.labels.toLocaleString('en')}, and ${rater.skipped} skipped`],
    ['Seconds for a pair', rater.medianSeconds === null ? '–' : `${rater.medianSeconds.toFixed(1)} (median)`],
    ['Too fast to have read', shareText(rater.tooFast)],
    ['Left, of answers for a side', shareText(rater.left)],
    [
      'Ties more than the others',
      tiesAboveOthers.defined ? `${pointsText(tiesAboveOthers.value)} points` : tiesAboveOthers.reason,
    ],
    ['Gold pairs as known', shareText(rater.gold)],
    ['Catch pairs right', shareText(rater.caught)],
    ['Repeats as the first time', shareText(rater.repeats)],
    [
      'Kappa with the others',
      withOthers.kappa.defined
        ? `${kappaText(withOthers.kappa.value)}${kappaRange(withOthers)}, n ${withOthers.n}`
        : withOthers.kappa.reason,
    ],
    [
      'Contradicts another rater',
      outlier === null ? '–' : `${outlierText(outlier)}; the others ${outlierText(outlier.others)}`,
    ],
    [
      'Agreement, earlier and later half',
      drift === null
        ? '–'
        : `${percentText(drift.earlier.successes / drift.earlier.n)}, then ${percentText(drift.later.successes / drift.later.n)}`,
    ],
  ];
  return (
    <section className="panel" aria-label="Figures">
      <h2>Figures</h2>
      <dl className="pairs">
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{unbroken(text)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const ACTS = {
  exclusion: { on: 'Leave the votes out', off: 'Count the votes again' },
  pause: { on: 'Pause the work', off: 'Let the work go on' },
} as const;

const DONE = {
  exclusion: { on: 'votes left out', off: 'votes counted again' },
  pause: { on: 'work paused', off: 'work goes on' },
} as const;

function Decide({ studyId, rater }: { readonly studyId: string; readonly rater: RaterReport }) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState('');
  const decide = async (about: 'exclusion' | 'pause') => {
    const isOn = about === 'exclusion' ? !rater.isExcluded : !rater.isPaused;
    const reply = await client.call('quality.decide', {
      studyId,
      rater: rater.rater,
      about,
      isOn,
      reason,
    });
    setProblem(reply.ok ? '' : reply.error.message);
    if (reply.ok) setReason('');
  };
  const suggest = () => setReason(rater.warnings.map(({ text }) => text).join(' '));
  return (
    <section className="panel" aria-label="Decide">
      <h2>Decide</h2>
      <form className="stacked-form" onSubmit={(event: FormEvent) => event.preventDefault()}>
        <label>
          Reason, as it can be read to the rater
          <textarea
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <div className="button-row">
          <button type="button" disabled={reason.trim() === ''} onClick={() => void decide('exclusion')}>
            {ACTS.exclusion[rater.isExcluded ? 'off' : 'on']}
          </button>
          <button type="button" disabled={reason.trim() === ''} onClick={() => void decide('pause')}>
            {ACTS.pause[rater.isPaused ? 'off' : 'on']}
          </button>
          {rater.warnings.length > 0 && (
            <button type="button" className="quiet-button" onClick={suggest}>
              Take the warnings as the reason
            </button>
          )}
        </div>
        <FieldProblem text={problem} />
      </form>
      <p className="quiet">
        Nothing is deleted: votes that are left out stay in the store and in every export, and can be counted
        again. Each decision stands in the log.
      </p>
      {rater.decisions.length > 0 && (
        <ol className="plain-list" aria-label="Decisions so far">
          {rater.decisions.map(({ about, isOn, reason: why, decidedBy, decidedAt }) => (
            <li key={`${about}|${decidedAt}|${isOn}`}>
              {timeText(decidedAt)}: {DONE[about][isOn ? 'on' : 'off']}
              {decidedBy === 'thresholds' ? ' by a threshold of the study' : ''}.{' '}
              <span className="quiet">{why}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function erasureText({ erased, isPending }: ReplyOf<'quality.eraseNotes'>): string {
  const done =
    erased === 0
      ? 'There was no note.'
      : erased === 1
        ? 'One note was erased.'
        : `${erased} notes were erased.`;
  return isPending ? `${done} The journal of the store still holds them: erase once more in a moment.` : done;
}

function Notes({ studyId, rater }: { readonly studyId: string; readonly rater: string }) {
  const [isAsking, setIsAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState('');
  const erase = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('quality.eraseNotes', { studyId, rater });
    setSaid(reply.ok ? erasureText(reply.value) : reply.error.message);
    setIsAsking(false);
    setTyped('');
  };
  return (
    <section className="panel" aria-label="Notes">
      <h2>Notes</h2>
      <p>
        On request the text of all of {rater}’s notes can be erased. The votes stay, and a row of the log
        stands for each note.
      </p>
      <div className="button-row">
        <button type="button" onClick={() => setIsAsking(true)}>
          Erase the notes …
        </button>
        <p role="status" className="quiet">
          {said}
        </p>
      </div>
      {isAsking && (
        <Dialog title={`Erase the notes of ${rater}`} onClose={() => setIsAsking(false)}>
          <form className="stacked-form" onSubmit={(event) => void erase(event)}>
            <p>
              This cannot be undone. Exports and copies of the store made before still hold the notes; erase
              those yourself.
            </p>
            <label>
              Type the pseudonym, {rater}, to confirm
              <input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
            </label>
            <div className="button-row">
              <button type="submit" className="primary" disabled={typed.trim() !== rater}>
                Erase
              </button>
              <button type="button" onClick={() => setIsAsking(false)}>
                Keep them
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  );
}

function outlierText({ contradictions, n }: { readonly contradictions: number; readonly n: number }): string {
  return isCounted(n) ? countedText(contradictions, n) : `${countedText(contradictions, n)} of ${n}`;
}
