import { z } from 'zod';
import type { JudgeComparison } from '../card/judge-comparison.ts';
import { PANEL_RULES, type PanelRule } from '../card/judge-panel.ts';
import type { DefinitionChange } from '../judge/definition-changes.ts';
import { type JudgeDefinition, judgeDefinitionSchema } from '../judge/judge-definition.ts';
import type { ChatMessage } from '../judge/judge-prompt.ts';
import type { JudgeTemplate } from '../judge/judge-template.ts';
import { agreementOptionsSchema } from '../labels/agreement-options.ts';
import { leadMethod, leadReport } from './method.ts';

/** A judge version as a list shows it. */
export interface JudgeVersionSummary {
  readonly judge: string;
  readonly version: number;
  readonly model: string;
  readonly endpoint: string;
  readonly contentHash: string;
  readonly createdAt: number;
  readonly orders: JudgeDefinition['orders'];
  readonly samplesPerOrder: number;
  /** Judgments there are and judgments there would be if every pair were judged. */
  readonly judged: number;
  readonly wanted: number;
  readonly failed: number;
}

/** Judges of a study: versions that can be run, and names whose verdicts came from elsewhere. */
export interface JudgeList {
  readonly versions: readonly JudgeVersionSummary[];
  readonly imported: readonly string[];
  readonly panels: readonly {
    readonly judge: string;
    readonly rule: PanelRule;
    readonly members: readonly string[];
    readonly weights: readonly number[];
  }[];
}

export interface JudgeEstimate {
  readonly judge: string;
  readonly endpoint: string;
  readonly model: string;
  readonly pairs: number;
  readonly orders: number;
  readonly samples: number;
  /** Requests to make; what is judged already is not among them. */
  readonly requests: number;
  /** Counted on some of the requests with OpenAI's o200k_base and scaled up. */
  readonly promptTokens: number;
  readonly mostCompletionTokens: number;
  /** With every reply as long as allowed; null without a price. */
  readonly mostUsd: number | null;
  readonly price: { readonly inputPerMillion: number; readonly outputPerMillion: number } | null;
  readonly key: 'environment' | 'set' | 'none';
}

/** How one judge version did its work: not whether it was right. */
export interface JudgeReport {
  readonly judge: string;
  readonly pairs: number;
  /** Pairs with a judgment, and with one in both orders. */
  readonly judgedPairs: number;
  readonly judgedBothOrders: number;
  /** Judgments by what came of them, the last attempt of each. */
  readonly outcomes: {
    readonly read: number;
    readonly unparsed: number;
    readonly refused: number;
    readonly truncated: number;
    readonly error: number;
  };
  readonly attempts: number;
  /** Replies whose rationale argues for the other output. */
  readonly contradictory: number;
  readonly models: readonly { readonly model: string; readonly replies: number }[];
  readonly costUsd: number | null;
  readonly costPerJudgmentUsd: number | null;
  readonly latencyMs: { readonly median: number; readonly p95: number } | null;
  readonly promptTokens: number;
  /** All that was written and charged, thoughts included. */
  readonly completionTokens: number;
  /** The most that one reply was charged for, beside the most that was asked for: more means thoughts charged apart. */
  readonly longestTokens: number;
  readonly mostTokens: number;
  /** Replies to prompts that the endpoint read only a part of. */
  readonly promptsCut: number;
  /** Sent with unknown fate: perhaps paid. */
  readonly uncertain: number;
  /** Out in batch files and not collected. */
  readonly inBatches: number;
  readonly runs: readonly {
    readonly runId: string;
    readonly kind: string;
    readonly startedAt: number;
    readonly ending: string | null;
    readonly replies: number;
  }[];
  /** How it took outputs that tell it what to choose; null where it was not probed. */
  readonly probes: {
    readonly tried: number;
    readonly fell: number;
    readonly disturbed: number;
    readonly tricks: readonly { readonly trick: string; readonly fell: number }[];
  } | null;
  /** Verdicts by criterion, where the judge gives them: how many, how many ties, how many say what the whole verdict says. */
  readonly criteria: readonly {
    readonly name: string;
    readonly verdicts: number;
    readonly ties: number;
    readonly asOverall: number;
  }[];
  /** How often a card looked at the test side of the split for this judge. */
  readonly testLooks: number;
  /** Why replies failed, most frequent first. */
  readonly errors: readonly { readonly message: string; readonly count: number }[];
}

/** Rounds of a judge on the same anchors, as a control chart. */
export interface DriftReport {
  readonly judge: string;
  /** Pairs asked about in every round. */
  readonly anchors: number;
  readonly referenceRounds: number;
  /** Why there is no band yet; null where there is one. */
  readonly reason: string | null;
  readonly rounds: readonly {
    readonly round: number;
    readonly startedAt: number;
    readonly isReference: boolean;
    readonly models: readonly string[];
    /** Verdicts of this round that people labelled, and the share that agrees. */
    readonly labelled: number;
    readonly agreement: number | null;
    readonly n: number;
    /** Share of verdicts that differ from a reference round's. */
    readonly change: number | null;
    /** How often reference rounds differ from each other on the same anchors. */
    readonly noise: number | null;
    readonly limit: number | null;
    readonly isBeyond: boolean;
  }[];
}

/** Two judges side by side. */
export interface JudgeComparisonReply extends JudgeComparison {
  readonly before: string;
  readonly after: string;
  /** What differs between the two definitions; null where one has none. */
  readonly definition: readonly DefinitionChange[] | null;
  readonly costPerJudgmentUsd: { readonly before: number | null; readonly after: number | null };
}

const study = z.string().min(1).max(64);
const judge = z.string().min(1).max(120).describe('A judge version by its name, such as careful@2.');

export const runSelectionSchema = z.strictObject({
  limit: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('At most this many pairs, in study order.'),
  slice: z
    .strictObject({ name: z.string().max(128), value: z.string().max(1024) })
    .nullable()
    .default(null),
  pairs: z.array(z.string().max(256)).max(100_000).nullable().default(null),
  which: z
    .enum(['missing', 'failed', 'all'])
    .default('missing')
    .describe('What was never judged, what failed, or both.'),
});

/** Which pairs a run is about. */
export type RunSelection = z.output<typeof runSelectionSchema>;

const NO_SELECTION = { limit: null, slice: null, pairs: null, which: 'missing' } as const;

const price = z.strictObject({
  inputPerMillion: z.number().min(0).max(1_000_000),
  outputPerMillion: z.number().min(0).max(1_000_000),
});

export const judgeMethods = {
  'judges.templates': leadMethod<readonly ({ readonly id: string } & JudgeTemplate)[]>()({
    kind: 'query',
    reveals: 'blind',
    about: 'Judge prompts to start from, with examples of replies and how they are read.',
    input: z.strictObject({}),
  }),
  'judges.list': leadReport<JudgeList>()({
    reveals: 'blind',
    about: 'Judges of a study, with how much they have judged.',
    input: z.strictObject({ studyId: study }),
  }),
  'judges.definition': leadMethod<JudgeDefinition>()({
    kind: 'query',
    reveals: 'blind',
    about: 'All that makes a judge version what it is.',
    input: z.strictObject({ studyId: study, judge }),
  }),
  'judges.keep': leadMethod<{
    readonly judge: string;
    readonly contentHash: string;
    readonly isNew: boolean;
  }>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Keeps a definition as the next version of its name; the same definition again is the version it was.',
    input: z.strictObject({ studyId: study, definition: judgeDefinitionSchema }),
  }),
  'judges.preview': leadReport<{
    readonly pairs: number;
    readonly number: number;
    /** One request per order, or per output for a judge that scores. Which is which order is not told. */
    readonly requests: readonly (readonly ChatMessage[])[];
    readonly promptTokens: number;
  }>()({
    reveals: 'blind',
    about:
      'The exact prompts for one pair. While the study is blind their order tells nothing of the pair’s own.',
    input: z.strictObject({
      studyId: study,
      definition: judgeDefinitionSchema,
      number: z.number().int().min(1),
    }),
  }),
  'judges.estimate': leadMethod<JudgeEstimate>()({
    kind: 'query',
    reveals: 'blind',
    about: 'What a run would ask and cost at most.',
    input: z.strictObject({ studyId: study, judge, selection: runSelectionSchema.default(NO_SELECTION) }),
  }),
  'judges.run': leadMethod<{ readonly jobId: string }>()({
    kind: 'command',
    reveals: 'blind',
    about: 'Asks the judge’s endpoint, and nobody else. Takes up where an earlier run ended.',
    input: z.strictObject({
      studyId: study,
      judge,
      selection: runSelectionSchema.default(NO_SELECTION),
      maxCostUsd: z.number().positive().nullable().default(null),
      concurrency: z.number().int().min(1).max(256).default(8),
      timeoutSeconds: z.number().min(1).max(3600).default(120),
      acceptCutPrompts: z
        .boolean()
        .default(false)
        .describe('Go on although the endpoint reports to have read less than was sent.'),
    }),
  }),
  'judges.probe': leadMethod<{ readonly jobId: string }>()({
    kind: 'command',
    reveals: 'blind',
    about: 'Asks the judge about built-in, synthetic outputs that tell it what to choose.',
    input: z.strictObject({
      studyId: study,
      judge,
      maxCostUsd: z.number().positive().nullable().default(null),
    }),
  }),
  'judges.report': leadReport<JudgeReport>()({
    reveals: 'blind',
    about: 'How a judge version did its work: coverage, failures, cost, latency, runs.',
    input: z.strictObject({ studyId: study, judge }),
  }),
  'judges.contradictions': leadReport<{
    readonly total: number;
    readonly replies: readonly {
      readonly pair: string;
      readonly order: string;
      readonly sample: number;
      readonly verdict: string;
      readonly raw: string;
    }[];
  }>()({
    reveals: 'after_unblinding',
    about:
      'Replies that argue for one output and choose the other, to be read; their verdicts stay what they are.',
    input: z.strictObject({
      studyId: study,
      judge,
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(100).default(10),
    }),
  }),
  'judges.compare': leadReport<JudgeComparisonReply>()({
    reveals: 'blind',
    about: 'Two judges on the same pairs: what changed, and a paired test of their agreement with people.',
    input: z.strictObject({
      studyId: study,
      before: z.string().min(1).max(256),
      after: z.string().min(1).max(256),
      options: agreementOptionsSchema.partial().optional(),
    }),
  }),
  'judges.makePanel': leadMethod<{ readonly judge: string; readonly weights: readonly number[] }>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Makes a panel of judges a judge of its own. Weights are fitted on the dev split and nothing else.',
    input: z.strictObject({
      studyId: study,
      name: z
        .string()
        .trim()
        .regex(/^[^@\n\r]{1,80}$/u)
        .describe('Without “@”: that is for versions.'),
      rule: z.enum(PANEL_RULES),
      members: z.array(z.string().min(1).max(256)).min(2).max(50),
    }),
  }),
  'judges.drift': leadReport<DriftReport>()({
    reveals: 'blind',
    about: 'Rounds of a judge on the same anchor pairs: how much it changed, beside how much it varies.',
    input: z.strictObject({ studyId: study, judge }),
  }),
  'judges.runRound': leadMethod<{ readonly jobId: string }>()({
    kind: 'command',
    reveals: 'blind',
    about: 'Asks a judge about its anchor pairs once more. The first round chooses them.',
    input: z.strictObject({
      studyId: study,
      judge,
      anchors: z.number().int().min(5).max(5000).default(50),
      maxCostUsd: z.number().positive().nullable().default(null),
    }),
  }),
  'judges.prices': leadMethod<Readonly<Record<string, z.output<typeof price>>>>()({
    kind: 'query',
    reveals: 'blind',
    about: 'The table of prices by model, in dollars per million tokens.',
    input: z.strictObject({}),
  }),
  'judges.setPrice': leadMethod<Readonly<Record<string, z.output<typeof price>>>>()({
    kind: 'command',
    reveals: 'blind',
    about: 'Sets or removes the price of a model, or of all whose name begins as given before “*”.',
    input: z.strictObject({ model: z.string().min(1).max(200), price: price.nullable() }),
  }),
  'judges.keys': leadMethod<{ readonly origins: readonly string[] }>()({
    kind: 'query',
    reveals: 'blind',
    about: 'For which endpoints a key was set. Keys themselves never leave.',
    input: z.strictObject({}),
  }),
  'judges.setKey': leadMethod<{ readonly origin: string }>()({
    kind: 'command',
    reveals: 'blind',
    about:
      'Sets the key of an endpoint, or the value of a secret header, or removes it. It is sent to that endpoint’s origin and nowhere else.',
    input: z.strictObject({
      endpoint: z.url().max(2000),
      key: z.string().min(1).max(4096).nullable(),
      header: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/u)
        .optional()
        .describe('A header that judges name in secretHeaders. Left out, it is the key itself.'),
    }),
  }),
} as const;
