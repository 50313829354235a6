import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { otherConsentText } from '../../../shared/rating/refusals.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { consentHash, insertConsent } from '../store/rating/consents.ts';
import { openedTurn } from './opened-turn.ts';
import { requireWork } from './work.ts';

/** Keeps that a rater agreed to the consent text as it stands; work begins with it. */
export function giveConsent(
  { store, ports }: AppContext,
  input: ParsedInputOf<'rating.consent'>,
): ReplyOf<'rating.consent'> {
  return store.write((store) => {
    const nowMs = ports.clock.nowMs();
    const { session } = input;
    const work = requireWork(store, nowMs, { session });
    const { rater, study } = work;
    const { consent } = study.design;
    if (consentHash(consent) !== consentHash(input.text)) throw otherConsentText();
    if (!work.hasConsented) {
      insertConsent(store, rater.id, consent, nowMs);
      appendAudit(store, {
        at: nowMs,
        studyId: study.id,
        actor: rater.name,
        action: 'consent.given',
        details: { sha256: consentHash(consent) },
      });
    }
    return openedTurn({ store, entropy: ports.entropy, nowMs }, session);
  });
}
