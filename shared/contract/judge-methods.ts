import { z } from 'zod';
import type { JudgeComparison } from '../card/judge-comparison.ts';
import { PANEL_RULES } from '../card/judge-panel.ts';
import type { DefinitionChange } from '../judge/definition-changes.ts';
import { judgeDefinitionSchema, ORDER_POLICIES } from '../judge/judge-definition.ts';
import type { ChatMessage } from '../judge/judge-prompt.ts';
import { judgeTemplateSchema } from '../judge/judge-template.ts';
import { ANCHOR_PAIRS, CONCURRENCY, TIMEOUT_SECONDS } from '../judge/run-bounds.ts';
import { agreementOptionsSchema } from '../labels/agreement-options.ts';
import { CATEGORY_NAMES } from '../study/verdict-codes.ts';
import { interval } from './figure-schemas.ts';
import { leadJob, leadMethod, leadReport, leadTask } from './method.ts';
import { lazily, type ReplyOfSchema, schemaOf } from './reply-schema.ts';
import { runSelectionSchema } from './run-selection.ts';

const judgeComparison = schemaOf<JudgeComparison>()(() =>
  z.strictObject({
    pairs: z.int().describe('Pairs both have a verdict on, under the options.'),
    changed: z.int().describe('Of those, pairs with another verdict.'),
    changes: z
      .array(z.strictObject({ from: z.enum(CATEGORY_NAMES), to: z.enum(CATEGORY_NAMES), pairs: z.int() }))
      .describe('How often each verdict became which, most frequent first; unchanged ones too.'),
    labelled: z.int().describe('Pairs that people labelled as well.'),
    splits: z
      .strictObject({ dev: z.int(), test: z.int() })
      .describe('How many of those are on each side of the stable split.'),
    agreement: z.strictObject({ before: z.number(), after: z.number() }).nullable(),
    gained: z.int().describe('Pairs on which only the later one agrees with people.'),
    lost: z.int().describe('Pairs on which only the earlier one agrees with people.'),
    difference: z
      .number()
      .nullable()
      .describe('Agreement of the later less the earlier, by item; null without a labelled pair.'),
    interval: interval().nullable(),
    noInterval: z.string().nullable().describe('Why there is no interval.'),
    p: z
      .number()
      .nullable()
      .describe('Of the paired test: McNemar’s mid-p where every item has one pair, else t over items.'),
  }),
);

const definitionChange = schemaOf<DefinitionChange>()(() =>
  z.strictObject({
    field: z.string(),
    before: z.string().nullable().describe('As JSON; null where there was nothing.'),
    after: z.string().nullable(),
  }),
);

const chatMessage = schemaOf<ChatMessage>()(() =>
  z.strictObject({ role: z.enum(['system', 'user']), content: z.string() }),
);

const judgeVersionSummary = lazily(() =>
  z.strictObject({
    judge: z.string(),
    version: z.int(),
    model: z.string(),
    endpoint: z.string(),
    contentHash: z.string(),
    createdAt: z.int(),
    orders: z.enum(ORDER_POLICIES),
    samplesPerOrder: z.int(),
    judged: z.int().describe('Judgments there are and judgments there would be if every pair were judged.'),
    wanted: z.int(),
    failed: z.int(),
  }),
);
/** A judge version as a list shows it. */
export type JudgeVersionSummary = ReplyOfSchema<typeof judgeVersionSummary>;

const judgeList = lazily(() =>
  z.strictObject({
    versions: z.array(judgeVersionSummary()),
    imported: z.array(z.string()),
    panels: z.array(
      z.strictObject({
        judge: z.string(),
        rule: z.enum(PANEL_RULES),
        members: z.array(z.string()),
        weights: z.array(z.number()),
      }),
    ),
  }),
);
/** Judges of a study: versions that can be run, and names whose verdicts came from elsewhere. */
export type JudgeList = ReplyOfSchema<typeof judgeList>;

const judgeEstimate = lazily(() =>
  z.strictObject({
    judge: z.string(),
    endpoint: z.string(),
    model: z.string(),
    pairs: z.int(),
    orders: z.int(),
    samples: z.int(),
    requests: z.int().describe('Requests to make; what is judged already is not among them.'),
    promptTokens: z.int().describe('Counted on some of the requests with OpenAI’s o200k_base and scaled up.'),
    mostCompletionTokens: z.int(),
    mostUsd: z.number().nullable().describe('With every reply as long as allowed; null without a price.'),
    price: z
      .strictObject({
        inputPerMillion: z.int(),
        outputPerMillion: z.int(),
      })
      .nullable(),
    key: z.enum(['environment', 'set', 'none']),
  }),
);
export type JudgeEstimate = ReplyOfSchema<typeof judgeEstimate>;

const judgeReport = lazily(() =>
  z.strictObject({
    judge: z.string(),
    pairs: z.int(),
    judgedPairs: z.int().describe('Pairs with a judgment, and with one in both orders.'),
    judgedBothOrders: z.int(),
    outcomes: z
      .strictObject({
        read: z.int(),
        unparsed: z.int(),
        refused: z.int(),
        truncated: z.int(),
        error: z.int(),
      })
      .describe('Judgments by what came of them, the last attempt of each.'),
    attempts: z.int(),
    contradictory: z.int().describe('Replies whose rationale argues for the other output.'),
    models: z.array(
      z.strictObject({
        model: z.string(),
        replies: z.int(),
      }),
    ),
    costUsd: z.number().nullable(),
    costPerJudgmentUsd: z.number().nullable(),
    latencyMs: z
      .strictObject({
        median: z.int(),
        p95: z.number(),
      })
      .nullable(),
    promptTokens: z.int(),
    completionTokens: z.int().describe('All that was written and charged, thoughts included.'),
    longestTokens: z
      .int()
      .describe(
        'The most that one reply was charged for, beside the most that was asked for: more means thoughts charged apart.',
      ),
    mostTokens: z.int(),
    promptsCut: z.int().describe('Replies to prompts that the endpoint read only a part of.'),
    uncertain: z.int().describe('Sent with unknown fate: perhaps paid.'),
    inBatches: z.int().describe('Out in batch files and not collected.'),
    runs: z.array(
      z.strictObject({
        runId: z.string(),
        kind: z.string(),
        startedAt: z.int(),
        ending: z.string().nullable(),
        replies: z.int(),
      }),
    ),
    probes: z
      .strictObject({
        tried: z.int(),
        fell: z.int(),
        disturbed: z.int(),
        tricks: z.array(
          z.strictObject({
            trick: z.string(),
            fell: z.int(),
          }),
        ),
      })
      .nullable()
      .describe('How it took outputs that tell it what to choose; null where it was not probed.'),
    criteria: z
      .array(
        z.strictObject({
          name: z.string(),
          verdicts: z.number(),
          ties: z.int(),
          asOverall: z.int(),
        }),
      )
      .describe(
        'Verdicts by criterion, where the judge gives them: how many, how many ties, how many say what the whole verdict says.',
      ),
    testLooks: z.int().describe('How often a card looked at the test side of the split for this judge.'),
    errors: z
      .array(
        z.strictObject({
          message: z.string(),
          count: z.int(),
        }),
      )
      .describe('Why replies failed, most frequent first.'),
  }),
);
/** How one judge version did its work: not whether it was right. */
export type JudgeReport = ReplyOfSchema<typeof judgeReport>;

const driftReport = lazily(() =>
  z.strictObject({
    judge: z.string(),
    anchors: z.int().describe('Pairs asked about in every round.'),
    referenceRounds: z.int(),
    reason: z.string().nullable().describe('Why there is no band yet; null where there is one.'),
    rounds: z.array(
      z.strictObject({
        round: z.int(),
        startedAt: z.int(),
        isReference: z.boolean(),
        models: z.array(z.string()),
        labelled: z.int().describe('Verdicts of this round that people labelled, and the share that agrees.'),
        agreement: z.number().nullable(),
        n: z.int(),
        change: z.number().nullable().describe('Share of verdicts that differ from a reference round’s.'),
        noise: z
          .number()
          .nullable()
          .describe('How often reference rounds differ from each other on the same anchors.'),
        limit: z
          .number()
          .nullable()
          .describe('Share of changed verdicts beyond which a round is no noise any more.'),
        isBeyond: z.boolean(),
      }),
    ),
  }),
);
/** Rounds of a judge on the same anchors, as a control chart. */
export type DriftReport = ReplyOfSchema<typeof driftReport>;

const judgeComparisonReply = lazily(() =>
  judgeComparison().extend({
    before: z.string(),
    after: z.string(),
    definition: z
      .array(definitionChange())
      .nullable()
      .describe('What differs between the two definitions; null where one has none.'),
    costPerJudgmentUsd: z.strictObject({
      before: z.number().nullable(),
      after: z.number().nullable(),
    }),
  }),
);
/** Two judges side by side. */
export type JudgeComparisonReply = ReplyOfSchema<typeof judgeComparisonReply>;

const study = z.string().min(1).max(64);
const judge = z.string().min(1).max(120).describe('A judge version by its name, such as careful@2.');

const NO_SELECTION = { limit: null, slice: null, pairs: null, which: 'missing' } as const;

const price = z.strictObject({
  inputPerMillion: z.number().min(0).max(1_000_000),
  outputPerMillion: z.number().min(0).max(1_000_000),
});

export const judgeMethods = {
  'judges.templates': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about: 'Judge prompts to start from, with examples of replies and how they are read.',
    input: z.strictObject({}),
    reply: () => z.array(judgeTemplateSchema.extend({ id: z.string() })),
  }),
  'judges.list': leadReport({
    reveals: 'blind',
    about: 'Judges of a study, with how much they have judged.',
    input: z.strictObject({ studyId: study }),
    reply: judgeList,
  }),
  'judges.definition': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about: 'All that makes a judge version what it is.',
    input: z.strictObject({ studyId: study, judge }),
    reply: () => judgeDefinitionSchema,
  }),
  'judges.keep': leadMethod({
    beginsWork: true,
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Keeps a definition as the next version of its name; the same definition again is the version it was.',
    input: z.strictObject({ studyId: study, definition: judgeDefinitionSchema }),
    reply: () =>
      z.strictObject({
        judge: z.string(),
        contentHash: z.string(),
        isNew: z.boolean(),
      }),
  }),
  'judges.preview': leadReport({
    reveals: 'blind',
    about:
      'The exact prompts for one pair. While the study is blind their order tells nothing of the pair’s own.',
    input: z.strictObject({
      studyId: study,
      definition: judgeDefinitionSchema,
      number: z.number().int().min(1),
    }),
    reply: () =>
      z.strictObject({
        pairs: z.int(),
        number: z.int(),
        requests: z
          .array(z.array(chatMessage()))
          .describe(
            'One request per order, or per output for a judge that scores. Which is which order is not told.',
          ),
        promptTokens: z.int(),
      }),
  }),
  'judges.estimate': leadTask({
    kind: 'query',
    reveals: 'blind',
    about: 'What a run would ask and cost at most.',
    input: z.strictObject({ studyId: study, judge, selection: runSelectionSchema.default(NO_SELECTION) }),
    reply: judgeEstimate,
  }),
  'judges.run': leadJob({
    beginsWork: true,
    reveals: 'blind',
    about: 'Asks the judge’s endpoint, and nobody else. Takes up where an earlier run ended.',
    input: z.strictObject({
      studyId: study,
      judge,
      selection: runSelectionSchema.default(NO_SELECTION),
      maxCostUsd: z.number().positive().nullable().default(null),
      concurrency: z.number().int().min(CONCURRENCY.least).max(CONCURRENCY.most).default(8),
      timeoutSeconds: z.number().min(TIMEOUT_SECONDS.least).max(TIMEOUT_SECONDS.most).default(120),
      acceptCutPrompts: z
        .boolean()
        .default(false)
        .describe('Go on although the endpoint reports to have read less than was sent.'),
    }),
  }),
  'judges.probe': leadJob({
    beginsWork: true,
    reveals: 'blind',
    about: 'Asks the judge about built-in, synthetic outputs that tell it what to choose.',
    input: z.strictObject({
      studyId: study,
      judge,
      maxCostUsd: z.number().positive().nullable().default(null),
    }),
  }),
  'judges.report': leadReport({
    reveals: 'blind',
    about: 'How a judge version did its work: coverage, failures, cost, latency, runs.',
    input: z.strictObject({ studyId: study, judge }),
    reply: judgeReport,
  }),
  'judges.contradictions': leadReport({
    reveals: 'after_unblinding',
    about:
      'Replies that argue for one output and choose the other, to be read; their verdicts stay what they are.',
    input: z.strictObject({
      studyId: study,
      judge,
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(100).default(10),
    }),
    reply: () =>
      z.strictObject({
        total: z.int(),
        replies: z.array(
          z.strictObject({
            pair: z.string(),
            order: z.string(),
            sample: z.int(),
            verdict: z.string(),
            raw: z.string(),
          }),
        ),
      }),
  }),
  'judges.compare': leadReport({
    reveals: 'blind',
    about: 'Two judges on the same pairs: what changed, and a paired test of their agreement with people.',
    input: z.strictObject({
      studyId: study,
      before: z.string().min(1).max(256),
      after: z.string().min(1).max(256),
      options: agreementOptionsSchema.partial().optional(),
    }),
    reply: judgeComparisonReply,
  }),
  'judges.makePanel': leadTask({
    beginsWork: true,
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
    reply: () =>
      z.strictObject({
        judge: z.string(),
        weights: z.array(z.number()),
      }),
  }),
  'judges.drift': leadReport({
    reveals: 'blind',
    about: 'Rounds of a judge on the same anchor pairs: how much it changed, beside how much it varies.',
    input: z.strictObject({ studyId: study, judge }),
    reply: driftReport,
  }),
  'judges.runRound': leadJob({
    beginsWork: true,
    reveals: 'blind',
    about: 'Asks a judge about its anchor pairs once more. The first round chooses them.',
    input: z.strictObject({
      studyId: study,
      judge,
      anchors: z.number().int().min(ANCHOR_PAIRS.least).max(ANCHOR_PAIRS.most).default(50),
      maxCostUsd: z.number().positive().nullable().default(null),
    }),
  }),
  'judges.prices': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about: 'The table of prices by model, in dollars per million tokens.',
    input: z.strictObject({}),
    reply: () => z.record(z.string(), price),
  }),
  'judges.setPrice': leadMethod({
    kind: 'command',
    reveals: 'blind',
    about: 'Sets or removes the price of a model, or of all whose name begins as given before “*”.',
    input: z.strictObject({ model: z.string().min(1).max(200), price: price.nullable() }),
    reply: () => z.record(z.string(), price),
  }),
  'judges.keys': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about: 'For which endpoints a key was set. Keys themselves never leave.',
    input: z.strictObject({}),
    reply: () =>
      z.strictObject({
        origins: z.array(z.string()),
      }),
  }),
  'judges.setKey': leadMethod({
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
    reply: () =>
      z.strictObject({
        origin: z.string(),
      }),
  }),
} as const;
