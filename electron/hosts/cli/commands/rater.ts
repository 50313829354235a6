/** Commands about one rater: what the lead decides, and what that does to the figures. */

import type { Figure } from '../../../../shared/card/figures/figure.ts';
import { endsText, valueText } from '../../../../shared/card/figures/figure-text.ts';
import { MEASURES } from '../../../../shared/card/figures/measures.ts';
import type { ExclusionEffect } from '../../../../shared/contract/quality-methods.ts';
import { unwrap, withStudy } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';

export interface RaterTarget {
  readonly study: string;
  readonly json?: boolean;
}

export const RATER_ACTS = {
  exclude: { about: 'exclusion', isOn: true, said: 'The votes are left out of every figure.' },
  restore: { about: 'exclusion', isOn: false, said: 'The votes count again.' },
  pause: { about: 'pause', isOn: true, said: 'No further pair is given.' },
  resume: { about: 'pause', isOn: false, said: 'The work may go on.' },
} as const;

/** `touchstone rater exclude|restore|pause|resume NAME`. */
export function raterDecideCommand(
  act: keyof typeof RATER_ACTS,
  rater: string,
  { study, json, reason }: RaterTarget & { readonly reason: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const { about, isOn, said } = RATER_ACTS[act];
    const reports = unwrap(await client.call('quality.decide', { studyId, rater, about, isOn, reason }));
    terminal.print(json === true ? JSON.stringify(reports) : `${rater}: ${said}`);
    return EXIT.fine;
  });
}

/** `touchstone rater effect NAME`: the headline figures with and without the rater. */
export function raterEffectCommand(
  rater: string,
  { study, json }: RaterTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const effect = unwrap(await client.call('quality.effect', { studyId, rater }));
    terminal.print(json === true ? JSON.stringify(effect) : effectText(effect));
    return EXIT.fine;
  });
}

/** `touchstone rater erase-notes NAME`. */
export function eraseNotesCommand(
  rater: string,
  { study, json }: RaterTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const reply = unwrap(await client.call('quality.eraseNotes', { studyId, rater }));
    terminal.print(
      json === true
        ? JSON.stringify(reply)
        : `${reply.erased} notes of ${rater} were erased. Exports and copies of the store made before still hold them.${reply.isPending ? ' So does the journal, while somebody reads: run this once more.' : ''}`,
    );
    return EXIT.fine;
  });
}

function effectText({ rater, votes, labels, judges }: ExclusionEffect): string {
  const tables = judges.map(({ judge, figures }) =>
    [
      '',
      judge ?? 'people with each other',
      tableText(
        ['figure', '', `with ${rater}`, 'interval', `without ${rater}`, 'interval'],
        figures.map(({ with: one, without }) => [
          MEASURES[one.measure].label,
          one.row,
          ...cells(one),
          ...cells(without),
        ]),
      ),
    ].join('\n'),
  );
  return [
    `${rater} gave ${votes} labels; ${labels.with} pairs have a label of people with them, ${labels.without} without.`,
    ...tables,
  ].join('\n');
}

function cells(figure: Figure | null): [string, string] {
  if (figure === null || figure.value === null) return [figure?.reason ?? '–', ''];
  const { unit } = MEASURES[figure.measure];
  return [valueText(figure.value, unit), figure.interval === null ? '' : endsText(figure.interval, unit)];
}
