import type { ParsedInputOf } from '../../../../shared/contract/methods.ts';
import type { AgreementOptions } from '../../../../shared/domain/agreement-options.ts';
import type {
  AgreementReport,
  JudgeAgreement,
  SourceAgreement,
} from '../../../../shared/domain/agreement-report.ts';
import { mismatchSentence } from '../../../../shared/domain/card/label-mismatch.ts';
import type { Estimate } from '../../../../shared/stats/estimate.ts';
import { studyIdOf, unwrapped, withApp } from '../in-process.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal.ts';

export interface AgreementCommandOptions {
  readonly study: string;
  readonly judge?: string;
  readonly by?: string;
  readonly json?: boolean;
  readonly options: ParsedInputOf<'agreement.report'>['options'];
}

/** `touchstone agreement --study NAME [--judge ID] [--ties …] [--by SLICE]` */
export async function agreementCommand(
  options: AgreementCommandOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const studyId = await studyIdOf(client, options.study);
    const agreement = unwrapped(
      await client.call('agreement.report', {
        studyId,
        options: options.options,
        ...(options.by === undefined ? {} : { bySlice: options.by }),
      }),
    );
    const only = (report: AgreementReport): AgreementReport =>
      options.judge === undefined
        ? report
        : { ...report, judges: report.judges.filter(({ judge }) => judge === options.judge) };
    if (options.judge !== undefined && only(agreement.report).judges.length === 0) {
      const known = agreement.report.judges.map(({ judge }) => judge).join(', ') || 'none';
      terminal.complain(`“${options.study}” has no judge named “${options.judge}” (it has: ${known}).`);
      return EXIT.couldNotRun;
    }
    const shown = {
      ...agreement,
      report: only(agreement.report),
      bySlice: agreement.bySlice.map((slice) => ({ ...slice, report: only(slice.report) })),
    };
    if (options.json === true) {
      terminal.print(JSON.stringify(shown));
      return EXIT.fine;
    }
    terminal.print(`${shown.study}${shown.isSynthetic ? ' (synthetic data)' : ''}`);
    terminal.print(reportText(shown.report));
    for (const { slice, value, report } of shown.bySlice) {
      terminal.print(`\n${slice} = ${value}`);
      terminal.print(reportText(report));
    }
    return EXIT.fine;
  });
}

function reportText(report: AgreementReport): string {
  const { kinds, labels } = report.consensus;
  const rows = [
    ...report.raterPairs.map((pair) => agreementRow(`${pair.raterA} – ${pair.raterB}`, pair)),
    ...report.judges.map((judge) => agreementRow(`${judge.judge} vs people`, judge)),
  ];
  return [
    ...report.judges.flatMap(({ standing, labelMismatch }) => [
      standing.sentence,
      standing.next,
      ...(labelMismatch === null ? [] : [mismatchSentence(labelMismatch)]),
      '',
    ]),
    `${report.pairs} pairs of ${report.items} items`,
    `consensus (${report.options.consensus}): ${kinds.unanimous} unanimous, ${kinds.majority} by majority, ${kinds.split} split, ${kinds.single} with one vote, ${kinds.none} without; ${labels.first} first, ${labels.second} second, ${labels.tie} tie, ${labels.both_bad} both bad`,
    policyText(report.options),
    '',
    tableText(['between', 'n', 'agreement', 'kappa', 'by item', 'pairs as independent'], rows),
    '',
    `people with each other, mean kappa (the ceiling): ${estimateText(report.humanCeiling)}`,
    ...report.judges.map(judgeLine),
  ].join('\n');
}

function policyText(options: AgreementOptions): string {
  return `ties: ${options.ties}; both bad: ${options.bothBad}; unparsed: ${options.unparsed}; inconsistent: ${options.inconsistent}`;
}

function agreementRow(between: string, figures: SourceAgreement): string[] {
  const { kappa, kappaInterval } = figures;
  const ends = (interval: { low: number; high: number }) =>
    `${interval.low.toFixed(4)} to ${interval.high.toFixed(4)}`;
  return [
    between,
    String(figures.n),
    estimateText(figures.agreement),
    kappa.defined ? kappa.value.toFixed(4) : `undefined: ${kappa.reason}`,
    kappaInterval.defined ? ends(kappaInterval.interval) : `none: ${kappaInterval.reason}`,
    kappa.defined ? (kappa.interval === null ? `none: ${kappa.noInterval}` : ends(kappa.interval)) : '',
  ];
}

function judgeLine(judge: JudgeAgreement): string {
  const { verdicts, byTiePolicy } = judge;
  const kappas = (['separate', 'drop', 'half'] as const)
    .map((policy) => {
      const { kappa, n } = byTiePolicy[policy];
      return `${policy} ${kappa.defined ? kappa.value.toFixed(4) : 'undefined'} (n ${n})`;
    })
    .join(', ');
  return `${judge.judge}: ${judge.judged} judged; ${verdicts.inconsistent} inconsistent, ${verdicts.unparsed} unparsed, ${verdicts.error} errors; kappa by tie policy: ${kappas}`;
}

function estimateText(estimate: Estimate): string {
  return estimate.defined ? estimate.value.toFixed(4) : `undefined: ${estimate.reason}`;
}
