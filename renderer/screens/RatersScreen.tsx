import type { RaterReport } from '../../shared/contract/quality-methods.ts';
import type { Share } from '../../shared/quality/rater-quality.ts';
import { countedText, isCounted, rangeText } from '../../shared/quality/share-text.ts';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { NumberHead } from '../components/NumberHead.tsx';
import { ConsensusPanel } from '../components/quality/ConsensusPanel.tsx';
import { kappaText, pointsText, stateText } from '../components/quality/figure-words.ts';
import { GuessPanel } from '../components/quality/GuessPanel.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { TableScroll } from '../components/TableScroll.tsx';
import { unbroken } from '../language/unbroken.ts';
import { useQuery } from '../state/query.ts';
import { goTo } from '../state/route.ts';

/** How each rater works, and what of it chance does not explain. */
export function RatersScreen({ studyId }: { readonly studyId: string }) {
  const { value: study } = useQuery('studies.show', { studyId });
  const { value: raters, error, isLoading, reload } = useQuery('quality.raters', { studyId });
  return (
    <StudyPage
      studyId={studyId}
      study={study}
      place="raters"
      actions={
        <button type="button" disabled={isLoading} onClick={reload}>
          Look again
        </button>
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {raters === null && error === null && <p className="waiting">Counting …</p>}
      {raters?.length === 0 && (
        <section className="empty">
          <h2>Nobody has voted yet</h2>
          <p>Pace, sides, checks and agreement with the others stand here once there are votes.</p>
        </section>
      )}
      {raters !== null && raters.length > 0 && (
        <>
          <Warnings studyId={studyId} raters={raters} />
          <section className="panel">
            <h2>Figures</h2>
            <RaterTable studyId={studyId} raters={raters} />
            <p className="quiet">
              Shares with Wilson’s interval at 95 %. Seconds: the median for a pair, without idle time. Too
              fast: faster than the texts can be skimmed. Ties: more or fewer than the others’ on the same
              pairs, in points. Repeats: answered as the first time. Kappa: with what more than half of the
              others say. Contradicts: labels unlike the one the pair got before, beside how often that
              happens among the others. A name opens what can be decided about that rater.
            </p>
          </section>
          <ConsensusPanel studyId={studyId} />
          <GuessPanel studyId={studyId} />
        </>
      )}
    </StudyPage>
  );
}

interface RatersProps {
  readonly studyId: string;
  readonly raters: readonly RaterReport[];
}

function RaterLink({ studyId, rater }: { readonly studyId: string; readonly rater: string }) {
  return (
    <button type="button" className="link-button" onClick={() => goTo({ screen: 'raters', studyId, rater })}>
      {rater}
    </button>
  );
}

function Warnings({ studyId, raters }: RatersProps) {
  const warned = raters.filter(({ warnings }) => warnings.length > 0);
  return (
    <section className="panel" aria-label="Warnings">
      <h2>Warnings</h2>
      {warned.length === 0 ? (
        <p>None: chance alone could explain all that raters did.</p>
      ) : (
        <dl className="warnings">
          {warned.map(({ rater, warnings }) => (
            <div key={rater}>
              <dt>
                <RaterLink studyId={studyId} rater={rater} />
              </dt>
              {warnings.map(({ about, text }) => (
                <dd key={about}>{unbroken(text)}</dd>
              ))}
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function RaterTable({ studyId, raters }: RatersProps) {
  return (
    <TableScroll label="Figures of each rater">
      <table className="data">
        <thead>
          <tr>
            <th scope="col">Rater</th>
            <NumberHead>Labels</NumberHead>
            <NumberHead>Skipped</NumberHead>
            <NumberHead>Seconds</NumberHead>
            <NumberHead>Too fast</NumberHead>
            <NumberHead>Left</NumberHead>
            <NumberHead>Ties</NumberHead>
            <NumberHead>Gold</NumberHead>
            <NumberHead>Catch</NumberHead>
            <NumberHead>Repeats</NumberHead>
            <NumberHead>Kappa</NumberHead>
            <NumberHead>Contradicts</NumberHead>
          </tr>
        </thead>
        <tbody>
          {raters.map((rater) => (
            <tr key={rater.rater}>
              <th scope="row">
                <RaterLink studyId={studyId} rater={rater.rater} />
                <Small text={stateText(rater)} />
              </th>
              <td className="number">{rater.labels.toLocaleString('en')}</td>
              <td className="number">{rater.skipped.toLocaleString('en')}</td>
              <td className="number">
                {rater.medianSeconds === null ? '–' : rater.medianSeconds.toFixed(1)}
              </td>
              <ShareCell share={rater.tooFast} />
              <ShareCell share={rater.left} />
              <td className="number">
                {rater.tiesAboveOthers.defined ? pointsText(rater.tiesAboveOthers.value) : '–'}
              </td>
              <ShareCell share={rater.gold} />
              <ShareCell share={rater.caught} />
              <ShareCell share={rater.repeats} />
              <KappaCell withOthers={rater.withOthers} />
              <OutlierCell outlier={rater.outlier} />
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function ShareCell({ share }: { readonly share: Share | null }) {
  if (share === null) return <td className="number">–</td>;
  const { successes, n, interval } = share;
  return (
    <td className="number">
      {countedText(successes, n)}
      {!isCounted(n) && <Small text={rangeText(interval)} />}
      {!isCounted(n) && <Small text={`n ${n.toLocaleString('en')}`} />}
    </td>
  );
}

function KappaCell({ withOthers: { n, kappa, kappaInterval } }: Pick<RaterReport, 'withOthers'>) {
  if (!kappa.defined) return <td className="number">–</td>;
  const range = kappaInterval.defined
    ? `${kappaText(kappaInterval.interval.low)} to ${kappaText(kappaInterval.interval.high)}`
    : '';
  return (
    <td className="number">
      {kappaText(kappa.value)}
      <Small text={range} />
      <Small text={`n ${n.toLocaleString('en')}`} />
    </td>
  );
}

function OutlierCell({ outlier }: Pick<RaterReport, 'outlier'>) {
  if (outlier === null) return <td className="number">–</td>;
  const { n, contradictions, others } = outlier;
  return (
    <td className="number">
      {countedText(contradictions, n)}
      <Small text={`others ${countedText(others.contradictions, others.n)}`} />
    </td>
  );
}

function Small({ text }: { readonly text: string }) {
  return <span className="cell-note">{text}</span>;
}
