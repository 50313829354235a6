import { create } from 'zustand';
import type { Seat } from '../../shared/contract/seat-methods.ts';
import { client } from '../api/host.ts';
import { leaveRating, RATER_KEY, useRating } from './rating.ts';

/** Who this window is for, as last read from the store. */
export const useSeat = create<{ readonly seat: Seat }>(() => ({ seat: { role: 'lead' } }));

export async function loadSeat(): Promise<void> {
  const reply = await client.call('seat.get', {});
  if (reply.ok) setSeat(reply.value);
}

/** Takes a seat; work of somebody else that is open in this window is left. */
export function setSeat(seat: Seat): void {
  const { rater, studyId, role } = useRating.getState();
  const isTheirs =
    seat.role !== 'lead' && seat.rater === rater && seat.studyId === studyId && seat.role === role;
  if (seat.role !== 'lead' && !isTheirs) {
    sessionStorage.removeItem(RATER_KEY);
    if (rater !== '') leaveRating();
  }
  useSeat.setState({ seat });
}

/** Other windows of the store may hand the seat over or take it back. */
export function watchSeat(): void {
  client.subscribe((event) => {
    if (event.type === 'changed' && event.area === 'settings') void loadSeat();
  });
}
