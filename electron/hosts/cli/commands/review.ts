/** Commands about disagreements: how labels come about, adjudication, audits, and whether raters could tell. */
import type { InputOf } from '../../../../shared/contract/methods.ts';
import type { ConsensusReport } from '../../../../shared/contract/quality-methods.ts';
import type { GuidelineGaps, ReviewSummary } from '../../../../shared/contract/review-methods.ts';
import type { AuditResult, AuditShare } from '../../../../shared/review/audit-result.ts';
import type { GuessShare } from '../../../../shared/review/guess-result.ts';
import type { Interval, Outcome } from '../../../../shared/stats/estimate.ts';
import { unwrap, withStudy } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';
import type { RaterTarget } from './rater.ts';

/** `touchstone review adjudicate|audit`. */
export function makeReviewCommand(
  plan: InputOf<'reviews.make'>['plan'],
  { study, json }: RaterTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const made = unwrap(await client.call('reviews.make', { studyId, plan }));
    terminal.print(
      json === true ? JSON.stringify(made) : `${made.pairs} pairs wait for an adjudicator, in the app.`,
    );
    return EXIT.fine;
  });
}

/** `touchstone review list`. */
export function listReviewsCommand(
  { study, json }: RaterTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const reviews = unwrap(await client.call('reviews.list', { studyId }));
    if (json === true) terminal.print(JSON.stringify(reviews));
    else if (reviews.length === 0) terminal.print('No review yet.');
    else terminal.print(reviews.map(reviewText).join('\n\n'));
    return EXIT.fine;
  });
}

/** `touchstone review gaps`. */
export function gapsCommand(
  { study, json }: RaterTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const report = unwrap(await client.call('disagreements.gaps', { studyId }));
    terminal.print(json === true ? JSON.stringify(report) : gapsText(report));
    return EXIT.fine;
  });
}

/** `touchstone review blinding`: exit 1 where raters can tell the systems apart. */
export function blindingCommand(
  { study, json }: RaterTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const report = unwrap(await client.call('guess.report', { studyId }));
    const { raters, ...all } = report;
    if (json === true) terminal.print(JSON.stringify(report));
    else if (report.asked === 0) terminal.print('Nobody has answered all of the last questions yet.');
    else {
      const rows = [...raters, { rater: 'all', ...all }].map(({ rater, ...share }) => [
        rater,
        ...guessCells(share),
      ]);
      terminal.print(
        tableText(['rater', 'asked', 'cannot tell', 'right', 'guess rate', 'p of one half'], rows),
      );
    }
    return report.rate !== null && report.rate.interval.low > 0.5 ? EXIT.failed : EXIT.fine;
  });
}

/** `touchstone review consensus`. */
export function consensusCommand(
  { study, json }: RaterTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const report = unwrap(await client.call('quality.consensus', { studyId }));
    terminal.print(json === true ? JSON.stringify(report) : consensusText(report));
    return EXIT.fine;
  });
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function rangeText({ low, high }: Interval): string {
  return `${percent(low)} to ${percent(high)}`;
}

function reviewText(review: ReviewSummary): string {
  const { kind, judge, madeAt, pairs, answered, skipped, audit, notJudged, isWeighted } = review;
  const head = `${kind}${judge === null ? '' : ` (${judge})`}, ${new Date(madeAt).toISOString()}: ${answered} of ${pairs} decided, ${skipped} skipped`;
  if (audit === null) return head;
  const words = [
    'all: the pairs that had a label and a verdict when the audit was drawn',
    ...(notJudged > 0 ? [`${notJudged} more without a verdict that could be compared`] : []),
    ...(isWeighted ? ['pairs were drawn with different chances, which is not weighed'] : []),
    ...(audit.waiting > 0
      ? [`${audit.waiting} looks wait for pairs before them, for somebody who did not adjudicate those`]
      : []),
    ...(audit.withSkips === null
      ? []
      : [
          `${audit.skipped} skipped: ${percent(audit.withSkips.allRight)} with all of those labels right, ${percent(audit.withSkips.allWrong)} with all wrong`,
        ]),
  ];
  return `${head}\n${auditText(audit)}\n${words.join('; ')}`;
}

type Estimate = Outcome<{ readonly value: number; readonly interval: Interval }>;

function auditText(audit: AuditResult): string {
  const row = (name: string, share: Estimate | AuditShare | null) => {
    if (share === null) return [name, '–', ''];
    if ('defined' in share && !share.defined) return [name, '–', share.reason];
    return [name, percent(share.value), rangeText(share.interval)];
  };
  return tableText(
    ['by the second look', 'share', '95 % interval'],
    [
      row('human label wrong, of all', audit.labelsWrong),
      row('… where the judge disagrees', audit.wrongWhereDiffering),
      row('… where it agrees', audit.wrongWhereAgreeing),
      row('judge right where it disagrees', audit.judgeRightWhereDiffering),
      row('judge right, of all', audit.judgeRight),
    ],
  );
}

function gapsText({ gaps, version }: GuidelineGaps): string {
  if (gaps.length === 0) return 'No pair was classed as a guideline gap.';
  const rows = gaps.map(({ version: of, pairs, compared, before, after, interval, elsewhere, outcome }) => [
    String(of),
    String(pairs),
    String(compared),
    before === null ? '–' : percent(before),
    after === null ? '–' : percent(after),
    interval === null ? '–' : rangeText(interval),
    elsewhere === null ? '–' : percent(elsewhere),
    outcome.replace('_', ' '),
  ]);
  const heads = [
    'guideline',
    'pairs',
    'asked again',
    'contradict before',
    'after',
    'interval',
    'elsewhere',
    'gap',
  ];
  return `The guideline in force is version ${version}.\n${tableText(heads, rows)}`;
}

function guessCells({ asked, cannotTell, right, rate }: GuessShare): string[] {
  return [
    String(asked),
    String(cannotTell),
    String(right),
    rate === null ? '–' : `${percent(rate.value)} (${rangeText(rate.interval)})`,
    rate === null ? '–' : rate.p < 0.001 ? '< 0.001' : rate.p.toFixed(3),
  ];
}

function shareOf(share: number | null | undefined): string {
  return share == null ? '–' : percent(share);
}

function consensusText({ pairs, kinds, adjudicated, rules, model }: ConsensusReport): string {
  const counts = Object.entries(kinds ?? {})
    .filter(([kind]) => kind !== 'adjudicated')
    .map(([kind, count]) => `${count} ${kind}`);
  counts.push(`${adjudicated} decided by an adjudicator`);
  const lines = [
    `${pairs} pairs: ${counts.join(', ')}`,
    tableText(
      ['rule', 'pairs with a label'],
      rules.map(({ rule, labels }) => [rule, String(labels)]),
    ),
  ];
  if (model === null) return lines.join('\n\n');
  const used = model.classes
    .map((_name, index) => index)
    .filter((index) => (model.priors[index] ?? 0) > 1e-9);
  for (const { rater, votes, said } of model.raters) {
    lines.push(
      `${rater}, ${votes} votes: says (rows) where a label is true (columns), Dawid–Skene\n${tableText(
        ['', ...used.map((index) => model.classes[index] ?? '')],
        used.map((row) => [model.classes[row] ?? '', ...used.map((column) => shareOf(said[row]?.[column]))]),
      )}`,
    );
  }
  return lines.join('\n\n');
}
