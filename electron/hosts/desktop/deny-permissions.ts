import type { Session } from 'electron';

/** Writing plain text to the clipboard, which a browser grants to any click; figures are copied as CSV. */
const ALLOWED = 'clipboard-sanitized-write';

/** Denies every permission but that. Electron approves by default, and request, check and device are asked apart. */
export function denyPermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === ALLOWED));
  session.setPermissionCheckHandler((_contents, permission) => permission === ALLOWED);
  session.setDevicePermissionHandler(() => false);
}
