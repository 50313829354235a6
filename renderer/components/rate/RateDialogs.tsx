import { useTranslation } from 'react-i18next';
import type { SkipReason } from '../../../shared/study/verdict.ts';
import type { RateDialog, RatingAction } from '../../actions/rating-action.ts';
import type { MarkedSpan } from '../../reading/marked-spans.ts';
import { type RatingState, setDetails, setNote, submitAnswer } from '../../state/rating.ts';
import { Dialog } from '../Dialog.tsx';
import { SafeMarkdown } from '../SafeMarkdown.tsx';
import { SkipDialog } from '../SkipDialog.tsx';
import { ActionsDialog } from './ActionsDialog.tsx';
import { ExamplesDialog } from './ExamplesDialog.tsx';
import { MarkDialog } from './MarkDialog.tsx';
import { MyWorkDialog } from './MyWorkDialog.tsx';
import { PauseDialog } from './PauseDialog.tsx';

/** The dialog that is open over a pair, if one is. */
export function RateDialogs({
  dialog,
  rating,
  actions,
  isEnabled,
  pressed,
  onAction,
  onClose,
  onRested,
}: {
  readonly dialog: RateDialog | null;
  readonly rating: RatingState;
  readonly actions: readonly RatingAction[];
  readonly isEnabled: (action: RatingAction) => boolean;
  readonly pressed: Readonly<Partial<Record<RatingAction['id'], boolean>>>;
  readonly onAction: (action: RatingAction, pressedAt: number) => void;
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
        <MyWorkDialog session={rating.session} onClose={onClose} />
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
        <ActionsDialog
          actions={actions}
          isEnabled={isEnabled}
          pressed={pressed}
          onAction={onAction}
          onClose={onClose}
        />
      )}
    </>
  );
}
