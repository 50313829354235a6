/** The two channels between page and desktop host. */
export const CALL_CHANNEL = 'touchstone:call';
export const EVENT_CHANNEL = 'touchstone:event';
