import type { Figure } from '../../../../../shared/card/figures/figure.ts';
import { endsText, valueText } from '../../../../../shared/card/figures/figure-text.ts';
import { MEASURES } from '../../../../../shared/card/figures/measures.ts';
import type { ExclusionEffect } from '../../../../../shared/contract/quality-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<{ readonly name: string; readonly study: string }, ExclusionEffect> = {
  spec: { takes: '<name>', about: 'the headline figures with and without a rater', options: [studyOption()] },
  run: async (client, { name, study }) =>
    client.follow('quality.effect', { studyId: await client.studyId(study), rater: name }),
  text: effectText,
};

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
