/**
 * What a rater has said of a pair before it is recorded. Kept in this browser at each change, so that it outlives a reload,
 * leaving and a crash, and soon afterwards in the store, where another page finds it; for one person and one
 * presentation, and gone once the vote is recorded.
 */
import type { RaterRole } from '../../shared/study/rater-role.ts';
import type { Rubric } from '../../shared/study/rubric.ts';
import { ANSWERS, type Answer, SKIP_REASONS, type SkipReason } from '../../shared/study/verdict.ts';
import type { ShownDetails } from '../../shared/study/vote-details.ts';

/** An answer that was given before and does not count, or could not be recorded yet. */
export interface EarlierAnswer {
  readonly answer: Answer;
  readonly strength: number | null;
  readonly skipReason: SkipReason | null;
}

export interface VoteDraft {
  readonly note: string;
  readonly details: ShownDetails;
  readonly confidence: number | null;
  readonly earlier: EarlierAnswer | null;
}

/** A draft, and when it was kept, in milliseconds since 1970. */
export interface KeptDraft extends VoteDraft {
  readonly keptAt: number;
}

export const EMPTY_DRAFT: KeptDraft = { note: '', details: {}, confidence: null, earlier: null, keptAt: 0 };

/** Whose draft it is: nobody else at the same machine is shown it. */
export interface DraftOwner {
  readonly studyId: string;
  readonly rater: string;
  readonly role: RaterRole;
}

const PREFIX = 'touchstone-draft ';
const MOST_DRAFTS = 500;
const LONGEST_NOTE = 20_000;
const MOST_SPANS = 50;

/** Drafts of this page where the browser keeps nothing. */
const unkept = new Map<string, KeptDraft>();

function keyOf({ studyId, rater, role }: DraftOwner, presentationId: string): string {
  return `${PREFIX}${JSON.stringify([studyId, role, rater, presentationId])}`;
}

/** Keeps a draft in this browser; an empty one is forgotten. What was kept is returned, null for nothing. */
export function keepDraft(owner: DraftOwner, presentationId: string, draft: VoteDraft): KeptDraft | null {
  const key = keyOf(owner, presentationId);
  if (isEmpty(draft)) {
    forgetDraft(owner, presentationId);
    return null;
  }
  const { note, details, confidence, earlier } = draft;
  const kept = { note, details, confidence, earlier, keptAt: Date.now() };
  unkept.set(key, kept);
  try {
    localStorage.setItem(key, JSON.stringify(kept));
    unkept.delete(key);
    dropOldest();
  } catch {
    // A full or forbidden storage: it lasts as long as the page, and in the store.
  }
  return kept;
}

/**
 * The draft on a presentation, as far as what it says is asked; an empty one where there is none. Of what this browser and
 * the store have, the newer counts.
 */
export function draftOf(
  owner: DraftOwner,
  presentationId: string,
  inStore: KeptDraft | undefined,
  asked: { readonly rubric: Rubric; readonly asksConfidence: boolean; readonly marksSpans: boolean },
): KeptDraft {
  const key = keyOf(owner, presentationId);
  const here = unkept.get(key) ?? readDraft(key);
  const newest = inStore !== undefined && inStore.keptAt > here.keptAt ? inStore : here;
  const { note, details, confidence, earlier, keptAt } = newest;
  const names = new Set(asked.rubric.criteria.map(({ name }) => name));
  const criteria = Object.entries(details.criteria ?? {}).filter(([name]) => names.has(name));
  const reasonTags = details.reasonTags?.filter((tag) => asked.rubric.reasonTags.includes(tag)) ?? [];
  const spans = asked.marksSpans ? (details.spans ?? []) : [];
  return {
    note,
    details: {
      ...(criteria.length === 0 ? {} : { criteria: Object.fromEntries(criteria) }),
      ...(reasonTags.length === 0 ? {} : { reasonTags }),
      ...(spans.length === 0 ? {} : { spans }),
    },
    confidence: asked.asksConfidence ? confidence : null,
    earlier,
    keptAt,
  };
}

export function forgetDraft(owner: DraftOwner, presentationId: string): void {
  const key = keyOf(owner, presentationId);
  unkept.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing is kept there.
  }
}

function isEmpty({ note, details, confidence, earlier }: VoteDraft): boolean {
  return (
    note === '' &&
    confidence === null &&
    earlier === null &&
    Object.keys(details.criteria ?? {}).length === 0 &&
    (details.reasonTags ?? []).length === 0 &&
    (details.spans ?? []).length === 0
  );
}

function dropOldest(): void {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  if (keys.length <= MOST_DRAFTS) return;
  const keptAt = (key: string) => Number(parseRecord(localStorage.getItem(key)).keptAt) || 0;
  const [oldest] = keys.sort((one, other) => keptAt(one) - keptAt(other));
  if (oldest !== undefined) localStorage.removeItem(oldest);
}

/** Other pages of the same folder may share this storage: what is read is checked, and what does not fit is left out. */
function readDraft(key: string): KeptDraft {
  let stored: Readonly<Record<string, unknown>> = {};
  try {
    stored = parseRecord(localStorage.getItem(key));
  } catch {
    // Nothing is kept there.
  }
  const { note, confidence, keptAt } = stored;
  return {
    keptAt: isPlace(keptAt) ? keptAt : 0,
    note: typeof note === 'string' ? note.slice(0, LONGEST_NOTE) : '',
    confidence: confidence === 1 || confidence === 2 || confidence === 3 ? confidence : null,
    details: detailsIn(record(stored.details)),
    earlier: earlierIn(record(stored.earlier)),
  };
}

function detailsIn(stored: Readonly<Record<string, unknown>>): ShownDetails {
  const criteria = Object.entries(record(stored.criteria)).flatMap(([name, said]) =>
    said === 'left' || said === 'right' || said === 'tie' ? [[name, said] as const] : [],
  );
  const spans = list(stored.spans).flatMap((each) => {
    const { side, from, to, quote } = record(each);
    const isSpan = isPlace(from) && isPlace(to) && from < to && typeof quote === 'string';
    return isSpan && (side === 'left' || side === 'right') ? [{ side, from, to, quote } as const] : [];
  });
  return {
    criteria: Object.fromEntries(criteria),
    reasonTags: list(stored.reasonTags).filter((tag) => typeof tag === 'string'),
    spans: spans.slice(0, MOST_SPANS),
  };
}

function earlierIn({
  answer,
  strength,
  skipReason,
}: Readonly<Record<string, unknown>>): EarlierAnswer | null {
  const said = ANSWERS.find((each) => each === answer);
  if (said === undefined) return null;
  return {
    answer: said,
    strength: isPlace(strength) ? strength : null,
    skipReason: SKIP_REASONS.find((each) => each === skipReason) ?? null,
  };
}

function isPlace(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function parseRecord(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}
