/** The state machine of a rater's turn: viewing → saving → viewing, or failed, finished, taken over. */
import { create } from 'zustand';
import type { BlindPresentation } from '../../shared/blind/blind-presentation.ts';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { InputOf, ReplyOf } from '../../shared/contract/methods.ts';
import type {
  PracticeFeedback,
  RevealedVotes,
  TakenBackVote,
  Turn,
} from '../../shared/contract/rating-methods.ts';
import { missingCriteria } from '../../shared/rating/rules.ts';
import type { Progress, Stage } from '../../shared/rating/sitting.ts';
import type { RaterRole } from '../../shared/study/rater-role.ts';
import type { Answer, SkipReason } from '../../shared/study/verdict.ts';
import type { ShownDetails } from '../../shared/study/vote-details.ts';
import { client } from '../api/host.ts';
import { failureText } from '../language/failure-text.ts';
import { listText, translate } from '../language/language.ts';
import { idleTimeMs, restartIdleTime } from './activity.ts';
import { deliverDraft, deliverDrafts, dropDelivery } from './draft-delivery.ts';
import { goTo } from './route.ts';
import {
  draftOf,
  type EarlierAnswer,
  EMPTY_DRAFT,
  forgetDraft,
  type KeptDraft,
  keepDraft,
  type VoteDraft,
} from './vote-drafts.ts';

export type RatingPhase =
  | 'loading'
  | 'viewing'
  | 'saving'
  | 'failed'
  | 'feedback'
  | 'revealed'
  | 'block_end'
  | 'consent'
  | 'paused'
  | 'refused'
  | 'finished'
  | 'taken_over';

type Vote = InputOf<'rating.submit'>;

/**
 * What is said beside the pair. `recorded` stands until something else is said, so does a problem; what is passing goes
 * after a while. Each has a number of its own: the same said twice is two notices.
 */
export type Notice = { readonly number: number } & (
  | { readonly kind: 'passing' | 'problem'; readonly text: string }
  | { readonly kind: 'recorded' | 'changed'; readonly said: EarlierAnswer; readonly canUndo: boolean }
);

export interface RatingState extends VoteDraft {
  readonly phase: RatingPhase;
  readonly studyId: string;
  readonly rater: string;
  readonly role: RaterRole;
  readonly session: string;
  readonly study: ReplyOf<'rating.begin'>['study'] | null;
  readonly queue: readonly BlindPresentation[];
  readonly progress: Progress | null;
  /** The decision being saved, or the one that could not be. Its command id is made once. */
  readonly vote: Vote | null;
  readonly error: Failure | null;
  readonly stage: Stage;
  readonly training: Turn['training'];
  /** What is known about the practice pair on screen, which was just answered. */
  readonly feedback: PracticeFeedback | null;
  /** What raters said of the pair on screen, which an adjudicator has just decided. */
  readonly revealed: RevealedVotes | null;
  /** Last questions that can be answered once all pairs are. */
  readonly guessesLeft: number;
  /** The turn that comes once the feedback, or what raters said, was read. */
  readonly nextTurn: Turn | null;
  /** Votes given since the work was opened. */
  readonly votesHere: number;
  readonly openedAt: number;
  /** When the pair on screen was painted, by performance.now(); null until it was. */
  readonly shownAt: number | null;
  readonly notice: Notice | null;
  /** An own vote that is open again in place of what stood there; null while work goes on. */
  readonly revisited: Revisited | null;
  /** Criteria that the last answer left out although the study needs them: it was not sent. */
  readonly missing: readonly string[];
}

interface Revisited {
  /** Whether its block is still open. */
  readonly canChange: boolean;
  readonly before: Pick<RatingState, 'phase' | 'queue' | keyof VoteDraft>;
}

const EMPTY: RatingState = {
  ...EMPTY_DRAFT,
  phase: 'loading',
  studyId: '',
  rater: '',
  role: 'rater',
  session: '',
  study: null,
  queue: [],
  progress: null,
  vote: null,
  error: null,
  stage: 'working',
  training: null,
  feedback: null,
  revealed: null,
  guessesLeft: 0,
  nextTurn: null,
  votesHere: 0,
  openedAt: 0,
  shownAt: null,
  notice: null,
  revisited: null,
  missing: [],
};

/** Where a window keeps who rates in it, so that a reload comes back to the same work. */
export const RATER_KEY = 'touchstone-rater';

const RETRY_PAUSE_MS = 800;
const MOST_RETRIES = 30;
const SHOW_SAVING_AFTER_MS = 120;

export const useRating = create<RatingState>(() => EMPTY);

const { setState: set, getState: get } = useRating;

/**
 * A decision is on its way. Kept beside the state: telling the screen at once would cost a paint between every vote
 * and the next pair, so the phase turns to `saving` only when the reply takes its time.
 */
let isSending = false;

/** Whether a decision about the pair on screen is on its way: what is done now would be about the next one. */
export function isBeingSent(): boolean {
  return isSending;
}

/** Counts begins and leaves, so that a late reply to an earlier one is dropped. */
let visit = 0;

/** Starts or resumes a rater's work; the failure where it could not. */
export async function beginRating(
  studyId: string,
  rater: string,
  {
    role = 'rater',
    notice = null,
    passphrase,
    earlierSession,
  }: {
    readonly role?: RaterRole;
    readonly notice?: Notice | null;
    readonly passphrase?: string;
    /** In a pack: what this window had before, instead of a passphrase. */
    readonly earlierSession?: string;
  } = {},
): Promise<Failure | null> {
  visit++;
  const mine = visit;
  isSending = false;
  set({ ...EMPTY, studyId, rater, role, openedAt: performance.now() }, true);
  const reply = await client.call('rating.begin', {
    studyId,
    rater,
    role,
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(earlierSession === undefined || earlierSession === '' ? {} : { earlierSession }),
  });
  if (mine !== visit) return null;
  if (!reply.ok) {
    set({ phase: 'failed', error: reply.error });
    return reply.error;
  }
  const { session, study } = reply.value;
  set({ session, study });
  takeTurn(reply.value, notice);
  return null;
}

/** Opens the screen of a rater's work once it can begin; the failure where it cannot, and nothing is opened. */
export async function openWork(
  studyId: string,
  rater: string,
  options: Parameters<typeof beginRating>[2] = {},
): Promise<Failure | null> {
  const failure = await beginRating(studyId, rater, options);
  if (failure === null) goTo({ screen: 'rate', studyId });
  else leaveRating();
  return failure;
}

export function leaveRating(): void {
  void deliverDrafts();
  visit++;
  isSending = false;
  set(EMPTY, true);
}

/** Called by the screen once the pair is painted; viewing time counts from here. */
export function markShown(): void {
  if (get().shownAt !== null) return;
  restartIdleTime();
  set({ shownAt: performance.now() });
}

export function setNote(note: string): void {
  changeDraft({ note });
}

export function setDetails(details: ShownDetails): void {
  changeDraft({ details });
}

export function setConfidence(confidence: number | null): void {
  changeDraft({ confidence });
}

/** Changes what is said of the pair on screen, and keeps it at once. */
function changeDraft(change: Partial<VoteDraft>): void {
  const { missing } = get();
  const { criteria } = change.details ?? {};
  set({ ...change, missing: missing.filter((name) => criteria?.[name] === undefined) });
  const { note, details, confidence, earlier, queue } = get();
  const [shown] = queue;
  if (shown !== undefined) keep(shown.presentationId, { note, details, confidence, earlier });
}

function keep(presentationId: string, draft: VoteDraft): void {
  deliverDraft(get().session, presentationId, keepDraft(get(), presentationId, draft));
}

/** Opens the pair of an own vote again, with all that was said of it; the failure where it cannot. */
export async function reopenVote(presentationId: string): Promise<Failure | null> {
  const { session, study, phase, queue, note, details, confidence, earlier, revisited } = get();
  if (isSending || study === null || !['viewing', 'finished', 'block_end'].includes(phase)) return null;
  const mine = visit;
  const reply = await client.call('rating.revisit', { session, presentationId });
  if (mine !== visit) return null;
  if (!reply.ok) return reply.error;
  const { pair, canChange, answer, strength, skipReason, ...said } = reply.value;
  const given = { answer, strength, skipReason };
  const asRecorded = { ...said, note: said.note ?? '', earlier: given, keptAt: 1 };
  set({
    phase: 'viewing',
    // What was begun and not recorded is what its author goes on with.
    ...withoutTime(draftOf(get(), presentationId, asRecorded, study)),
    earlier: given,
    queue: [pair, ...queue.filter((each) => each.presentationId !== presentationId)].slice(0, 2),
    shownAt: null,
    notice: null,
    missing: [],
    revisited: {
      canChange,
      before: revisited?.before ?? { phase, queue, note, details, confidence, earlier },
    },
  });
  return null;
}

/** Goes on where the work was before an own vote was looked at. */
export function leaveRevisited(): void {
  const { revisited } = get();
  if (revisited === null || isSending) return;
  set({ ...revisited.before, revisited: null, shownAt: null, notice: null, missing: [] });
}

function withoutTime({ keptAt: _keptAt, ...draft }: KeptDraft): VoteDraft {
  return draft;
}

/** Begins the same person's work anew, to see it as it stands now. */
export async function beginAgain(notice: Notice | null = null): Promise<void> {
  const { studyId, rater, role, session } = get();
  await beginRating(studyId, rater, { role, notice, earlierSession: session });
}

/** Agrees to the consent text on screen. */
export async function giveConsent(): Promise<void> {
  const { session, study } = get();
  const mine = visit;
  const reply = await client.call('rating.consent', { session, text: study?.consent ?? '' });
  if (mine !== visit) return;
  if (reply.ok) takeTurn(reply.value, null);
  else if (reply.error.code === 'session_taken_over') set({ phase: 'taken_over', error: reply.error });
  else await beginAgain(problem(failureText(reply.error)));
}

/** Goes on after the feedback on a practice pair, or after what raters said of an adjudicated one. */
export function continuePractice(): void {
  const { nextTurn } = get();
  if (nextTurn !== null) takeTurn(nextTurn, get().notice);
}

/** Makes the votes of the open block final and goes on with the next one. */
export async function closeBlock(): Promise<void> {
  const { session } = get();
  const mine = visit;
  const reply = await client.call('rating.closeBlock', { session });
  if (mine !== visit) return;
  if (reply.ok) takeTurn(reply.value, passing(translate('notice.blockClosed')));
  else if (reply.error.code === 'conflict') {
    // It was closed before, or blocks are other ones by now: the work as it stands tells.
    await beginAgain();
  } else if (reply.error.code === 'session_taken_over') set({ phase: 'taken_over', error: reply.error });
  else set({ notice: problem(failureText(reply.error)) });
}

let noticesSaid = 0;

function passing(text: string): Notice {
  return { kind: 'passing', text, number: ++noticesSaid };
}

function problem(text: string): Notice {
  return { kind: 'problem', text, number: ++noticesSaid };
}

/** Says something briefly. */
export function say(text: string): void {
  set({ notice: passing(text) });
}

/** Takes a notice away, unless another one came meanwhile. */
export function dropNotice({ number }: Notice): void {
  if (get().notice?.number === number) set({ notice: null });
}

/** Whether the pair on screen can have been read when a press began, by performance.now(). Says so where it cannot. */
export function canHaveBeenRead(pressedAt: number): boolean {
  const { shownAt, study } = get();
  if (shownAt === null || study === null) return false;
  if (pressedAt - shownAt >= study.minimumViewingMs) return true;
  say(translate('notice.tooSoon'));
  return false;
}

/**
 * Records an answer about the pair on screen. Ignored unless a pair is being viewed, and was seen long enough when the key
 * or button was pressed.
 */
export async function submitAnswer(
  answer: Answer,
  {
    pressedAt,
    skipReason,
    strength,
  }: { readonly pressedAt: number; readonly skipReason?: SkipReason; readonly strength?: number },
): Promise<void> {
  const { phase, queue, session, shownAt, study, note, details, confidence, revisited } = get();
  const [presentation] = queue;
  if (isSending || phase !== 'viewing' || revisited?.canChange === false) return;
  if (presentation === undefined || shownAt === null || study === null) return;
  if (!canHaveBeenRead(pressedAt)) return;
  const missing = missingCriteria(study.rubric, { answer, details });
  if (missing.length > 0) {
    set({ missing });
    say(translate('details.missing', { criteria: listText(missing) }));
    return;
  }
  const viewedMs = Math.round(performance.now() - shownAt);
  await save({
    session,
    commandId: crypto.randomUUID(),
    presentationId: presentation.presentationId,
    answer,
    viewedMs,
    idleMs: Math.min(viewedMs, idleTimeMs()),
    guidelineVersion: study.guidelineVersion,
    ...(strength === undefined ? {} : { strength }),
    ...(confidence === null ? {} : { confidence }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    ...(skipReason === undefined ? {} : { skipReason }),
    ...(note.trim() === '' ? {} : { note }),
    ...(revisited === null ? {} : { revises: true }),
  });
}

/** Sends the same decision again, under the same command id. */
export async function retrySaving(): Promise<void> {
  const { vote, phase } = get();
  if (phase === 'failed' && vote !== null) await save(vote);
}

/** Goes on where nothing could be sent for want of a key: with the same decision, or where the work is by now. */
export async function resumeWithNewKey(): Promise<void> {
  const { phase, vote, error } = get();
  if (phase !== 'failed' || error?.code !== 'unauthorized') return;
  await (vote === null ? beginAgain() : save(vote));
}

export async function undoLast(): Promise<void> {
  const { phase, session, progress } = get();
  if (get().revisited !== null) return;
  const canUndo =
    phase === 'revealed' ||
    (['viewing', 'finished', 'block_end'].includes(phase) && progress?.canUndo === true);
  if (isSending || !canUndo) return;
  const mine = visit;
  const commandId = crypto.randomUUID();
  const waiting = announceSending();
  // One command id for all attempts: a lost reply must not take back a second vote.
  for (let attempt = 0; ; attempt++) {
    const reply = await client.call('rating.undo', { session, commandId });
    if (mine !== visit) return;
    if (!reply.ok && reply.error.retryable && attempt < MOST_RETRIES) {
      set({ phase: 'saving', error: reply.error });
      await pause();
      continue;
    }
    waiting.finish();
    if (reply.ok) {
      const { takenBack, ...turn } = reply.value;
      if (takenBack !== null) restore(takenBack);
      takeTurn(turn, passing(translate('notice.undone')));
    } else if (reply.error.code === 'session_taken_over') set({ phase: 'taken_over', error: reply.error });
    else set({ phase, error: null, notice: problem(failureText(reply.error)) });
    return;
  }
}

/** What was said in a vote that was taken back is what its pair is opened with again. */
function restore({ presentationId, note, details, confidence, ...earlier }: TakenBackVote): void {
  keep(presentationId, { note: note ?? '', details, confidence, earlier });
}

function earlierAnswerOf({ answer, strength, skipReason }: Vote): EarlierAnswer {
  return { answer, strength: strength ?? null, skipReason: skipReason ?? null };
}

async function save(vote: Vote): Promise<void> {
  const mine = visit;
  const waiting = announceSending();
  for (let attempt = 0; ; attempt++) {
    const reply = await client.call('rating.submit', vote);
    if (mine !== visit) return;
    if (!reply.ok && reply.error.retryable && attempt < MOST_RETRIES) {
      set({ phase: 'saving', vote, error: reply.error, notice: null });
      // A reload meanwhile shows the answer again.
      if (attempt === 0) changeDraft({ earlier: earlierAnswerOf(vote) });
      await pause();
      continue;
    }
    waiting.finish();
    if (reply.ok) {
      forgetDraft(get(), vote.presentationId);
      dropDelivery(vote.presentationId);
      if (vote.revises !== true) set({ votesHere: get().votesHere + 1 });
      const { feedback, revealed, receipt: _receipt, ...nextTurn } = reply.value;
      const notice: Notice = {
        kind: vote.revises === true ? 'changed' : 'recorded',
        said: earlierAnswerOf(vote),
        canUndo: feedback === null && nextTurn.progress.canUndo,
        number: ++noticesSaid,
      };
      if (feedback === null && revealed === null) takeTurn(nextTurn, notice);
      else {
        const phase = feedback === null ? 'revealed' : 'feedback';
        set({ phase, feedback, revealed, nextTurn, vote: null, error: null, notice, revisited: null });
      }
    } else if (reply.error.code === 'session_taken_over') {
      set({ phase: 'taken_over', vote, error: reply.error });
    } else if (reply.error.retryable || isOfHost(reply.error)) {
      set({ phase: 'failed', vote, error: reply.error });
    } else {
      // Asking again would fail again: read the state anew and say why nothing was recorded.
      await beginAgain(problem(translate('notice.notRecorded', { reason: failureText(reply.error) })));
    }
    return;
  }
}

/** Whether what failed says nothing of the decision: it is kept, and can be sent once the host can take it. */
function isOfHost({ code }: Failure): boolean {
  return code === 'internal' || code === 'unauthorized';
}

/** Holds further decisions back at once, and shows that something is being saved if it takes its time. */
function announceSending(): { finish(): void } {
  isSending = true;
  const mine = visit;
  const timer = setTimeout(() => {
    if (mine === visit) set({ phase: 'saving', notice: null, error: null });
  }, SHOW_SAVING_AFTER_MS);
  return {
    finish: () => {
      isSending = false;
      clearTimeout(timer);
    },
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
}

function takeTurn(
  { queue, drafts, progress, stage, training, guidelineVersion, guessesLeft }: Turn,
  notice: Notice | null,
): void {
  const { study } = get();
  if (study !== null && guidelineVersion !== study.guidelineVersion) {
    // What was just said was said under the guideline on screen; the next pair is read under the new one.
    void beginAgain(problem(translate('notice.guidelineChanged')));
    return;
  }
  const [shown] = queue;
  set({
    phase: phaseOf(queue.length, progress, stage),
    queue,
    progress,
    stage,
    training,
    guessesLeft,
    feedback: null,
    revealed: null,
    nextTurn: null,
    ...(shown === undefined ? EMPTY_DRAFT : openDraft(shown.presentationId, drafts)),
    vote: null,
    error: null,
    shownAt: null,
    notice,
    revisited: null,
    missing: [],
  });
}

/** What was said of a pair before. What only this browser has, a page that was lost could not deliver any more. */
function openDraft(presentationId: string, drafts: Turn['drafts']): VoteDraft {
  const { study, session } = get();
  if (study === null) return EMPTY_DRAFT;
  const inStore = drafts.find((each) => each.presentationId === presentationId)?.draft;
  const { keptAt, ...draft } = draftOf(get(), presentationId, inStore, study);
  if (keptAt > (inStore?.keptAt ?? 0)) deliverDraft(session, presentationId, { ...draft, keptAt });
  return draft;
}

function phaseOf(queued: number, { blockLeft }: Progress, stage: Stage): RatingPhase {
  if (queued > 0) return 'viewing';
  if (stage === 'paused' || stage === 'consent') return stage;
  if (stage === 'refused') return 'refused';
  return blockLeft === 0 ? 'block_end' : 'finished';
}
