import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginPause } from '../../state/activity.ts';
import { Dialog } from '../Dialog.tsx';

/** Hides the pair; the time until work goes on counts as idle. */
export function PauseDialog({ onEnd }: { readonly onEnd: () => void }) {
  const { t } = useTranslation();
  const [endPause] = useState(beginPause);
  const end = () => {
    endPause();
    onEnd();
  };
  return (
    <Dialog title={t('pause.title')} onClose={end}>
      <p>{t('pause.about')}</p>
      <div className="button-row">
        <button type="button" className="primary" onClick={end}>
          {t('pause.end')}
        </button>
      </div>
    </Dialog>
  );
}
