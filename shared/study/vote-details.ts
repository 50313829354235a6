/** What a rater may add to a verdict: verdicts by criterion, ticked reasons, and marked spans. */
import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { type Answer, otherSide, type Side, verdictOfAnswer } from './verdict.ts';

export const CRITERION_ANSWERS = ['left', 'right', 'tie'] as const;

const MOST_SPANS = 50;

/** A span counts UTF-16 code units of the text that an output shows; its quote is what stands
 * there, or empty where it travelled without the text. */
const spanSchema = z
  .strictObject({
    side: z.enum(['left', 'right']),
    from: z.int().min(0),
    to: z.int().min(1),
    quote: z.string().max(2000),
  })
  .refine(({ from, to }) => from < to, { message: 'a span ends after it starts', path: ['to'] });

/** As a rater gives them: about the screen. */
export const shownDetailsSchema = z.strictObject({
  criteria: z.record(z.string().max(60), z.enum(CRITERION_ANSWERS)).optional(),
  reasonTags: z.array(z.string().max(60)).max(20).optional(),
  spans: z.array(spanSchema).max(MOST_SPANS).optional(),
});
export type ShownDetails = DeepReadonly<z.infer<typeof shownDetailsSchema>>;

/** As they are stored: about the pair. */
export interface VoteDetails {
  readonly criteria?: Readonly<Record<string, Side | 'tie'>>;
  readonly reasonTags?: readonly string[];
  readonly spans?: readonly {
    readonly side: Side;
    readonly from: number;
    readonly to: number;
    readonly quote: string;
  }[];
}

/** Turns details about the screen into details about the pair; null where there are none. */
export function detailsOfPair(
  { criteria, reasonTags, spans }: ShownDetails,
  leftSide: Side,
): VoteDetails | null {
  const details: VoteDetails = {
    ...(criteria === undefined || Object.keys(criteria).length === 0
      ? {}
      : { criteria: mapRecord(criteria, (answer) => verdictOfAnswer(answer, leftSide) as Side | 'tie') }),
    ...(reasonTags === undefined || reasonTags.length === 0 ? {} : { reasonTags: [...new Set(reasonTags)] }),
    ...(spans === undefined || spans.length === 0
      ? {}
      : {
          spans: spans.map(({ side, ...span }) => ({
            side: side === 'left' ? leftSide : otherSide(leftSide),
            ...span,
          })),
        }),
  };
  return Object.keys(details).length === 0 ? null : details;
}

/** The way back, for a rater who looks at an own vote again. */
export function detailsOnScreen({ criteria, reasonTags, spans }: VoteDetails, leftSide: Side): ShownDetails {
  const sideOnScreen = (side: Side): 'left' | 'right' => (side === leftSide ? 'left' : 'right');
  return {
    ...(criteria === undefined
      ? {}
      : { criteria: mapRecord(criteria, (verdict) => (verdict === 'tie' ? 'tie' : sideOnScreen(verdict))) }),
    ...(reasonTags === undefined ? {} : { reasonTags: [...reasonTags] }),
    ...(spans === undefined
      ? {}
      : { spans: spans.map(({ side, ...span }) => ({ side: sideOnScreen(side), ...span })) }),
  };
}

/** A verdict about the pair as an answer about the screen. */
export function answerOfVerdict(verdict: Side | Exclude<Answer, 'left' | 'right'>, leftSide: Side): Answer {
  if (verdict === 'first' || verdict === 'second') return verdict === leftSide ? 'left' : 'right';
  return verdict;
}

function mapRecord<From, To>(
  record: Readonly<Record<string, From>>,
  to: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}
