/** A rater's work at one moment, read by one statement: what a vote is judged by, and what the next turn is made of. */
import type { StoredPresentation } from '../../../../shared/blind/visibility.ts';
import type { VoteDraft } from '../../../../shared/contract/rating-methods.ts';
import { PACE_VOTES, PAIRS_BETWEEN_LOOKS, REPEATS_LOOKED_AT } from '../../../../shared/rating/sitting.ts';
import type { KnownAnswerCounts } from '../../../../shared/study/known-answer.ts';
import type { PresentationKind, VoteRole } from '../../../../shared/study/presentation-kind.ts';
import type { HumanVerdict, Side, SkipReason } from '../../../../shared/study/verdict.ts';
import type { ReadStore } from '../engine/database.ts';
import { countsAsPair } from '../study/pair-decisions.ts';
import { type PairRun, runsOf } from '../study/pair-runs.ts';
import { type RatedStudy, ratedStudyOf, type StoredRules } from '../study/studies.ts';
import { consentHash } from './consents.ts';
import {
  answeredOf,
  IS_TRAINING,
  SERVED_PAIRS,
  SHOWN_COLUMNS,
  SHOWN_TABLES,
  type StoredRow,
  storedPresentation,
} from './presentations.ts';
import { NEVER_SUPERSEDED, votesInTraining } from './qualifications.ts';
import { type RaterRow, raterOf, raterOfSession, type StoredRater } from './raters.ts';

/** Whose work is looked at, and what about it. */
export interface SittingRequest {
  readonly session: string;
  /** A command that may have been recorded before: then the work is that of whoever recorded it. */
  readonly commandId?: string;
  /** A presentation that something is to be done to. */
  readonly presentationId?: string;
  /** How many open pairs are read with their texts; none without it. */
  readonly shown?: number;
  /** Whether the pair of the latest vote is read with them. */
  readonly withLatest?: boolean;
}

/** The presentation that something is to be done to. */
export interface TargetRow {
  readonly id: number;
  readonly pairId: number;
  readonly leftSide: Side;
  readonly isOpen: boolean;
  readonly kind: PresentationKind;
  readonly block: number;
  readonly position: number;
  readonly isAskedAgain: boolean;
  /** The review an adjudicator was shown it for. */
  readonly reviewId: number | null;
  /** The last event on it, and the rater's label of its pair that counts, wherever it was given. */
  readonly lastRatingId: number | null;
  readonly labelId: number | null;
  /** What was first said of the pair that this one repeats; null where it repeats none. */
  readonly repeatedVerdict: HumanVerdict | null;
  /** What is known of a practice pair. */
  readonly known: { readonly verdict: Exclude<HumanVerdict, 'skipped'>; readonly explanation: string } | null;
}

/** A vote that may be taken back. */
export interface LatestVote {
  readonly id: number;
  readonly pairId: number;
  readonly presentationRow: number;
  readonly presentationId: string;
  readonly role: VoteRole;
  readonly reviewId: number | null;
  readonly position: number;
  readonly block: number;
  readonly leftSide: Side;
  readonly verdict: HumanVerdict;
  readonly strength: number | null;
  readonly skipReason: SkipReason | null;
  readonly confidence: number | null;
  readonly note: string | null;
  /** {@link VoteDetails} as JSON. */
  readonly details: string | null;
}

export interface SittingRow {
  readonly rater: RaterRow;
  readonly study: RatedStudy;
  /** Whether the session is that of the rater. */
  readonly isOwnSession: boolean;
  /** Whether the session is anybody's. */
  readonly isSession: boolean;
  readonly command: {
    readonly kind: 'vote' | 'retraction';
    readonly presentationId: string;
    readonly recordedAt: number;
  } | null;
  readonly target: TargetRow | null;
  /** Votes that may be taken back, newest first, two at most. */
  readonly latest: readonly LatestVote[];
  readonly hasConsented: boolean;
  readonly openWork: number;
  readonly openTraining: number;
  /** Presentations the rater was given in all. */
  readonly listed: number;
  /** Of the open block; 0 without blocks. */
  readonly givenInBlock: number;
  readonly openInBlock: number;
  readonly activeMs: readonly number[];
  /** How far the rater ever got, training included: one more than the last position that was answered, also if undone. */
  readonly answered: number;
  readonly repeatsSame: readonly boolean[];
  readonly qualifications: readonly {
    readonly correct: number;
    readonly answered: number;
    readonly passed: number;
  }[];
  readonly practised: number;
  /** Answers of the attempt at the qualifying set at hand. */
  readonly qualified: number;
  readonly knownCounts: KnownAnswerCounts;
  readonly runs: readonly PairRun[];
  /** Raters who work here and whose votes count. */
  readonly raters: number;
  /** Open pairs of work and of training with their texts, by position; and that of the latest vote where asked for. */
  readonly shown: readonly ShownPresentation[];
}

export interface ShownPresentation extends StoredPresentation {
  readonly isOpen: boolean;
  readonly draft: VoteDraft | null;
}

/** How many answers to a training set count. */
const trainingVotes = (kind: 'practice' | 'qualifying', attempt: string) =>
  `(SELECT count(*) ${votesInTraining('me.id', `'${kind}'`, attempt)})`;

const firstRating = (presentation: string) =>
  `(SELECT min(id) FROM ratings WHERE presentation_id = ${presentation})`;

const SITTING = `WITH
asked (session, rater_id, command_id, presentation, shown, with_latest) AS (VALUES (?, ?, ?, ?, ?, ?)),
me AS MATERIALIZED (
  SELECT asked.command_id, asked.shown, asked.with_latest,
    EXISTS (SELECT 1 FROM raters WHERE id = asked.rater_id AND session = asked.session) AS is_session,
    raters.id, raters.study_id, raters.name, raters.joined_at, raters.next_position, raters.presented, raters.block,
    raters.role, raters.is_excluded, raters.is_paused, raters.session,
    s.public_id AS study_public_id, s.name AS study_name, s.is_synthetic, s.created_at AS study_created_at, s.unblinded_at, s.design, s.seed,
    g.version AS guideline_version, g.rubric,
    t.id AS target, t.pair_id AS target_pair, t.left_side AS target_left, t.is_open AS target_open, t.kind AS target_kind,
    t.block AS target_block, t.position AS target_position, t.is_asked_again AS target_asked_again,
    t.review_id AS target_review, t.repeat_of AS target_repeats,
    ${answeredOf('raters.id')} AS answered
  FROM asked
  JOIN raters ON raters.id = coalesce((SELECT rater_id FROM ratings WHERE command_id = asked.command_id), asked.rater_id)
  JOIN studies s ON s.id = raters.study_id
  JOIN guidelines g ON g.study_id = s.id AND g.version = (SELECT max(version) FROM guidelines WHERE study_id = s.id)
  LEFT JOIN presentations t ON t.public_id = asked.presentation AND t.rater_id = raters.id
),
latest AS MATERIALIZED (
  SELECT r.id, r.pair_id AS pairId, p.id AS presentationRow, p.public_id AS presentationId, r.role, p.review_id AS reviewId,
    p.position, p.block, p.left_side AS leftSide, r.verdict, r.strength, r.skip_reason AS skipReason, r.confidence, r.note,
    r.details
  FROM ratings r JOIN presentations p ON p.id = r.presentation_id
  WHERE r.rater_id = (SELECT id FROM me) AND r.presentation_id IS NOT NULL AND r.kind = 'vote' AND r.role <> 'training'
    AND (p.block = (SELECT block FROM me) OR p.is_asked_again = 1) AND p.is_open = 0 AND ${NEVER_SUPERSEDED}
  ORDER BY r.id DESC LIMIT 2
),
shown (id) AS (
  SELECT id FROM (SELECT p.id FROM ${SERVED_PAIRS} WHERE p.rater_id = (SELECT id FROM me) AND p.is_open = 1
    AND NOT ${IS_TRAINING} ORDER BY p.position LIMIT (SELECT shown FROM me))
  UNION ALL SELECT id FROM (SELECT p.id FROM ${SERVED_PAIRS} WHERE p.rater_id = (SELECT id FROM me) AND p.is_open = 1
    AND ${IS_TRAINING} ORDER BY p.position LIMIT (SELECT shown FROM me))
  UNION ALL SELECT id FROM (SELECT presentationRow AS id FROM latest WHERE (SELECT with_latest FROM me) = 1
    ORDER BY latest.id DESC LIMIT 1)
),
facts AS MATERIALIZED (
  SELECT me.*,
    (SELECT json_object('kind', r.kind, 'presentationId', p.public_id, 'recordedAt', r.recorded_at)
      FROM ratings r JOIN presentations p ON p.id = r.presentation_id WHERE r.command_id = me.command_id) AS command,
    (SELECT max(id) FROM ratings WHERE presentation_id = me.target) AS last_rating,
    (SELECT id FROM ratings r WHERE r.pair_id = me.target_pair AND r.rater_id = me.id AND r.kind = 'vote'
      AND r.role = 'label' AND ${NEVER_SUPERSEDED}) AS label,
    (SELECT verdict FROM ratings WHERE id = ${firstRating('me.target_repeats')}) AS repeated_verdict,
    (SELECT json_object('verdict', verdict, 'explanation', explanation) FROM known_answers
      WHERE me.target_kind = 'practice' AND pair_id = me.target_pair) AS known,
    (SELECT json_group_array(json_object('id', id, 'pairId', pairId, 'presentationRow', presentationRow,
      'presentationId', presentationId, 'role', role, 'reviewId', reviewId, 'position', position, 'block', block,
      'leftSide', leftSide, 'verdict', verdict, 'strength', strength, 'skipReason', skipReason, 'confidence', confidence,
      'note', note, 'details', details)) FROM (SELECT * FROM latest ORDER BY id DESC)) AS latest,
    (SELECT json_group_array(text_sha256) FROM consents WHERE rater_id = me.id) AS consents,
    (SELECT count(*) FROM ${SERVED_PAIRS} WHERE p.rater_id = me.id AND p.is_open = 1 AND NOT ${IS_TRAINING}) AS open_work,
    (SELECT count(*) FROM ${SERVED_PAIRS} WHERE p.rater_id = me.id AND p.is_open = 1 AND ${IS_TRAINING}) AS open_training,
    (SELECT coalesce(max(position), -1) + 1 FROM presentations WHERE rater_id = me.id) AS listed,
    CASE WHEN json_extract(me.design, '$.blockSize') IS NULL THEN '[0,0]' ELSE (SELECT json_array(count(*), sum(is_open AND ${countsAsPair('p.pair_id')}))
      FROM presentations p WHERE p.rater_id = me.id AND p.block = me.block AND NOT ${IS_TRAINING}) END AS in_block,
    (SELECT json_group_array(active_ms) FROM (SELECT viewed_ms - coalesce(idle_ms, 0) AS active_ms FROM ratings
      WHERE rater_id = me.id AND presentation_id IS NOT NULL AND kind = 'vote' ORDER BY id DESC LIMIT ${PACE_VOTES})) AS active,
    CASE WHEN me.role = 'rater' AND json_extract(me.design, '$.checks.repeatShare') > 0 THEN
      (SELECT json_group_array(same) FROM (SELECT again.verdict = was.verdict AS same FROM presentations p
        JOIN ratings again ON again.id = ${firstRating('p.id')} JOIN ratings was ON was.id = ${firstRating('p.repeat_of')}
        WHERE p.rater_id = me.id AND p.kind = 'repeat'
          AND p.position < max(me.answered, coalesce(me.target_position + 1, 0)) / ${PAIRS_BETWEEN_LOOKS} * ${PAIRS_BETWEEN_LOOKS}
          AND again.verdict <> 'skipped' AND was.verdict <> 'skipped'
        ORDER BY p.position DESC LIMIT ${REPEATS_LOOKED_AT})) ELSE '[]' END AS repeats_same,
    (SELECT json_group_array(json_object('correct', correct, 'answered', answered, 'passed', passed))
      FROM (SELECT * FROM qualifications WHERE rater_id = me.id ORDER BY attempt)) AS qualifications,
    ${trainingVotes('practice', 'p.block')} AS practised,
    ${trainingVotes('qualifying', '(SELECT count(*) FROM qualifications WHERE rater_id = me.id)')} AS qualified,
    (SELECT json_group_object(stage, n) FROM (SELECT stage, count(*) AS n FROM known_answers k WHERE study_id = me.study_id
      AND ${countsAsPair('k.pair_id')} GROUP BY stage)) AS known_counts,
    (SELECT json_group_array(json_array(id, pairs)) FROM (SELECT id, pairs FROM selections WHERE study_id = me.study_id
      ORDER BY wave)) AS draws,
    (SELECT json_group_array(json_array(first_ordinal, pair_count)) FROM (SELECT first_ordinal, pair_count FROM imports
      WHERE study_id = me.study_id AND pair_count > 0 ORDER BY id)) AS imports,
    (SELECT count(*) FROM raters c WHERE c.study_id = me.study_id AND c.joined_at IS NOT NULL AND c.role = 'rater'
      AND c.is_excluded = 0) AS raters
  FROM me
)
SELECT facts.*, p.is_open AS isOpen, d.draft AS draft, ${SHOWN_COLUMNS}
FROM facts LEFT JOIN shown ON true LEFT JOIN presentations p ON p.id = shown.id
  LEFT JOIN vote_drafts d ON d.presentation = p.public_id ${SHOWN_TABLES}
ORDER BY p.position`;

interface FactsRow extends StoredRow, Omit<StoredRater, 'study_id'>, StoredRules {
  readonly is_session: number;
  readonly session: string | null;
  readonly target: number | null;
  readonly target_pair: number;
  readonly target_left: Side;
  readonly target_open: number;
  readonly target_kind: PresentationKind;
  readonly target_block: number;
  readonly target_position: number;
  readonly target_asked_again: number;
  readonly target_review: number | null;
  readonly answered: number;
  readonly command: string | null;
  readonly last_rating: number | null;
  readonly label: number | null;
  readonly repeated_verdict: HumanVerdict | null;
  readonly known: string | null;
  readonly latest: string;
  readonly consents: string;
  readonly open_work: number;
  readonly open_training: number;
  readonly listed: number;
  readonly in_block: string;
  readonly active: string;
  readonly repeats_same: string;
  readonly qualifications: string;
  readonly practised: number;
  readonly qualified: number;
  readonly known_counts: string;
  readonly draws: string;
  readonly imports: string;
  readonly raters: number;
  readonly isOpen: number | null;
  readonly draft: string | null;
}

/** The work that a session or a command is about; undefined where neither is anybody's. */
export function readSitting(store: ReadStore, request: SittingRequest): SittingRow | undefined {
  const { session, commandId = null, presentationId = null, shown = 0, withLatest = false } = request;
  const rows = store
    .query<FactsRow>(SITTING)
    .all(session, raterOfSession(session), commandId, presentationId, shown, withLatest ? 1 : 0);
  const [facts] = rows;
  if (facts === undefined) return undefined;
  const study = ratedStudyOf(facts);
  const { consent } = study.design;
  return {
    rater: raterOf(facts),
    study,
    isOwnSession: facts.session === session,
    isSession: facts.is_session === 1,
    command: parsedOrNull(facts.command),
    target: targetOf(facts),
    latest: JSON.parse(facts.latest),
    hasConsented: consent === '' || (JSON.parse(facts.consents) as string[]).includes(consentHash(consent)),
    openWork: facts.open_work,
    openTraining: facts.open_training,
    listed: facts.listed,
    ...inBlockOf(facts),
    activeMs: JSON.parse(facts.active),
    answered: facts.answered,
    repeatsSame: (JSON.parse(facts.repeats_same) as number[]).map((same) => same === 1),
    qualifications: JSON.parse(facts.qualifications),
    practised: facts.practised,
    qualified: facts.qualified,
    knownCounts: { example: 0, practice: 0, qualifying: 0, gold: 0, ...JSON.parse(facts.known_counts) },
    runs: runsOf(JSON.parse(facts.draws), JSON.parse(facts.imports)),
    raters: facts.raters,
    shown: rows.flatMap((row) => shownOf(row)),
  };
}

function shownOf(row: FactsRow): ShownPresentation[] {
  // A rater with nothing open has one row without a presentation.
  if (row.isOpen === null) return [];
  return [{ ...storedPresentation(row), isOpen: row.isOpen === 1, draft: parsedOrNull(row.draft) }];
}

function targetOf(facts: FactsRow): TargetRow | null {
  if (facts.target === null) return null;
  return {
    id: facts.target,
    pairId: facts.target_pair,
    leftSide: facts.target_left,
    isOpen: facts.target_open === 1,
    kind: facts.target_kind,
    block: facts.target_block,
    position: facts.target_position,
    isAskedAgain: facts.target_asked_again === 1,
    reviewId: facts.target_review,
    lastRatingId: facts.last_rating,
    labelId: facts.label,
    repeatedVerdict: facts.repeated_verdict,
    known: parsedOrNull(facts.known),
  };
}

function inBlockOf({ in_block }: FactsRow): Pick<SittingRow, 'givenInBlock' | 'openInBlock'> {
  const [givenInBlock, openInBlock] = JSON.parse(in_block) as [number, number | null];
  return { givenInBlock, openInBlock: openInBlock ?? 0 };
}

function parsedOrNull<Value>(text: string | null): Value | null {
  return text === null ? null : (JSON.parse(text) as Value);
}
