/**
 * Who the windows of a store are for. A window handed to a rater answers that rater's calls and nothing of the lead's. It
 * keeps honest people to their own screen; whoever can read the store's file can read the store.
 */

import type { Method } from '../../../shared/contract/method.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { RaterRole } from '../../../shared/study/rater-role.ts';
import type { AppContext } from '../context/app-context.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { readSetting } from '../store/engine/preferences.ts';
import { raterBySession } from '../store/rating/raters.ts';
import { studyById } from '../store/study/studies.ts';

export const SEAT_SETTING = 'seat';

/** A seat as it is stored; the lead's where nothing is. */
export interface StoredSeat {
  readonly role: RaterRole;
  readonly studyId: string;
  readonly rater: string;
  /** Salt and scrypt hash of the lead's passphrase, as hexadecimal digits; null without one. */
  readonly passphrase: { readonly salt: string; readonly hash: string } | null;
}

/** Whom the windows of a store were handed to; null where they are the lead's. */
export function storedSeat(store: ReadStore): StoredSeat | null {
  return (readSetting(store, SEAT_SETTING) as StoredSeat | null | undefined) ?? null;
}

/** The rater or adjudicator a window was handed to; null for the lead, and for commands, which no seat binds. */
export function seatedRater({ store, ports }: Pick<AppContext, 'store' | 'ports'>): StoredSeat | null {
  return ports.host === 'in_process' ? null : storedSeat(store);
}

/** Throws `forbidden` where a call is not for whoever sits here. */
export function requireAllowed(
  context: Pick<AppContext, 'store' | 'ports'>,
  name: string,
  method: Pick<Method, 'audience'>,
  input: unknown,
): void {
  const seat = seatedRater(context);
  if (seat === null) return;
  if (method.audience === 'lead' || name === 'rating.raters') throw notHere(seat);
  const { session } = (input ?? {}) as { readonly session?: string };
  if (session !== undefined && !isOf(context.store, session, seat)) throw notHere(seat);
  if (name !== 'rating.begin') return;
  const { studyId, rater, role } = input as { studyId: string; rater: string; role: RaterRole };
  if (studyId !== seat.studyId || rater !== seat.rater || role !== seat.role) throw notHere(seat);
}

/** Whether a session is that of the person a window was handed to: one begun before is not. */
function isOf(store: ReadStore, session: string, { studyId, rater, role }: StoredSeat): boolean {
  const row = raterBySession(store, session);
  // A session that was taken over is refused where it is used, and says so.
  if (row === undefined) return true;
  return row.name === rater && row.role === role && studyById(store, row.studyId)?.publicId === studyId;
}

function notHere({ rater }: StoredSeat): ServiceError {
  return new ServiceError('forbidden', { key: 'seat.forbidden', values: { rater } });
}
