import type { CardPart, Figure } from '../../../../shared/card/figures/figure.ts';
import { figuresCsv, figureText, intervalText } from '../../../../shared/card/figures/figure-text.ts';
import { MEASURES, type MeasureName } from '../../../../shared/card/figures/measures.ts';
import { PART_TITLES } from '../../../../shared/card/figures/part-titles.ts';
import type { AgreementCard } from '../../../../shared/contract/agreement-methods.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import type { AgreementOptions } from '../../../../shared/labels/agreement-options.ts';
import { cardFacts } from '../../../../shared/report/card-facts.ts';
import { policyLine } from '../../../../shared/report/policy-words.ts';
import { csvCell } from '../../../../shared/text/csv-cell.ts';
import type { CliCommand } from '../client/command.ts';
import { option, studyOption } from '../options/option.ts';
import { policiesOf, policyOptions } from '../options/policy-options.ts';
import { sliceOf } from '../options/slice-option.ts';
import { tableText } from '../terminal/table-text.ts';

type Given = Partial<AgreementOptions> & {
  readonly study: string;
  readonly judge?: string;
  /** A slice's name: its values are listed. */
  readonly by?: string;
  /** NAME=VALUE: the card of these comparisons only. */
  readonly slice?: string;
  readonly csv?: boolean;
  /** Compare every two raters, however many there are. */
  readonly raterPairs?: boolean;
};

type Found = ReturnType<typeof jsonOf>;

export const command: CliCommand<Given, Found> = {
  spec: {
    about: 'the agreement card: may a judge be used, for what, and how sure is that',
    options: [
      studyOption(),
      option('--judge <name>', 'only this judge'),
      option('--slice <name=value>', 'only the comparisons of this slice'),
      option('--by <slice>', 'list the values of this slice'),
      option('--csv', 'every figure as a row of comma-separated values'),
      option('--rater-pairs', 'compare every two raters, even where there are more than 20'),
      ...policyOptions(),
    ],
  },
  run: async (client, given) => {
    const slice = given.slice === undefined ? undefined : sliceOf(given.slice);
    const asked = {
      studyId: await client.studyId(given.study),
      options: policiesOf(given),
      ...(slice === undefined ? {} : { slice }),
      ...(given.raterPairs === true ? { raterPairs: true } : {}),
    };
    const { judges } = await client.call('agreement.card', { ...asked, parts: ['people'] });
    if (given.judge !== undefined && !judges.includes(given.judge))
      throw new ServiceError('not_found', {
        key: 'figures.judge_of_study_unknown',
        values: { study: given.study, judge: given.judge, judges: judges.join(', ') || 'none' },
      });
    client.terminal.progress('working out the agreement …');
    // Of several judges, what none of them changes is told once.
    const ofAll =
      given.judge === undefined && judges.length > 1 ? await client.follow('agreement.cards', asked) : null;
    const all = ofAll?.cards ?? [
      await client.follow('agreement.card', {
        ...asked,
        ...(given.judge === undefined ? {} : { judge: given.judge }),
      }),
    ];
    const cards = all.map((card) => onlySlice(card, given.by));
    const [first] = cards;
    if (given.by !== undefined && first?.judge !== null && !hasSlice(first, given.by))
      throw new ServiceError('not_found', { key: 'terminal.slice_unknown', values: { slice: given.by } });
    return jsonOf(cards, ofAll?.parts ?? []);
  },
  text: ({ cards, parts = [] }, { csv, by }) =>
    csv === true
      ? csvOf([...(parts.length === 0 ? [] : [{ judge: null, parts }]), ...cards]).trimEnd()
      : [
          ...cards.map((card) => cardText(card, by)),
          ...(parts.length === 0
            ? []
            : [
                parts
                  .map((part) => partText(part, by))
                  .join('\n')
                  .concat('\n'),
              ]),
        ].join('\n'),
};

/** The card with the values of one slice only, where one was asked for. */
function onlySlice(card: AgreementCard, by: string | undefined): AgreementCard {
  if (by === undefined) return card;
  const parts = card.parts.map((part) =>
    part.name === 'slices' ? { ...part, figures: part.figures.filter(isOfSlice(by)) } : part,
  );
  return { ...card, parts };
}

function hasSlice(card: AgreementCard | undefined, by: string): boolean {
  const slices = card?.parts.find(({ name }) => name === 'slices');
  return slices?.figures.some(isOfSlice(by)) ?? false;
}

function isOfSlice(name: string): (figure: Figure) => boolean {
  return ({ subject }) => subject.kind === 'slice' && subject.name === name;
}

function jsonOf(cards: readonly AgreementCard[], ofStudy: readonly CardPart[]) {
  const used = new Set<MeasureName>(
    [...ofStudy, ...cards.flatMap(({ parts }) => parts)].flatMap(({ figures }) =>
      figures.map(({ measure }) => measure),
    ),
  );
  const measures = Object.fromEntries([...used].sort().map((name) => [name, MEASURES[name]]));
  const [first] = cards;
  return {
    study: first?.study,
    isSynthetic: first?.isSynthetic,
    ...(ofStudy.length === 0 ? {} : { parts: ofStudy }),
    cards,
    measures,
  };
}

function csvOf(cards: readonly Pick<AgreementCard, 'judge' | 'parts'>[]): string {
  return cards
    .map(({ judge, parts }, index) => {
      const [header = '', ...lines] = figuresCsv(parts).trimEnd().split('\r\n');
      const named = lines.map((line) => `${csvCell(judge)},${line}`);
      return (index === 0 ? [`judge,${header}`, ...named] : named).join('\r\n');
    })
    .join('\r\n');
}

/** Figures that are rows of a picture on the screen and would only be a wall of numbers in a terminal. */
const NOT_PRINTED: ReadonlySet<MeasureName> = new Set(['matrix_cell', 'votes', 'kappa_standard_error']);

function cardText(card: AgreementCard, by: string | undefined): string {
  const { study, isSynthetic, judge, options } = card;
  const head = [
    `${study}${isSynthetic ? ' (synthetic data)' : ''}${judge === null ? '' : `: ${judge}`}`,
    cardFacts(card).join(' '),
    policyLine(options),
  ];
  if (judge === null) head.push('This study has no judge’s verdicts on these pairs.');
  return [...head, ...card.parts.map((part) => partText(part, by))].join('\n').concat('\n');
}

function partText(part: CardPart, by: string | undefined): string {
  const words = part.words.filter(({ row }) => !['standing', 'rule'].includes(row)).map(({ text }) => text);
  const isFolded = part.name === 'slices' && by === undefined;
  const rows = new Set(part.figures.map(({ row }) => row));
  const figures = isFolded ? [] : part.figures.filter(({ measure }) => !NOT_PRINTED.has(measure));
  const folded =
    isFolded && rows.size > 0 ? [`${rows.size} slice values: --by NAME lists those of a slice.`] : [];
  const table =
    figures.length === 0
      ? []
      : [
          tableText(
            ['', 'figure', 'n', 'split', 'value', 'interval'],
            figures.map((figure) => [
              figure.row,
              MEASURES[figure.measure].label,
              String(figure.n),
              figure.weighing === 'unweighed' ? `${figure.split}, unweighed` : figure.split,
              figureText(figure),
              intervalText(figure),
            ]),
          ),
        ];
  return ['', PART_TITLES[part.name], ...words, ...folded, ...table].join('\n');
}
