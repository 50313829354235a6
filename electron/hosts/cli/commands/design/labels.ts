import type { InputOf, ReplyOf } from '../../../../../shared/contract/methods.ts';
import { ServiceError } from '../../../../../shared/errors/errors.ts';
import { LABEL_PLAN_BOUNDS } from '../../../../../shared/selection/label-plan-request.ts';
import { labelsStillNeeded } from '../../../../../shared/selection/labels-still-needed.ts';
import type { CliCommand } from '../../client/command.ts';
import type { CommandClient } from '../../client/command-client.ts';
import { option } from '../../options/option.ts';
import { numberBetween, positiveNumber, wholeNumberBetween } from '../../options/option-numbers.ts';
import { EXIT } from '../../terminal/terminal.ts';

interface LabelOptions {
  readonly study?: string;
  readonly judge?: string;
  readonly kappa?: number;
  readonly width?: number;
  readonly agreements?: readonly string[];
  readonly ratersPerPair: number;
  readonly raterAgreement: number;
}

/** 1 where no number is enough; with --study, while the interval is wider than wished. */
export const command: CliCommand<LabelOptions, LabelPlan | Width> = {
  spec: {
    about: 'how many labels a study needs, under assumptions',
    store: ({ study }) => (study === undefined ? { side: 'none' } : {}),
    options: [
      option('--study <name>', 'a study that has labels already: how many more it needs for --width'),
      option('--judge <id>', 'the judge whose kappa it is about'),
      option('--kappa <kappa>', 'assumed kappa of judge and people', numberBetween(LABEL_PLAN_BOUNDS.kappa)),
      option('--width <width>', 'wished width of its interval', numberBetween(LABEL_PLAN_BOUNDS.width)),
      option('--agreements <shares...>', 'assumed agreement of two judges with people, to tell them apart'),
      option(
        '--raters-per-pair <raters>',
        'votes on each pair',
        wholeNumberBetween(LABEL_PLAN_BOUNDS.ratersPerPair),
      ).default(1),
      option('--rater-agreement <share>', 'assumed agreement of two raters', positiveNumber).default(0.7),
    ],
  },
  run: async (client, given) =>
    given.study === undefined
      ? client.follow('design.labels', requestOf(given))
      : widthOf(client, await client.studyId(given.study), given),
  text: (found, given) =>
    given.study === undefined ? planText(found as LabelPlan) : widthText(found as Width),
  code: (found, { study }) =>
    (study === undefined ? (found as LabelPlan).defined : (found as Width).more === 0)
      ? EXIT.fine
      : EXIT.failed,
};

type LabelPlan = ReplyOf<'design.labels'>;

/** How wide kappa's interval is by now, and how many labels more make it as narrow as wished. */
type Width =
  | { readonly width: null; readonly why: string; readonly more?: undefined }
  | {
      readonly judge: string | null;
      readonly labels: number;
      readonly width: number;
      readonly wished: number;
      readonly more: number;
    };

async function widthOf(
  client: CommandClient,
  studyId: string,
  { judge, width: wished = 0.2 }: LabelOptions,
): Promise<Width> {
  const card = await client.follow('agreement.card', {
    studyId,
    parts: ['agreement'],
    ...(judge === undefined ? {} : { judge }),
  });
  const kappa = card.parts[0]?.figures.find(
    ({ subject, measure }) => subject.kind === 'consensus' && measure === 'kappa',
  );
  const interval = kappa?.interval ?? null;
  if (kappa === undefined || interval === null)
    return { width: null, why: kappa?.reason ?? kappa?.noInterval ?? 'there is no judge' };
  const width = interval.high - interval.low;
  return {
    judge: card.judge,
    labels: kappa.n,
    width,
    wished,
    more: labelsStillNeeded(kappa.n, width, wished),
  };
}

function widthText(found: Width): string {
  if (found.width === null) return `No interval yet: ${found.why}.`;
  const { judge, labels, width, wished, more } = found;
  return `${judge}: kappa's interval is ${width.toFixed(3)} wide on ${labels} labels; ${more === 0 ? 'that is narrow enough' : `about ${more} more labels make it ${wished} wide`}`;
}

function planText(plan: LabelPlan): string {
  if (!plan.defined) return `No number: ${plan.reason}.`;
  return `${plan.votes} votes on ${plan.pairs} pairs, of which about ${plan.labelled} get a label\n${plan.method}${plan.assurance === null ? '' : `; ${(100 * plan.assurance).toFixed(1)} % of them keep the promise`}`;
}

function requestOf({
  kappa,
  width,
  agreements,
  ratersPerPair,
  raterAgreement,
}: LabelOptions): InputOf<'design.labels'> {
  const assumed = { ratersPerPair, raterAgreement };
  if (kappa !== undefined && width !== undefined)
    return { goal: { what: 'width', kappa, width }, ...assumed };
  const [firstAgreement, secondAgreement] = (agreements ?? []).map(Number);
  if (firstAgreement !== undefined && secondAgreement !== undefined)
    return { goal: { what: 'difference', firstAgreement, secondAgreement }, ...assumed };
  throw new ServiceError('invalid_input', { key: 'terminal.goal_missing' });
}
