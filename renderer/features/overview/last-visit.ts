/** What a study held when its overview was last left, kept with this browser. */
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';

const COUNTS = ['pairs', 'votes', 'raters', 'judges'] as const;
export type Counted = (typeof COUNTS)[number];

export interface Visit {
  readonly at: number;
  readonly counts: Readonly<Record<Counted, number>>;
}

export function lastVisit(studyId: string): Visit | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(studyId)) ?? 'null') as Visit | null;
    return kept !== null && COUNTS.every((name) => typeof kept.counts?.[name] === 'number') ? kept : null;
  } catch {
    return null;
  }
}

export function noteVisit(study: StudyDetails): void {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, study[name]]));
  try {
    localStorage.setItem(keyOf(study.studyId), JSON.stringify({ at: Date.now(), counts }));
  } catch {
    // Where nothing can be kept, nothing is told of the last visit.
  }
}

/** What came since, and how many of it. */
export function growthSince(
  visit: Visit,
  study: StudyDetails,
): { readonly what: Counted; readonly count: number }[] {
  return COUNTS.flatMap((what) => {
    const count = study[what] - visit.counts[what];
    return count > 0 ? { what, count } : [];
  });
}

function keyOf(studyId: string): string {
  return `touchstone-visit ${studyId}`;
}
