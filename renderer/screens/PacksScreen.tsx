import { useState } from 'react';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { PackSummary } from '../../shared/contract/pack-methods.ts';
import type { AcceptanceReport } from '../../shared/pack/acceptance.ts';
import { copyText } from '../api/clipboard.ts';
import { client } from '../api/host.ts';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { NumberHead } from '../components/NumberHead.tsx';
import { AcceptanceView } from '../components/packs/AcceptanceView.tsx';
import { MakePackPanel } from '../components/packs/MakePackPanel.tsx';
import { MergePanel } from '../components/packs/MergePanel.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { TableScroll } from '../components/TableScroll.tsx';
import { useQuery } from '../state/query.ts';

/** Sealed files out to vendors, signed files back. */
export function PacksScreen({ studyId }: { readonly studyId: string }) {
  const { value: study } = useQuery('studies.show', { studyId });
  const { value: packs, error, reload } = useQuery('packs.list', { studyId });
  const [report, setReport] = useState<{ readonly name: string; readonly report: AcceptanceReport } | null>(
    null,
  );
  const [problem, setProblem] = useState<Failure | null>(null);
  const accept = async ({ packId, name }: PackSummary) => {
    const reply = await client.call('packs.acceptance', { studyId, packId });
    setProblem(reply.ok ? null : reply.error);
    if (reply.ok) setReport({ name, report: reply.value });
  };
  const close = async ({ packId }: PackSummary) => {
    const reply = await client.call('packs.close', { studyId, packId });
    setProblem(reply.ok ? null : reply.error);
    reload();
  };
  return (
    <StudyPage studyId={studyId} study={study} place="packs">
      <p className="quiet">
        A pack is one sealed file with pairs for raters who work elsewhere, without a network if need be. It
        holds no name of a system, no verdict of a judge and no answer that checks a rater. What comes back is
        one signed file, looked through before anything of it counts.
      </p>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {problem !== null && <ErrorNote error={problem} />}
      {packs !== null && packs.length > 0 && (
        <section className="panel">
          <h2>Packs of this study</h2>
          <PackTable
            packs={packs}
            onAccept={(pack) => void accept(pack)}
            onClose={(pack) => void close(pack)}
          />
        </section>
      )}
      {report !== null && (
        <section className="panel printed" aria-label={`Acceptance of ${report.name}`}>
          <h2>Acceptance of {report.name}</h2>
          <AcceptanceView report={report.report} />
          <div className="button-row not-printed">
            <button type="button" onClick={() => print()}>
              Print
            </button>
            <button type="button" onClick={() => void copyText(JSON.stringify(report.report, null, 2))}>
              Copy as JSON
            </button>
            <button type="button" className="quiet-button" onClick={() => setReport(null)}>
              Close
            </button>
          </div>
        </section>
      )}
      {packs !== null && packs.length > 0 && <MergePanel studyId={studyId} onMerged={reload} />}
      {packs !== null && <MakePackPanel studyId={studyId} packs={packs} onMade={reload} />}
    </StudyPage>
  );
}

function PackTable({
  packs,
  onAccept,
  onClose,
}: {
  readonly packs: readonly PackSummary[];
  readonly onAccept: (pack: PackSummary) => void;
  readonly onClose: (pack: PackSummary) => void;
}) {
  return (
    <TableScroll label="Packs of this study">
      <table className="data">
        <thead>
          <tr>
            <th scope="col">Pack</th>
            <th scope="col">Rater</th>
            <NumberHead>Answered</NumberHead>
            <NumberHead>Of</NumberHead>
            <NumberHead>Kept aside</NumberHead>
            <th scope="col">State</th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {packs.flatMap((pack) =>
            pack.raters.map((rater, index) => (
              <tr key={`${pack.packId}|${rater.name}`}>
                <td dir="auto">{index === 0 ? pack.name : ''}</td>
                <td dir="auto">{rater.name}</td>
                <td className="number">{rater.answered.toLocaleString('en')}</td>
                <td className="number">{rater.presentations.toLocaleString('en')}</td>
                <td className="number">{index === 0 ? pack.aside.toLocaleString('en') : ''}</td>
                <td>
                  {index === 0 ? (pack.closedAt === null ? `out, revision ${pack.revision}` : 'closed') : ''}
                </td>
                <td>
                  {index === 0 && (
                    <span className="button-row">
                      <button
                        type="button"
                        aria-label={`Acceptance of ${pack.name}`}
                        onClick={() => onAccept(pack)}
                      >
                        Acceptance
                      </button>
                      {pack.closedAt === null && (
                        <button
                          type="button"
                          className="quiet-button"
                          aria-label={`Close ${pack.name}`}
                          title="What is recorded from then on is late; open places on pairs are free again."
                          onClick={() => onClose(pack)}
                        >
                          Close
                        </button>
                      )}
                    </span>
                  )}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </TableScroll>
  );
}
