import { useState } from 'react';
import type { InputOf } from '../../shared/contract/methods.ts';
import type { AgreementOptions } from '../../shared/domain/agreement-options.ts';
import type {
  AgreementReport,
  JudgeAgreement,
  SourceAgreement,
} from '../../shared/domain/agreement-report.ts';
import { mismatchSentence } from '../../shared/domain/card/label-mismatch.ts';
import type { CategoryName } from '../../shared/domain/verdict-codes.ts';
import { ComparisonsDialog } from '../components/ComparisonsDialog.tsx';
import { ConfusionMatrix } from '../components/ConfusionMatrix.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { IntervalPlot } from '../components/IntervalPlot.tsx';
import { Page } from '../components/Page.tsx';
import { SyntheticBadge } from '../components/SyntheticBadge.tsx';
import { TableScroll } from '../components/TableScroll.tsx';
import { UnblindDialog } from '../components/UnblindDialog.tsx';
import { useQuery } from '../state/query.ts';
import { goTo } from '../state/route.ts';

type Policies = Pick<AgreementOptions, 'ties' | 'bothBad' | 'unparsed' | 'inconsistent' | 'consensus'>;
export type Between = InputOf<'agreement.comparisons'>['between'];

const DEFAULTS: Policies = {
  ties: 'separate',
  bothBad: 'separate',
  unparsed: 'drop',
  inconsistent: 'class',
  consensus: 'majority',
};

const CHOICES: {
  readonly [Key in keyof Policies]: { label: string; values: Readonly<Record<Policies[Key], string>> };
} = {
  ties: { label: 'Ties', values: { separate: 'a category', drop: 'left out', half: 'half to each side' } },
  bothBad: { label: 'Both bad', values: { separate: 'a category', tie: 'counts as tie' } },
  unparsed: { label: 'Unparsed', values: { drop: 'left out', tie: 'counts as tie', class: 'a category' } },
  inconsistent: {
    label: 'Inconsistent',
    values: { class: 'a category', tie: 'counts as tie', drop: 'left out' },
  },
  consensus: { label: 'People’s label', values: { majority: 'majority', unanimous: 'unanimous only' } },
};

interface OpenCell {
  readonly between: Between;
  readonly row: CategoryName;
  readonly column: CategoryName;
}

export function AgreementScreen({ studyId }: { readonly studyId: string }) {
  const [policies, setPolicies] = useState(DEFAULTS);
  const [slice, setSlice] = useState('');
  const { value: study } = useQuery('studies.show', { studyId }, ['studies']);
  const { value, error, isLoading, reload } = useQuery('agreement.report', {
    studyId,
    options: policies,
    ...(slice === '' ? {} : { bySlice: slice }),
  });
  const [cell, setCell] = useState<OpenCell | null>(null);
  const [isUnblinding, setIsUnblinding] = useState(false);
  const openCell = (opened: OpenCell) => {
    setCell(opened);
    setIsUnblinding(study?.unblindedAt === null);
  };
  return (
    <Page
      title={`Agreement: ${study?.name ?? ''}`}
      actions={
        <button type="button" onClick={() => goTo({ screen: 'study', studyId })}>
          Back to the study
        </button>
      }
    >
      {study?.isSynthetic === true && <SyntheticBadge />}
      <div className="policy-row">
        {(Object.keys(CHOICES) as (keyof Policies)[]).map((key) => (
          <label key={key}>
            {CHOICES[key].label}
            <select
              value={policies[key]}
              onChange={(event) => setPolicies({ ...policies, [key]: event.target.value })}
            >
              {Object.entries(CHOICES[key].values).map(([option, label]) => (
                <option key={option} value={option}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        ))}
        {study !== null && study.slices.length > 0 && (
          <label>
            By slice
            <select value={slice} onChange={(event) => setSlice(event.target.value)}>
              <option value="">none</option>
              {study.slices.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {isLoading && (
        <p className="waiting" role="status">
          Computing …
        </p>
      )}
      {value !== null && (
        <>
          <ReportView report={value.report} onOpen={openCell} />
          {value.bySlice.map(({ value: sliceValue, report }) => (
            <section key={sliceValue} className="panel">
              <h2>
                {slice}: {sliceValue}
              </h2>
              <FiguresTable report={report} />
            </section>
          ))}
        </>
      )}
      {cell !== null && study !== null && isUnblinding && (
        <UnblindDialog
          studyId={studyId}
          studyName={study.name}
          onClose={() => setCell(null)}
          onDone={() => setIsUnblinding(false)}
        />
      )}
      {cell !== null && !isUnblinding && (
        <ComparisonsDialog studyId={studyId} options={policies} {...cell} onClose={() => setCell(null)} />
      )}
    </Page>
  );
}

/** The card's first words: what may be said of every judge beside a human rater, and what would settle the rest. */
function StandingPanel({ judges }: { readonly judges: AgreementReport['judges'] }) {
  return (
    <section className="panel">
      <h2>May a judge stand in for a rater?</h2>
      {judges.map(({ judge, standing, labelMismatch }) => (
        <div key={judge} className="standing" data-standing={standing.standing}>
          <p>
            <strong>{standing.sentence}</strong> {standing.next}
          </p>
          {labelMismatch !== null && <p role="alert">{mismatchSentence(labelMismatch)}</p>}
        </div>
      ))}
      <details>
        <summary>How this is decided</summary>
        <p>
          Each rater in turn is taken out; the rater and the judge are both held against the consensus of the
          others, on the pairs all have. The claim is made {judges[0]?.standing.rule}. The interval is a
          jackknife over items.
        </p>
      </details>
    </section>
  );
}

function ReportView({
  report,
  onOpen,
}: {
  readonly report: AgreementReport;
  readonly onOpen: (cell: OpenCell) => void;
}) {
  const { kinds, labels } = report.consensus;
  const plotRows = [
    ...report.raterPairs.map((pair) => ({
      label: `${pair.raterA} – ${pair.raterB}`,
      group: 'people' as const,
      figures: pair,
    })),
    ...report.judges.map((judge) => ({
      label: `${judge.judge} – people`,
      group: 'judge' as const,
      figures: judge,
    })),
  ];
  if (plotRows.length === 0) {
    return (
      <section className="empty">
        <h2>Nothing to compare yet</h2>
        <p>Agreement needs votes of two raters, or votes and a judge’s verdicts, on the same pairs.</p>
      </section>
    );
  }
  return (
    <>
      {report.judges.length > 0 && <StandingPanel judges={report.judges} />}
      <section className="panel">
        <h2>Cohen’s kappa</h2>
        <TableScroll label="Kappa of every comparison">
          <IntervalPlot
            rows={plotRows}
            ceiling={report.humanCeiling.defined ? report.humanCeiling.value : null}
          />
        </TableScroll>
        <p className="quiet">
          Dots with 95 % score intervals over {report.items.toLocaleString('en')} items, because several
          comparisons of one item are not independent.{' '}
          {report.humanCeiling.defined
            ? `The line is people with each other: ${report.humanCeiling.value.toFixed(3)} on average.`
            : `No line for people with each other: ${report.humanCeiling.reason}.`}
        </p>
        <FiguresTable report={report} />
      </section>
      <section className="panel">
        <h2>People’s labels</h2>
        <p>
          {kinds.unanimous} unanimous, {kinds.majority} by majority, {kinds.split} split without one,{' '}
          {kinds.single} with a single vote, {kinds.none} without a vote. Labels: {labels.first} first,{' '}
          {labels.second} second, {labels.tie} tie, {labels.both_bad} both bad.
        </p>
      </section>
      {report.judges.map((judge) => (
        <section key={judge.judge} className="panel">
          <h2>{judge.judge}</h2>
          <JudgeFacts judge={judge} />
          <ConfusionMatrix
            matrix={judge.matrix}
            rowTitle="people"
            columnTitle={judge.judge}
            onOpen={(row, column) => onOpen({ between: { judge: judge.judge }, row, column })}
          />
        </section>
      ))}
      <div className="columns">
        {report.raterPairs.map((pair) => (
          <section key={`${pair.raterA}|${pair.raterB}`} className="panel">
            <h2>
              {pair.raterA} and {pair.raterB}
            </h2>
            <ConfusionMatrix
              matrix={pair.matrix}
              rowTitle={pair.raterA}
              columnTitle={pair.raterB}
              onOpen={(row, column) =>
                onOpen({ between: { raterA: pair.raterA, raterB: pair.raterB }, row, column })
              }
            />
          </section>
        ))}
      </div>
    </>
  );
}

function JudgeFacts({ judge }: { readonly judge: JudgeAgreement }) {
  const { verdicts, byTiePolicy } = judge;
  return (
    <>
      <p>
        {judge.judged.toLocaleString('en')} pairs judged: {verdicts.inconsistent} inconsistent between the
        orders, {verdicts.unparsed} unparsed, {verdicts.error} errors.
      </p>
      <p className="quiet">
        Kappa with ties as a category {kappaText(byTiePolicy.separate)}, left out{' '}
        {kappaText(byTiePolicy.drop)}, half to each side {kappaText(byTiePolicy.half)}.
      </p>
    </>
  );
}

function kappaText({ kappa, n }: JudgeAgreement['byTiePolicy']['half']): string {
  return kappa.defined ? `${kappa.value.toFixed(3)} (n ${n})` : `undefined (${kappa.reason})`;
}

function FiguresTable({ report }: { readonly report: AgreementReport }) {
  const rows: [string, SourceAgreement][] = [
    ...report.raterPairs.map((pair): [string, SourceAgreement] => [`${pair.raterA} – ${pair.raterB}`, pair]),
    ...report.judges.map((judge): [string, SourceAgreement] => [`${judge.judge} – people`, judge]),
  ];
  return (
    <TableScroll label="Figures">
      <table className="data figures">
        <thead>
          <tr>
            <th>Between</th>
            <th className="number">n</th>
            <th className="number">Agreement</th>
            <th className="number">Kappa</th>
            <th className="number">95 % by item</th>
            <th className="number">95 %, pairs as independent</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, figures]) => (
            <tr key={label}>
              <td>{label}</td>
              <td className="number">{figures.n.toLocaleString('en')}</td>
              <td className="number">
                {figures.agreement.defined ? `${(100 * figures.agreement.value).toFixed(1)} %` : '–'}
                {figures.agreementInterval.defined && (
                  <span className="quiet"> ({percentInterval(figures.agreementInterval.interval)})</span>
                )}
              </td>
              {figures.kappa.defined ? (
                <td className="number">{figures.kappa.value.toFixed(3)}</td>
              ) : (
                <td className="reason">undefined: {figures.kappa.reason}</td>
              )}
              <td className={figures.kappaInterval.defined ? 'number' : 'reason'}>
                {figures.kappaInterval.defined
                  ? interval(figures.kappaInterval.interval)
                  : `none: ${figures.kappaInterval.reason}`}
              </td>
              <td className={figures.kappa.defined && figures.kappa.interval !== null ? 'number' : 'reason'}>
                {figures.kappa.defined
                  ? figures.kappa.interval === null
                    ? `none: ${figures.kappa.noInterval}`
                    : interval(figures.kappa.interval)
                  : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function percentInterval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}`;
}

function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${low.toFixed(3)} to ${high.toFixed(3)}`;
}
