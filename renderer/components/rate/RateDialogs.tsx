import { useTranslation } from 'react-i18next';
import type { SkipReason } from '../../../shared/study/verdict.ts';
import { keyLabel, type RatingAction } from '../../actions/rating-action.ts';
import type { MarkedSpan } from '../../reading/marked-spans.ts';
import { type RatingState, say, setDetails, setNote, submitAnswer } from '../../state/rating.ts';
import { Dialog } from '../Dialog.tsx';
import { SafeMarkdown } from '../SafeMarkdown.tsx';
import { SkipDialog } from '../SkipDialog.tsx';
import { ExamplesDialog } from './ExamplesDialog.tsx';
import { MarkDialog } from './MarkDialog.tsx';
import { MyWorkDialog } from './MyWorkDialog.tsx';
import { PauseDialog } from './PauseDialog.tsx';

export type RateDialog = 'skip' | 'guideline' | 'help' | 'examples' | 'my_work' | 'pause' | 'mark';

/** The dialog that is open over a pair, if one is. */
export function RateDialogs({
  dialog,
  rating,
  actions,
  onClose,
  onRested,
}: {
  readonly dialog: RateDialog | null;
  readonly rating: RatingState;
  readonly actions: readonly RatingAction[];
  readonly onClose: () => void;
  /** A pause is over. */
  readonly onRested: () => void;
}) {
  const { t } = useTranslation();
  const spans = rating.details.spans ?? [];
  const setSpans = (next: MarkedSpan[]) => setDetails({ ...rating.details, spans: next });
  const [shown] = rating.queue;
  const skip = (skipReason: SkipReason, pressedAt: number) => {
    onClose();
    void submitAnswer('skipped', { pressedAt, skipReason });
  };
  return (
    <>
      {dialog === 'examples' && <ExamplesDialog session={rating.session} onClose={onClose} />}
      {dialog === 'my_work' && rating.study !== null && (
        <MyWorkDialog
          session={rating.session}
          guidelineVersion={rating.study.guidelineVersion}
          answers={actions}
          minimumViewingMs={rating.study.minimumViewingMs}
          onChanged={(answer) => say(t('notice.changed', { answer }))}
          onClose={onClose}
        />
      )}
      {dialog === 'mark' && <MarkDialog spans={spans} onSpans={setSpans} onClose={onClose} />}
      {dialog === 'pause' && (
        <PauseDialog
          onEnd={() => {
            onClose();
            onRested();
          }}
        />
      )}
      {dialog === 'skip' && shown !== undefined && (
        <SkipDialog
          presentationId={shown.presentationId}
          earlier={rating.earlier?.skipReason ?? null}
          note={rating.note}
          onNote={setNote}
          onSkip={skip}
          onClose={onClose}
        />
      )}
      {dialog === 'guideline' && (
        <Dialog title={t('action.guideline.label')} isText onClose={onClose}>
          <SafeMarkdown text={rating.study?.guideline ?? ''} />
        </Dialog>
      )}
      {dialog === 'help' && (
        <Dialog title={t('action.help.label')} isText onClose={onClose}>
          <dl className="pairs">
            {actions.map((action) => (
              <div key={action.id}>
                <dt>
                  {[...action.keys, ...(action.commonKey === undefined ? [] : [action.commonKey])].map(
                    (key) => (
                      <kbd key={key}>{keyLabel(key)}</kbd>
                    ),
                  )}
                </dt>
                <dd>{t(`action.${action.id}.about`)}</dd>
              </div>
            ))}
          </dl>
          <p className="quiet">{t('state.keysRead')}</p>
          <p className="quiet">{t('state.keysElsewhere')}</p>
        </Dialog>
      )}
    </>
  );
}
