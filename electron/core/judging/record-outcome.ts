/** Turns what an endpoint said into rows: the reply, and the judgment it makes. */
import type { ReplyContract } from '../../../shared/judge/judge-definition.ts';
import type { Failure } from '../../../shared/judge/judge-reply.ts';
import { preferenceOfScores, readScore, readVerdict } from '../../../shared/judge/read-reply.ts';
import type { ShownVerdict } from '../../../shared/judge/reply-grammar.ts';
import type { StatedScore } from '../../../shared/study/judgment-score.ts';
import type { JudgeVerdict } from '../../../shared/study/verdict.ts';
import type { WriteStore } from '../store/engine/database.ts';
import {
  hasJudgment,
  insertReply,
  judgedPlaces,
  partsOf,
  type RequestPlace,
  type StoredReply,
  scoreOfResponse,
} from '../store/judging/judge-replies.ts';
import type { JudgeVersion } from '../store/judging/judge-versions.ts';
import { responsesOfPair } from '../store/judging/judged-pairs.ts';
import { insertJudgment } from '../store/judging/judgments.ts';
import type { EndpointReply } from './endpoint-reply.ts';

/** What an answer took. */
export interface Answer {
  readonly reply: EndpointReply;
  readonly costUsd: number | null;
  readonly latencyMs: number | null;
  /** The endpoint read less of the prompt than was sent. */
  readonly isPromptCut: boolean;
}

/** What came of a task: a reply, or the reason why there is none, or none that counts. */
export type TaskOutcome =
  | (Answer & { readonly tries: number })
  | {
      readonly error: string;
      readonly tries: number;
      readonly answer?: Answer;
      /** Without an answer: the one that was recorded before rests on a prompt that was cut. */
      readonly isPromptCut?: true;
    };

export interface RecordingRun {
  readonly runId: number;
  readonly version: JudgeVersion;
  readonly nowMs: number;
}

/** What a reply is counted as. */
export type OutcomeClass = 'read' | Failure;

/** Stores an outcome and the judgment it completes. Call it inside a transaction. */
export function recordOutcome(
  store: WriteStore,
  run: RecordingRun,
  place: RequestPlace,
  outcome: TaskOutcome,
): OutcomeClass {
  const { version } = run;
  const contract = version.definition.reply;
  const read = 'error' in outcome ? NOT_ANSWERED : readingOfReply(outcome.reply, contract, place);
  const isFirst = insertReply(store, { runId: run.runId, judgeId: version.judgeId }, place, {
    ...read.about,
    ...circumstancesOf(outcome),
    outcome: read.outcome,
    repliedAt: run.nowMs,
  });
  if (!isFirst || hasJudgment(store, version.judgeId, place)) {
    return recordLate(store, run, place, outcome, read.outcome);
  }
  if (contract.form === 'pointwise') recordScores(store, run, place, contract);
  else {
    insertJudgment(store, {
      pairId: place.pairId,
      judgeId: version.judgeId,
      order: place.order,
      sample: place.sample,
      attempt: place.attempt,
      verdict: read.outcome === 'read' ? read.verdict : verdictOfFailure(read.outcome),
      failure: read.outcome === 'read' ? null : read.outcome,
      score:
        read.outcome === 'read'
          ? (confidenceOf(read.verdict, read.about.probabilityFirst) ?? gradeOf(read, contract))
          : null,
      raw: null,
      judgedAt: run.nowMs,
    });
  }
  return read.outcome;
}

/**
 * A reply to a request that a quicker run or batch has answered. Its verdict counts where the other one has none; a second
 * verdict of the same request would be another sample, and is left out.
 */
function recordLate(
  store: WriteStore,
  run: RecordingRun,
  place: RequestPlace,
  outcome: TaskOutcome,
  came: OutcomeClass,
): OutcomeClass {
  const last = judgedPlaces(store, run.version.judgeId, place.pairId).find(
    ({ order, sample }) => order === place.order && sample === place.sample,
  );
  if (came !== 'read' || place.part !== 0 || last?.isFailed !== true) return came;
  return recordOutcome(store, run, { ...place, attempt: last.attempt + 1 }, outcome);
}

/**
 * Takes back a verdict that turned out to rest on a prompt that was cut: another attempt stands after it, which failed and
 * can be asked for again. What was said stays. False where there is no verdict to take back.
 */
export function withdrawVerdict(
  store: WriteStore,
  run: RecordingRun,
  place: RequestPlace,
  error: string,
): boolean {
  const last = judgedPlaces(store, run.version.judgeId, place.pairId).find(
    ({ order, sample }) => order === place.order && sample === place.sample,
  );
  if (last?.isFailed === true) return false;
  const attempt = (last?.attempt ?? place.attempt) + 1;
  recordOutcome(store, run, { ...place, attempt }, { error, tries: 0, isPromptCut: true });
  return true;
}

/** Makes a judgment of two known scores without asking for anything; false where they are not both there. */
export function recordKnownScores(
  store: WriteStore,
  run: Omit<RecordingRun, 'runId'>,
  place: RequestPlace,
): boolean {
  const { reply } = run.version.definition;
  return reply.form === 'pointwise' && recordScores(store, run, place, reply);
}

function recordScores(
  store: WriteStore,
  { version, nowMs }: Omit<RecordingRun, 'runId'>,
  place: RequestPlace,
  contract: Extract<ReplyContract, { form: 'pointwise' }>,
): boolean {
  // Another pair's score may have completed it before, or another run.
  if (hasJudgment(store, version.judgeId, place)) return false;
  const parts = partsOf(store, version.judgeId, place);
  const responses = responsesOfPair(store, place.pairId);
  const scoreOf = (part: 1 | 2) =>
    parts.find((each) => each.part === part)?.score ??
    scoreOfResponse(store, version.judgeId, part === 1 ? responses.first : responses.second, place.sample);
  const [first, second] = [scoreOf(1), scoreOf(2)];
  const failed = parts.find(({ outcome }) => outcome !== 'read')?.outcome;
  const isDone = (part: 1 | 2) => scoreOf(part) !== undefined || parts.some((each) => each.part === part);
  if (!isDone(1) || !isDone(2)) return false;
  const failure = failed === undefined || failed === 'read' ? null : failed;
  const verdict: JudgeVerdict =
    first === undefined || second === undefined
      ? verdictOfFailure(failure ?? 'unparsed')
      : pairVerdict(preferenceOfScores(first, second, contract.tieBand).choice, false);
  insertJudgment(store, {
    pairId: place.pairId,
    judgeId: version.judgeId,
    order: place.order,
    sample: place.sample,
    attempt: place.attempt,
    verdict,
    failure: first === undefined || second === undefined ? (failure ?? 'unparsed') : null,
    score: first === undefined || second === undefined ? null : { kind: 'points', first, second },
    raw: null,
    judgedAt: nowMs,
  });
  return true;
}

/** What a reply says, beside where it came from and what it cost. */
type Reading = {
  readonly about: Pick<
    StoredReply,
    'score' | 'strength' | 'probabilityFirst' | 'criteria' | 'isContradictory'
  >;
} & ({ readonly outcome: 'read'; readonly verdict: JudgeVerdict } | { readonly outcome: Failure });

const NOTHING: Reading['about'] = {
  score: null,
  strength: null,
  probabilityFirst: null,
  criteria: null,
  isContradictory: false,
};
const NOT_ANSWERED: Reading = { outcome: 'error', about: NOTHING };

function readingOfReply({ reply }: EndpointReply, contract: ReplyContract, { order }: RequestPlace): Reading {
  if (contract.form === 'pointwise') {
    const read = readScore(reply, contract);
    if (read.failure !== null) return { outcome: read.failure, about: NOTHING };
    // A score alone is no verdict yet; `recordScores` makes one of two.
    return { outcome: 'read', verdict: 'unparsed', about: { ...NOTHING, score: read.score } };
  }
  const read = readVerdict(reply, contract);
  if (read.failure !== null) return { outcome: read.failure, about: NOTHING };
  const isTurned = order === 'b_first';
  const { probabilityOfA, criteria, strength, isContradictory } = read;
  return {
    outcome: 'read',
    verdict: pairVerdict(read.choice, isTurned),
    about: {
      score: null,
      strength,
      probabilityFirst: probabilityOfA === null ? null : isTurned ? 1 - probabilityOfA : probabilityOfA,
      criteria: criteria === null ? null : criteriaText(criteria, isTurned),
      isContradictory,
    },
  };
}

function criteriaText(criteria: Readonly<Record<string, ShownVerdict['choice']>>, isTurned: boolean): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(criteria).map(([name, choice]) => [name, pairVerdict(choice, isTurned)]),
    ),
  );
}

function circumstancesOf(
  outcome: TaskOutcome,
): Omit<StoredReply, 'outcome' | 'repliedAt' | keyof Reading['about']> {
  const error = 'error' in outcome ? outcome.error : null;
  const answer = 'error' in outcome ? outcome.answer : outcome;
  const text = answer?.reply.reply.text ?? '';
  const latencyMs = answer?.latencyMs ?? null;
  return {
    raw: answer === undefined ? null : text === '' ? (answer.reply.reply.refusal ?? '') : text,
    error,
    model: answer?.reply.model ?? null,
    requestId: answer?.reply.requestId ?? null,
    finishReason: answer?.reply.reply.finishReason ?? null,
    promptTokens: answer?.reply.promptTokens ?? null,
    completionTokens: answer?.reply.completionTokens ?? null,
    isPromptCut: answer?.isPromptCut ?? ('error' in outcome && outcome.isPromptCut === true),
    costUsd: answer?.costUsd ?? null,
    latencyMs: latencyMs === null ? null : Math.round(latencyMs),
    tries: outcome.tries,
  };
}

/** The probability of the verdict that was given. A tie has none: the probability is about the two outputs. */
function confidenceOf(verdict: JudgeVerdict, probabilityFirst: number | null): StatedScore | null {
  if (probabilityFirst === null || (verdict !== 'first' && verdict !== 'second')) return null;
  const value = verdict === 'first' ? probabilityFirst : 1 - probabilityFirst;
  return { kind: 'verdict_probability', value };
}

/** Steps from a tie to an end of the judge’s graded scale: A>B is one, A>>B two, as in Arena-Hard. */
const GRADE_END = 2;

/** A graded verdict’s place between the two outputs; null on a scale without grades. */
function gradeOf(
  { verdict, about: { strength } }: Extract<Reading, { outcome: 'read' }>,
  contract: ReplyContract,
): StatedScore | null {
  if (contract.form !== 'pairwise' || contract.scale !== 'graded') return null;
  const ends = { kind: 'preference', first: GRADE_END, second: -GRADE_END } as const;
  if (verdict === 'tie') return { ...ends, value: 0 };
  if (strength === null) return null;
  const steps = (strength + 1) / 2;
  return { ...ends, value: verdict === 'first' ? steps : -steps };
}

/** A verdict about places as a verdict about the pair. */
function pairVerdict(
  choice: ShownVerdict['choice'],
  isTurned: boolean,
): 'first' | 'second' | 'tie' | 'both_bad' {
  if (choice === 'tie' || choice === 'both_bad') return choice;
  return (choice === 'A') !== isTurned ? 'first' : 'second';
}

function verdictOfFailure(failure: Failure): 'unparsed' | 'error' {
  return failure === 'error' ? 'error' : 'unparsed';
}
