import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { Seat } from '../../../shared/contract/seat-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { GuessLimit } from '../../../shared/rating/guess-limit.ts';
import type { AppContext } from '../context/app-context.ts';
import { requirePseudonym } from '../rating/pseudonym.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { writeSetting } from '../store/engine/preferences.ts';
import { raterByName } from '../store/rating/raters.ts';
import { requireStudy, studyByPublicId } from '../store/study/studies.ts';
import { SEAT_SETTING, type StoredSeat, storedSeat } from './seat.ts';

const HASH_BYTES = 32;

export function getSeat({ store }: AppContext): Seat {
  const seat = storedSeat(store);
  const study = seat === null ? undefined : studyByPublicId(store, seat.studyId);
  if (seat === null || study === undefined) return { role: 'lead' };
  const { role, studyId, rater, passphrase } = seat;
  return { role, studyId, study: study.name, rater, hasPassphrase: passphrase !== null };
}

/** Hands the windows over. The person keeps the role they have in the study. */
export function handSeat(
  context: AppContext,
  { studyId, rater, role, passphrase }: ParsedInputOf<'seat.hand'>,
): Seat {
  const { store, ports } = context;
  store.write((store) => {
    const study = requireStudy(store, studyId);
    const known = raterByName(store, study.id, rater);
    if (known === undefined) requirePseudonym(rater);
    else if (known.role !== role)
      throw new ServiceError('conflict', { key: 'seat_handing.role_differs', values: { rater } });
    const seat: StoredSeat = { role, studyId, rater, passphrase: hashPassphrase(passphrase) };
    writeSetting(store, SEAT_SETTING, seat);
    const details = { rater, role };
    const at = ports.clock.nowMs();
    appendAudit(store, { at, studyId: study.id, actor: 'lead', action: 'seat.handed', details });
  });
  return getSeat(context);
}

export async function takeSeatBack(
  context: AppContext,
  { passphrase }: ParsedInputOf<'seat.takeBack'>,
): Promise<Seat> {
  const { store, ports } = context;
  const seat = storedSeat(store);
  if (seat === null) return getSeat(context);
  // Whoever runs commands can read the file of the store anyway, and may have forgotten the passphrase.
  if (ports.host !== 'in_process' && seat.passphrase !== null)
    await requirePassphrase(context, passphrase, seat.passphrase);
  store.write((store) => {
    if (JSON.stringify(storedSeat(store)) !== JSON.stringify(seat))
      throw new ServiceError('conflict', { key: 'seat.handed_meanwhile' });
    writeSetting(store, SEAT_SETTING, null);
    const study = studyByPublicId(store, seat.studyId);
    appendAudit(store, {
      at: ports.clock.nowMs(),
      studyId: study?.id ?? null,
      actor: 'lead',
      action: 'seat.taken_back',
      details: { rater: seat.rater },
    });
  });
  return getSeat(context);
}

/** By the path of the store: whoever sits at a window guesses at one passphrase. */
const guesses = new GuessLimit();

/** Off the thread that records votes, and not as often as somebody likes. */
async function requirePassphrase(
  { store, ports }: AppContext,
  typed: string,
  asked: NonNullable<StoredSeat['passphrase']>,
): Promise<void> {
  const nowMs = ports.clock.monotonicMs();
  const waitMs = guesses.waitMs(store.path, nowMs);
  if (waitMs > 0)
    throw new ServiceError('forbidden', { key: 'seat.wait', values: { seconds: Math.ceil(waitMs / 1000) } });
  // Counted before it is known: guesses made at once are guesses, too.
  guesses.note(store.path, false, nowMs);
  if (!(await isPassphrase(typed, asked)))
    throw new ServiceError('forbidden', { key: 'seat.wrong_passphrase' });
  guesses.note(store.path, true, nowMs);
}

function hashPassphrase(passphrase: string): StoredSeat['passphrase'] {
  if (passphrase === '') return null;
  const salt = randomBytes(16);
  return { salt: salt.toString('hex'), hash: scryptSync(passphrase, salt, HASH_BYTES).toString('hex') };
}

async function isPassphrase(
  typed: string,
  { salt, hash }: NonNullable<StoredSeat['passphrase']>,
): Promise<boolean> {
  const derived = await promisify<string, Buffer, number, Buffer>(scrypt)(
    typed,
    Buffer.from(salt, 'hex'),
    HASH_BYTES,
  );
  return timingSafeEqual(derived, Buffer.from(hash, 'hex'));
}
