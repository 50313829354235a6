import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { otherConsentText } from '../../../shared/rating/refusals.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { consentHash, insertConsent, lacksConsent } from '../store/rating/consents.ts';
import { fillQueue, OPEN_AHEAD } from './presentation-queue.ts';
import { requireSession, studyOfRater, turnOf } from './rater-session.ts';

/** Keeps that a rater agreed to the consent text as it stands; work begins with it. */
export function giveConsent(
  { store, ports }: AppContext,
  input: ParsedInputOf<'rating.consent'>,
): ReplyOf<'rating.consent'> {
  const reply = store.write(() => {
    const rater = requireSession(store, input.session);
    const study = studyOfRater(store, rater);
    const { consent } = study.design;
    if (consentHash(consent) !== consentHash(input.text)) throw otherConsentText();
    const nowMs = ports.clock.nowMs();
    if (lacksConsent(store, study, rater.id)) {
      insertConsent(store, rater.id, consent, nowMs);
      const details = { sha256: consentHash(consent) };
      appendAudit(store, {
        at: nowMs,
        studyId: study.id,
        actor: rater.name,
        action: 'consent.given',
        details,
      });
    }
    fillQueue({ store, study, rater, entropy: ports.entropy, nowMs }, OPEN_AHEAD);
    return turnOf(store, study, requireSession(store, input.session), nowMs);
  });
  return reply;
}
