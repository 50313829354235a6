import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Side = 'left' | 'right';

const SIDES = ['left', 'right'] as const;

function panesIn(frame: RefObject<HTMLElement | null>): HTMLElement | null {
  return frame.current?.querySelector<HTMLElement>('.pair[data-presentation=shown] .panes') ?? null;
}

/** The side that is in view where there is room for one. */
export function sideInView(frame: RefObject<HTMLElement | null>): Side {
  const panes = panesIn(frame);
  return panes !== null && panes.scrollLeft > panes.clientWidth / 2 ? 'right' : 'left';
}

/** Brings a side into view. */
export function showSide(frame: RefObject<HTMLElement | null>, side: Side): void {
  const panes = panesIn(frame);
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  panes?.scrollTo({
    left: side === 'left' ? 0 : panes.scrollWidth,
    behavior: isCalm ? 'instant' : 'smooth',
  });
}

/** The two answers where there is room for one: tabs over panes that a finger swipes as well. Left stands left. */
export function SideTabs({
  shownId,
  frame,
}: {
  readonly shownId: string;
  readonly frame: RefObject<HTMLElement | null>;
}) {
  const { t } = useTranslation();
  const [inView, setInView] = useState<Side>('left');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair begins at its left side
  useEffect(() => {
    const look = () => setInView(sideInView(frame));
    look();
    const { current } = frame;
    // Scrolling does not bubble.
    current?.addEventListener('scroll', look, { capture: true, passive: true });
    return () => current?.removeEventListener('scroll', look, { capture: true });
  }, [frame, shownId]);
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const side = event.key === 'ArrowLeft' ? 'left' : event.key === 'ArrowRight' ? 'right' : null;
    if (side === null) return;
    event.preventDefault();
    showSide(frame, side);
    event.currentTarget.querySelector<HTMLElement>(`[data-side=${side}]`)?.focus();
  };
  return (
    <div className="side-tabs" role="tablist" aria-label={t('state.answers')} onKeyDown={press}>
      {SIDES.map((side) => (
        <button
          key={side}
          type="button"
          role="tab"
          data-side={side}
          aria-selected={side === inView}
          aria-controls={`${side}-${shownId}`}
          tabIndex={side === inView ? 0 : -1}
          onClick={() => showSide(frame, side)}
        >
          {t(`pair.${side}`)}
        </button>
      ))}
    </div>
  );
}
