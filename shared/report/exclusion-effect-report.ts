import type { Figure } from '../card/figures/figure.ts';
import { endsText, valueText } from '../card/figures/figure-text.ts';
import { MEASURES } from '../card/figures/measures.ts';
import type { ExclusionEffect } from '../contract/quality-methods.ts';
import { countedText, countText } from './number-texts.ts';
import { numbers, type Report, words } from './report.ts';

/** Every headline figure with and without one rater's votes. */
export function reportOfExclusionEffect(effect: ExclusionEffect): Report {
  const { rater, votes, judges, options } = effect;
  return {
    sentences: [
      `${rater} gave ${countedText(votes, 'label')}.`,
      sentenceOfLabels(effect),
      `Intervals at ${Math.round(100 * options.level)} %, that of the difference of kappas at 98 %. Both columns rest largely on the same votes, so their intervals overlap even where the difference is real.`,
    ],
    tables: judges.map(({ judge, figures }) => ({
      caption: judge === null ? 'People with each other' : `Judge ${judge}`,
      columns: [
        words('Figure'),
        words('Of'),
        numbers(`With ${rater}`),
        numbers(`Without ${rater}`),
        numbers('Change'),
      ],
      rows: figures.map(({ with: one, without }) => [
        MEASURES[one.measure].label,
        one.row,
        figureOf(one),
        figureOf(without),
        changeOf(one, without),
      ]),
    })),
  };
}

function sentenceOfLabels({ labels }: ExclusionEffect): string {
  return labels.with === labels.without
    ? `${countedText(labels.with, 'pair has', 'pairs have')} a label of people either way.`
    : `${countedText(labels.with, 'pair has', 'pairs have')} a label of people with these votes, ${countText(labels.without)} without.`;
}

function figureOf(figure: Figure | null): string {
  if (figure === null || figure.value === null) return figure?.reason ?? '–';
  const { unit } = MEASURES[figure.measure];
  const range = figure.interval === null ? '' : `${endsText(figure.interval, unit)}, `;
  return `${valueText(figure.value, unit)} (${range}n ${countText(figure.n)})`;
}

function changeOf(one: Figure, other: Figure | null): string {
  if (one.value === null || other === null || other.value === null) return '–';
  const { unit } = MEASURES[one.measure];
  return valueText(
    other.value - one.value,
    unit === 'share' || unit === 'mean_share' || unit === 'points' ? 'points' : 'difference',
  );
}
