import { z } from 'zod';
import { CONSENSUS_RULES } from './consensus.ts';
import { DEFAULT_LEVEL, DEFAULT_POLICIES } from './default-options.ts';

/** How verdict classes are folded before anything is counted. Every report carries its policies. */
export const agreementOptionsSchema = z.strictObject({
  ties: z
    .enum(['separate', 'drop', 'half'])
    .default(DEFAULT_POLICIES.ties)
    .describe(
      'separate: a tie is a category; drop: a comparison in which either says tie is left out; half: a tie counts as half a vote for each side (two ties agree).',
    ),
  bothBad: z
    .enum(['separate', 'tie'])
    .default(DEFAULT_POLICIES.bothBad)
    .describe('separate: both bad is a category; tie: it is folded into tie first.'),
  unparsed: z
    .enum(['drop', 'tie', 'class'])
    .default(DEFAULT_POLICIES.unparsed)
    .describe('What becomes of a judge’s reply from which no verdict could be read.'),
  inconsistent: z
    .enum(['class', 'tie', 'drop'])
    .default(DEFAULT_POLICIES.inconsistent)
    .describe('What becomes of a judge whose two orders contradict each other.'),
  consensus: z
    .enum(CONSENSUS_RULES)
    .default(DEFAULT_POLICIES.consensus)
    .describe(
      'majority: more than half of the votes on a pair; unanimous: all of at least two; plurality_or_tie: the most frequent label, a tie where several are; sign_of_mean: first counts −1, second +1, any tie 0, and the sign of the mean decides; dawid_skene: the likeliest label when every rater has error rates of their own.',
    ),
  adjudicated: z
    .enum(['where_split', 'everywhere', 'nowhere'])
    .default(DEFAULT_POLICIES.adjudicated)
    .describe(
      'Where an adjudicator’s decision is people’s label. where_split: on pairs that the rule gives no label; everywhere: also instead of one, which flatters a judge where only its disagreements were adjudicated; nowhere: raters’ votes alone count.',
    ),
  orders: z
    .enum(['agree', 'first_order', 'mean_probability', 'majority'])
    .default(DEFAULT_POLICIES.orders)
    .describe(
      'How a judge’s orders and samples become one verdict. agree: the same in both orders, else inconsistent; first_order: the order with a first alone; mean_probability: the mean over orders and samples of the probability that a is better, where the endpoint gives it; majority: the most frequent verdict of all orders and samples, inconsistent where several are.',
    ),
  level: z.number().gt(0.5).lt(1).default(DEFAULT_LEVEL).describe('Level of every interval.'),
});
export type AgreementOptions = z.infer<typeof agreementOptionsSchema>;
