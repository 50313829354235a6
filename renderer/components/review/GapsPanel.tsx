import { useState } from 'react';
import { sentencesOfGaps } from '../../../shared/report/guideline-gaps-report.ts';
import { countedText } from '../../../shared/report/number-texts.ts';
import { client } from '../../api/host.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';

/** What each guideline left open, and whether a later version closed it. */
export function GapsPanel({ studyId }: { readonly studyId: string }) {
  const { value: report, error, reload } = useQuery('disagreements.gaps', { studyId });
  const [said, setSaid] = useState('');
  const askAgain = async () => {
    const reply = await client.call('disagreements.askAgain', { studyId });
    setSaid(
      reply.ok
        ? `${countedText(reply.value.opened, 'vote is', 'votes are')} asked for again. What was given counts until then.`
        : reply.error.message,
    );
  };
  const canAsk = report?.gaps.some(({ version }) => version < report.version) === true;
  return (
    <section className="panel" aria-label="Gaps of the guideline">
      <h2>Gaps of the guideline</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {report !== null && (
        <ul className="plain-list">
          {sentencesOfGaps(report).map((sentence) => (
            <li key={sentence}>{sentence}</li>
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
