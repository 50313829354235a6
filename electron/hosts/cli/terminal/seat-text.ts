import type { Seat } from '../../../../shared/contract/seat-methods.ts';

/** Who the windows of a store are for. Commands are bound by no seat. */
export function seatText(seat: Seat): string {
  if (seat.role === 'lead') return 'The windows of this store are the lead’s.';
  if (seat.role === 'vendor') return 'The windows of this store work on packs.';
  return `The windows of this store open with the work of ${seat.rater}, ${seat.role} of “${seat.study}”.`;
}
