import type { AgreementCard } from '../contract/agreement-methods.ts';
import { countedText, countText } from './number-texts.ts';

/** What a card rests on, in whole sentences. Its policies are told apart. */
export function cardFacts(card: Omit<AgreementCard, 'parts'>): readonly string[] {
  const { pairs, splits, items, raters, judges, slice, systemsAreNamed, systems } = card;
  const { isWeighted, excluded, leftOut, adjudicated, deviations, options } = card;
  return [
    `${countedText(pairs, 'pair')} of ${countedText(items, 'item')}, ${countedText(raters.length, 'rater')}, ${countedText(judges.length, 'judge')}${slice === null ? '' : `, only ${slice.name} = ${slice.value}`}.`,
    `Split: ${countText(splits.dev)} dev, ${countText(splits.test)} test; figures are of both where none is named.`,
    `Intervals at ${Number((100 * options.level).toFixed(1))} %, by item.`,
    ...(!systemsAreNamed && systems.length > 0
      ? ['The study is blind: systems have stand-ins for names.']
      : []),
    ...(isWeighted
      ? [
          'Pairs were drawn with different chances: figures of agreement with people, their win rates and rankings weigh each by what it stands for; the others do not.',
        ]
      : []),
    ...(excluded.length > 0 ? [`Left out by the lead: the votes of ${excluded.join(', ')}.`] : []),
    ...(leftOut > 0 ? [`Left out by the lead: ${countedText(leftOut, 'pair')} of the study.`] : []),
    ...(adjudicated > 0
      ? [`${countedText(adjudicated, 'label was', 'labels were')} decided by an adjudicator.`]
      : []),
    ...(deviations.length > 0 ? [`Not as planned: ${deviations.join('; ')}.`] : []),
  ];
}
