import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberText } from '../../language/language.ts';
import { useQuery } from '../../state/query.ts';
import { Dialog } from '../Dialog.tsx';
import { ErrorNote } from '../ErrorNote.tsx';
import { SafeMarkdown } from '../SafeMarkdown.tsx';
import { answerWords } from './answer-words.ts';
import { SmallPair } from './SmallPair.tsx';

/** The worked examples of a study, one after the other. */
export function ExamplesDialog({
  session,
  onClose,
}: {
  readonly session: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { value: examples, error, reload } = useQuery('rating.examples', { session });
  const [place, setPlace] = useState(0);
  const example = examples?.[place];
  return (
    <Dialog title={t('examples.title')} isWide onClose={onClose}>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {example !== undefined && (
        <>
          <p className="quiet">
            {t('examples.place', { place: numberText(place + 1), total: numberText(examples?.length ?? 0) })}
          </p>
          <SmallPair pair={example.pair} />
          <p>
            <strong>{t('examples.answer', { answer: answerWords(t, example.answer) })}</strong>
          </p>
          <SafeMarkdown text={example.explanation} />
        </>
      )}
      <div className="button-row">
        <button type="button" disabled={place === 0} onClick={() => setPlace(place - 1)}>
          {t('examples.back')}
        </button>
        {place + 1 < (examples?.length ?? 0) ? (
          <button type="button" className="primary" onClick={() => setPlace(place + 1)}>
            {t('examples.next')}
          </button>
        ) : (
          <button type="button" className="primary" onClick={onClose}>
            {t('examples.toPairs')}
          </button>
        )}
      </div>
    </Dialog>
  );
}
