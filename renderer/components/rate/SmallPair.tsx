import { useTranslation } from 'react-i18next';
import type { BlindPresentation } from '../../../shared/blind/blind-presentation.ts';
import { ConversationView } from '../ConversationView.tsx';
import { RawTextToggle } from '../RawTextToggle.tsx';
import { ReadConversations } from '../ReadConversations.tsx';

/** A pair inside a dialog: task above, both outputs beside each other. */
export function SmallPair({ pair }: { readonly pair: Pick<BlindPresentation, 'task' | 'left' | 'right'> }) {
  const { t } = useTranslation();
  return (
    <ReadConversations of={[pair.task, pair.left, pair.right]}>
      <RawTextToggle />
      <div className="small-pair">
        <section aria-label={t('pair.task')}>
          <h3>{t('pair.task')}</h3>
          <ConversationView conversation={pair.task} plainRole="user" />
        </section>
        <section aria-label={t('pair.leftAnswer')}>
          <h3>{t('pair.left')}</h3>
          <ConversationView conversation={pair.left} plainRole="assistant" />
        </section>
        <section aria-label={t('pair.rightAnswer')}>
          <h3>{t('pair.right')}</h3>
          <ConversationView conversation={pair.right} plainRole="assistant" />
        </section>
      </div>
    </ReadConversations>
  );
}
