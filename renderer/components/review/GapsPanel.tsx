import { useState } from 'react';
import { percentText, rangeText } from '../../../shared/quality/share-text.ts';
import type { GapReport } from '../../../shared/review/guideline-gaps.ts';
import { client } from '../../api/host.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';

/** What each guideline left open, and whether a later version closed it. */
export function GapsPanel({ studyId }: { readonly studyId: string }) {
  const {
    value: report,
    error,
    reload,
  } = useQuery('disagreements.gaps', { studyId }, ['studies', 'ratings']);
  const [said, setSaid] = useState('');
  const askAgain = async () => {
    const reply = await client.call('disagreements.askAgain', { studyId });
    setSaid(
      reply.ok
        ? `${reply.value.opened.toLocaleString('en')} votes are asked for again. Those given count until then.`
        : reply.error.message,
    );
  };
  const canAsk = report?.gaps.some(({ version }) => version < report.version) === true;
  return (
    <section className="panel" aria-label="Gaps of the guideline">
      <h2>Gaps of the guideline</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {report?.gaps.length === 0 && (
        <p>
          No pair was classed as a guideline gap yet. Those that are show here whether a later version closed
          the gap.
        </p>
      )}
      {report !== null && report.gaps.length > 0 && (
        <ul className="plain-list">
          {report.gaps.map((gap) => (
            <li key={gap.version}>{sentenceOf(gap, report.version)}</li>
          ))}
        </ul>
      )}
      {canAsk && (
        <div className="button-row">
          <button type="button" onClick={() => void askAgain()}>
            Ask raters about these pairs again
          </button>
          <p role="status" className="quiet">
            {said}
          </p>
        </div>
      )}
    </section>
  );
}

const OUTCOMES = {
  closed: 'The gap is closed: they contradict each other there no more than elsewhere.',
  open: 'The gap is still open: they contradict each other there more than elsewhere.',
  not_shown: 'Neither that it is closed nor that it is open is shown yet.',
} as const;

function sentenceOf(gap: GapReport, current: number): string {
  const { version, pairs, compared, before, after, interval, elsewhere, outcome } = gap;
  const start = `Version ${version}: ${pairs} ${pairs === 1 ? 'pair shows' : 'pairs show'} a gap.`;
  if (outcome === 'not_asked' || after === null || interval === null) {
    return `${start} ${
      version === current
        ? 'It is the version in force: write the next one under Design, then ask again.'
        : 'No pair has two labels under a later version yet.'
    }`;
  }
  const then = `On ${compared} of them two raters contradict each other, under a later version, in ${percentText(after)} of comparisons (${rangeText(interval)}); elsewhere in the study in ${elsewhere === null ? '–' : percentText(elsewhere)}.`;
  const once =
    before === null
      ? ''
      : ` Before it was ${percentText(before)}, which some pairs chosen for their contradictions would not reach again by themselves.`;
  return `${start} ${then} ${OUTCOMES[outcome]}${once}`;
}
