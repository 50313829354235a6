/** A gate's result for people, for CI that reads JUnit, and for the summary of a GitHub step. */

import { valueText } from '../../../../shared/card/figures/figure-text.ts';
import type { GateCheck, GateOutcome } from '../../../../shared/card/gate/gate-check.ts';
import type { GateResult } from '../../../../shared/card/gate/gate-result.ts';
import { tableText } from './table-text.ts';

const WORDS: Readonly<Record<GateOutcome, string>> = {
  passed: 'passed',
  failed: 'failed',
  inconclusive: 'too few labels to tell',
};

const HEADER = ['check', 'on', 'found', 'interval', 'n', 'outcome', 'because'] as const;

export function gateText(result: GateResult): string {
  return [`${headOf(result)}`, '', tableText(HEADER, rowsOf(result)), '', verdictOf(result)].join('\n');
}

/** Markdown. What stands in a cell is escaped: names of slices and judges come from anywhere. */
export function gateMarkdown(result: GateResult): string {
  const row = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
  return [
    `### ${markdownCell(headOf(result))}`,
    '',
    row(HEADER),
    `| ${HEADER.map(() => '---').join(' | ')} |`,
    ...rowsOf(result).map(row),
    '',
    `**${markdownCell(verdictOf(result))}**`,
    '',
  ].join('\n');
}

/** JUnit XML: one case a check; what could not be told is an error, as opposed to a failure. */
export function gateJunit(result: GateResult, isInconclusiveAllowed: boolean): string {
  const failures = result.checks.filter(({ outcome }) => outcome === 'failed').length;
  const open = result.checks.filter(({ outcome }) => outcome === 'inconclusive').length;
  const [errors, skipped] = isInconclusiveAllowed ? [0, open] : [open, 0];
  const counts = `tests="${result.checks.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  const cases = result.checks.map((check) => {
    const found = `${findingText(check)} ${intervalText(check)}`.trim();
    const name = `${check.asked} on ${check.about}`;
    const start = `    <testcase classname="${xml(result.study)}.${xml(result.judge)}" name="${xml(name)}"`;
    if (check.outcome === 'passed') return `${start}/>`;
    const tag = check.outcome === 'failed' ? 'failure' : isInconclusiveAllowed ? 'skipped' : 'error';
    return `${start}>\n      <${tag} message="${xml(`${WORDS[check.outcome]}: ${check.reason}`)}">${xml(found)}</${tag}>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${xml(`touchstone gate ${result.study}`)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function headOf({ study, isSynthetic, judge, pairs, items, raters }: GateResult): string {
  return `${study}${isSynthetic ? ' (synthetic data)' : ''}: ${judge}, ${pairs} pairs of ${items} items, ${raters} raters`;
}

function verdictOf({ outcome }: GateResult): string {
  return `Gate: ${WORDS[outcome]}`;
}

function rowsOf({ checks }: GateResult): string[][] {
  return checks.map((check) => [
    check.asked,
    check.about,
    findingText(check),
    intervalText(check),
    String(check.n),
    WORDS[check.outcome],
    check.reason,
  ]);
}

function findingText({ value, name }: GateCheck): string {
  if (value === null) return '–';
  return valueText(value, name === 'not_below' ? 'difference' : 'coefficient');
}

function intervalText({ low, high }: GateCheck): string {
  return low === null || high === null
    ? ''
    : `${valueText(low, 'coefficient')} to ${valueText(high, 'coefficient')}`;
}

function markdownCell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&]/gu, '\\$&').replace(/\s+/gu, ' ');
}

/** Escapes what XML 1.0 has a meaning for, and takes out what it cannot hold. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/gu, (letter) => `&#${letter.codePointAt(0)};`);
}
