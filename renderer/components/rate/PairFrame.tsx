/** Where a pair stands: task, what parts it from the answers, and where there is room for one of them, tabs. */
import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { TASK_SHARE } from '../../../shared/study/settings.ts';
import { useMedia } from '../../reading/use-media.ts';
import { changeSettings, useSettings } from '../../state/settings.ts';
import { SideTabs } from './SideTabs.tsx';
import { TaskSplitter } from './TaskSplitter.tsx';

/** From here on the task stands beside the answers: as wide as a line is long, and as high as the screen. */
const WIDE = '(min-width: 1600px) and (min-height: 481px)';

/** Narrow, and high enough for task and answers to scroll each for itself: one answer is shown at a time. */
export const ONE_SIDE = '(max-width: 760px) and (min-height: 481px)';

/** Too low for anything to stay in place: the page scrolls as a whole. */
export const SCROLLS_AS_A_WHOLE = '(max-height: 480px)';

export function PairFrame({
  shownId,
  hasTabs,
  frame,
  children,
}: {
  readonly shownId: string;
  /** Whether one answer is shown at a time. */
  readonly hasTabs: boolean;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
}) {
  const { taskShare } = useSettings();
  const [dragged, setDragged] = useState<number | null>(null);
  const isBeside = useMedia(WIDE);
  const share = dragged ?? taskShare;
  const kept = useRef(taskShare);
  useEffect(() => {
    kept.current = taskShare;
    setDragged(null);
  }, [taskShare]);
  const settle = (next: number) => {
    const whole = Math.round(Math.min(TASK_SHARE.most, Math.max(TASK_SHARE.least, next)));
    setDragged(whole);
    if (whole !== kept.current) void changeSettings({ taskShare: whole });
    kept.current = whole;
  };
  return (
    <div ref={frame} className="text-frame" style={{ '--task-share': `${share}%` } as CSSProperties}>
      {hasTabs && <SideTabs shownId={shownId} frame={frame} />}
      {children}
      <TaskSplitter
        taskId={`task-${shownId}`}
        share={share}
        isBeside={isBeside}
        frame={frame}
        onMove={setDragged}
        onSettle={settle}
      />
    </div>
  );
}
