import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Conversation, plainTextOf } from '../../shared/study/conversation.ts';
import { numberText } from '../language/language.ts';
import { SafeMarkdown } from './SafeMarkdown.tsx';
import { TURNS_SHOWN, Turns } from './Turns.tsx';

/** A task or an output: a single text as it is, a conversation turn by turn. */
export const ConversationView = memo(function ConversationView({
  conversation,
  plainRole,
}: {
  readonly conversation: Conversation;
  readonly plainRole: 'user' | 'assistant';
}) {
  const { t } = useTranslation();
  const [turns, setTurns] = useState(TURNS_SHOWN);
  const plain = plainTextOf(conversation, plainRole);
  if (plain !== undefined) {
    return plain.trim() !== '' ? <SafeMarkdown text={plain} /> : <p className="quiet">{t('pair.empty')}</p>;
  }
  return (
    <>
      <Turns of={conversation.slice(0, turns)} />
      {conversation.length > turns && (
        <p className="reading-note">
          <button type="button" onClick={() => setTurns(turns + TURNS_SHOWN)}>
            {t('shown.moreTurns', { number: numberText(conversation.length - turns) })}
          </button>
        </p>
      )}
    </>
  );
});
