import { create } from 'zustand';
import type { Seat } from '../../shared/contract/seat-methods.ts';
import { client } from '../api/host.ts';
import { forgetQueries } from './query.ts';
import { leaveRating, RATER_KEY, type RatingState, useRating } from './rating.ts';

/** Who this window is for, as last read from the store. */
export const useSeat = create<{ readonly seat: Seat }>(() => ({ seat: { role: 'lead' } }));

export async function loadSeat(): Promise<void> {
  const reply = await client.call('seat.get', {});
  if (reply.ok) setSeat(reply.value);
}

type Person = Pick<RatingState, 'rater' | 'studyId' | 'role'>;

/** Takes a seat; work of somebody else that is open or remembered in this window is left. */
export function setSeat(seat: Seat): void {
  if ('rater' in seat) {
    const isTheirs = ({ rater, studyId, role }: Person) =>
      seat.rater === rater && seat.studyId === studyId && seat.role === role;
    const remembered = JSON.parse(sessionStorage.getItem(RATER_KEY) ?? 'null') as Person | null;
    if (remembered !== null && !isTheirs(remembered)) sessionStorage.removeItem(RATER_KEY);
    const open = useRating.getState();
    if (open.rater !== '' && !isTheirs(open)) leaveRating();
  }
  const isAnother = JSON.stringify(seat) !== JSON.stringify(useSeat.getState().seat);
  useSeat.setState({ seat });
  if (isAnother) forgetQueries();
}

/** Other windows of the store may hand the seat over or take it back. */
export function watchSeat(): void {
  client.subscribe((event) => {
    if (event.type === 'changed' && event.area === 'settings') void loadSeat();
  });
}
