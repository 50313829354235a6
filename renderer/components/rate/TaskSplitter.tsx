import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_SETTINGS, TASK_SHARE } from '../../../shared/study/settings.ts';

const STEP = 2;
const LARGE_STEP = 10;

/** Parts the task from the answers: dragged, or moved with the arrows, Page, Home and End. A double click puts it back. */
export function TaskSplitter({
  taskId,
  share,
  isBeside,
  frame,
  onMove,
  onSettle,
}: {
  readonly taskId: string;
  /** How much of the frame the task has, in percent. */
  readonly share: number;
  /** Whether the task stands beside the answers, and not above them. */
  readonly isBeside: boolean;
  readonly frame: RefObject<HTMLElement | null>;
  /** While it is being dragged. */
  readonly onMove: (share: number) => void;
  readonly onSettle: (share: number) => void;
}) {
  const { t } = useTranslation();
  const isHeld = useRef(false);
  const shareAt = ({ clientX, clientY }: PointerEvent): number => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return share;
    if (!isBeside) return (100 * (clientY - box.top)) / box.height;
    const isFromRight = getComputedStyle(frame.current ?? document.body).direction === 'rtl';
    return (100 * (isFromRight ? box.right - clientX : clientX - box.left)) / box.width;
  };
  const within = (wanted: number) => Math.min(TASK_SHARE.most, Math.max(TASK_SHARE.least, wanted));
  const press = (event: KeyboardEvent) => {
    const isFromRight = document.documentElement.dir === 'rtl';
    const [back, forth] = isBeside
      ? isFromRight
        ? ['ArrowRight', 'ArrowLeft']
        : ['ArrowLeft', 'ArrowRight']
      : ['ArrowUp', 'ArrowDown'];
    const moved = new Map([
      [back, share - STEP],
      [forth, share + STEP],
      ['PageUp', share - LARGE_STEP],
      ['PageDown', share + LARGE_STEP],
      ['Home', TASK_SHARE.least],
      ['End', TASK_SHARE.most],
    ]).get(event.key);
    if (moved === undefined) return;
    event.preventDefault();
    onSettle(moved);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that parts texts has no value; a splitter has one, which arrows change
    <div
      className="task-splitter"
      role="separator"
      aria-label={t('task.splitter')}
      aria-orientation={isBeside ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(share)}
      aria-valuemin={TASK_SHARE.least}
      aria-valuemax={TASK_SHARE.most}
      aria-controls={taskId}
      tabIndex={0}
      onKeyDown={press}
      onDoubleClick={() => onSettle(DEFAULT_SETTINGS.taskShare)}
      onPointerDown={(event) => {
        isHeld.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (isHeld.current) onMove(within(shareAt(event)));
      }}
      onLostPointerCapture={() => {
        if (isHeld.current) onSettle(share);
        isHeld.current = false;
      }}
    />
  );
}
