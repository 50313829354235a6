/** Keys that scroll the texts of a pair, wherever the focus is. */
import { useEffect } from 'react';
import { keyNameOf, READING_KEYS } from '../actions/key-name.ts';
import { isComposing, isTyping } from '../actions/use-action-keys.ts';

const TEXTS = '.pair[data-presentation=shown] :is(.task, .pane), .guess > .pane';

/** What scrolls by itself, or moves a choice, when it has the focus. */
const OWN_SCROLL =
  '.task, .pane, pre, .table-scroll, .tool-text, .consent-text, input, select, [role=separator]';

/** What Space presses. A button that is left over from the pair before is no such thing. */
const PRESSED_BY_SPACE = 'button:not([data-stale]), summary, input, select, a';

/** As far as browsers go. */
const LINE_PX = 40;
const PAGE_SHARE = 0.875;

/** Which text was last read, by its place on the screen: the next pair has one there, too. */
let readPlace: number | null = null;

function noteReading({ target }: Event): void {
  const text = target instanceof Element ? target.closest(TEXTS) : null;
  if (text !== null) readPlace = shownTexts().indexOf(text);
}

function shownTexts(): Element[] {
  return [...document.querySelectorAll(TEXTS)];
}

function overflows({ scrollHeight, clientHeight }: Element): boolean {
  return scrollHeight > clientHeight + 1;
}

/** Whether a text is not beside the screen, as one of two answers is where there is room for one. */
function isInView(text: Element): boolean {
  const { left, right } = text.getBoundingClientRect();
  const middle = (left + right) / 2;
  return middle > 0 && middle < document.documentElement.clientWidth;
}

/** Whether there is more of a text below, or above. */
function hasMore(text: Element, isForward: boolean): boolean {
  return isForward
    ? text.scrollTop + text.clientHeight < text.scrollHeight - 1
    : text.scrollTop > 0 && overflows(text);
}

/**
 * What a key is to scroll: the text that was last read or is under the pointer. Where that one is all there, the page;
 * where the page is all there, the texts in their order.
 */
function scrollTargetOf(isForward: boolean): Element | undefined {
  const all = shownTexts();
  const texts = all.filter(isInView);
  const last = readPlace === null ? undefined : all[readPlace];
  const read = last !== undefined && texts.includes(last) ? last : undefined;
  const page = document.scrollingElement ?? document.documentElement;
  if (read !== undefined && overflows(read) && (!overflows(page) || hasMore(read, isForward))) return read;
  if (overflows(page)) return page;
  const inOrder = isForward ? texts : texts.toReversed();
  return inOrder.find((text) => hasMore(text, isForward));
}

/** How far a key scrolls a text, in pixels. */
function stepOf(key: string, { clientHeight, scrollHeight }: Element): number {
  const page = PAGE_SHARE * clientHeight;
  const steps: Readonly<Record<string, number>> = {
    arrowup: -LINE_PX,
    arrowdown: LINE_PX,
    pageup: -page,
    pagedown: page,
    space: page,
    'shift+space': -page,
    home: -scrollHeight,
    end: scrollHeight,
  };
  return steps[key] ?? 0;
}

function isForFocus(key: string, { target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  return isTyping(target) || target.closest(key.endsWith('space') ? PRESSED_BY_SPACE : OWN_SCROLL) !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  const key = keyNameOf(event);
  const isReadingKey = READING_KEYS.has(key) || key === 'shift+space';
  if (!isReadingKey || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isComposing(event) || document.querySelector('dialog[open]') !== null || isForFocus(key, event)) return;
  if (shownTexts().length === 0) return;
  event.preventDefault();
  const isForward = stepOf(key, document.documentElement) > 0;
  const text = scrollTargetOf(isForward);
  text?.scrollBy({ top: stepOf(key, text), behavior: 'instant' });
}

/**
 * Up and down, Space, Page, Home and End scroll what was last read: what the pointer is over, what the wheel turned, or
 * what had the focus. A focused text scrolls by itself.
 */
export function useReadingKeys(): void {
  useEffect(() => {
    readPlace = null;
    const noted = ['pointerover', 'pointerdown', 'wheel', 'focusin'] as const;
    for (const name of noted) window.addEventListener(name, noteReading, { passive: true });
    window.addEventListener('keydown', onKeyDown);
    return () => {
      for (const name of noted) window.removeEventListener(name, noteReading);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
