import { create } from 'zustand';
import type { Seat } from '../../shared/contract/seat-methods.ts';
import { client } from '../api/host.ts';

/** Who this window is for, as last read from the store. */
export const useSeat = create<{ readonly seat: Seat }>(() => ({ seat: { role: 'lead' } }));

export async function loadSeat(): Promise<void> {
  const reply = await client.call('seat.get', {});
  if (reply.ok) setSeat(reply.value);
}

export function setSeat(seat: Seat): void {
  useSeat.setState({ seat });
}

/** Other windows of the store may hand the seat over or take it back. */
export function watchSeat(): void {
  client.subscribe((event) => {
    if (event.type === 'changed' && event.area === 'settings') void loadSeat();
  });
}
