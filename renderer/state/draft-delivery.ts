/** Drafts on their way to the store: a host that comes back at another address has them all the same. */
import type { VoteDraft } from '../../shared/contract/rating-methods.ts';
import { client } from '../api/host.ts';

/** How long somebody types on before what is typed is sent. */
const PAUSE_MS = 300;
const RETRY_MS = 2000;

interface Delivery {
  readonly session: string;
  readonly draft: VoteDraft | null;
}

const waiting = new Map<string, Delivery>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Sends a draft soon, in place of one that waits; null takes the one in the store away. */
export function deliverDraft(session: string, presentationId: string, draft: VoteDraft | null): void {
  waiting.set(presentationId, { session, draft });
  sendIn(PAUSE_MS);
}

/** Forgets a draft that waits: its pair has a vote. */
export function dropDelivery(presentationId: string): void {
  waiting.delete(presentationId);
}

/** Sends what waits at once. */
export async function deliverDrafts(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  for (const [presentationId, delivery] of [...waiting]) {
    const reply = await client.call('rating.keepDraft', { ...delivery, presentationId });
    if (!reply.ok && reply.error.retryable) sendIn(RETRY_MS);
    else if (waiting.get(presentationId) === delivery) waiting.delete(presentationId);
  }
}

function sendIn(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void deliverDrafts(), milliseconds);
}
