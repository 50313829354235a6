import { type PlotOptions, plot } from '@observablehq/plot';
import { useLayoutEffect, useRef, useState } from 'react';

/** A mark's class, and what to do when the mark of a row is chosen. */
export interface Pick {
  readonly className: string;
  readonly onPick: (row: number) => void;
  readonly canPick: (row: number) => boolean;
}

/**
 * Draws a picture with Observable Plot at the width there is. It is one image to a screen reader, with a description;
 * the table beside it holds the same figures and opens the same comparisons by keyboard.
 */
export function PlotView({
  describe,
  options,
  pick,
}: {
  readonly describe: string;
  /** Called with the width in pixels. Must be stable between renders of the same data. */
  readonly options: (width: number) => PlotOptions;
  readonly pick?: Pick | undefined;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  // Before anything is painted, and in time for paper: a picture that comes later is not printed.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (box.current === null || width < 1) return;
    const picture = plot({ ...options(width), className: 'plot', width });
    // The page's policy allows no inline style sheet; the same rules stand in the page's own.
    picture.querySelector('style')?.remove();
    // One image: labels of the groups within it are not for a screen reader.
    for (const group of picture.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-label', describe);
    if (pick !== undefined) makePickable(picture, pick);
    box.current.replaceChildren(picture);
  }, [options, width, describe, pick]);
  return <div ref={box} className="plot-box" />;
}

function makePickable(picture: Element, { className, onPick, canPick }: Pick): void {
  for (const mark of picture.querySelectorAll(`.${className} > *`)) {
    // Plot binds each element to its row's number.
    const row = (mark as Element & { readonly __data__?: unknown }).__data__;
    if (typeof row !== 'number' || !canPick(row)) continue;
    mark.classList.add('pickable');
    mark.addEventListener('click', () => onPick(row));
  }
}
