/** `touchstone seat`: who the windows of a store are for. Commands are bound by no seat. */
import type { Seat } from '../../../../shared/contract/seat-methods.ts';
import type { RaterRole } from '../../../../shared/study/rater-role.ts';
import { unwrap, withApp, withStudy } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

export function showSeatCommand(json: boolean, storePath: string, terminal: Terminal): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const seat = unwrap(await client.call('seat.get', {}));
    terminal.print(json ? JSON.stringify(seat) : seatText(seat));
    return EXIT.fine;
  });
}

export function handSeatCommand(
  rater: string,
  { study, role, json }: { readonly study: string; readonly role: RaterRole; readonly json?: boolean },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const seat = unwrap(await client.call('seat.hand', { studyId, rater, role }));
    terminal.print(json === true ? JSON.stringify(seat) : seatText(seat));
    return EXIT.fine;
  });
}

export function takeSeatBackCommand(json: boolean, storePath: string, terminal: Terminal): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const seat = unwrap(await client.call('seat.takeBack', {}));
    terminal.print(json ? JSON.stringify(seat) : seatText(seat));
    return EXIT.fine;
  });
}

function seatText(seat: Seat): string {
  if (seat.role === 'lead') return 'The windows of this store are the lead’s.';
  if (seat.role === 'vendor') return 'The windows of this store work on packs.';
  return `The windows of this store open with the work of ${seat.rater}, ${seat.role} of “${seat.study}”.`;
}
