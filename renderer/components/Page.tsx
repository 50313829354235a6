import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import icon from '../../resources/page/icon.svg';
import { openPalette } from '../state/palette.ts';
import { goTo, useRoute } from '../state/route.ts';
import { useSeat } from '../state/seat.ts';
import { useWindowTitle } from '../state/window-title.ts';

/** The frame of every screen but the rater's: brand, places, content. */
export function Page({
  title,
  windowTitle = [title],
  actions,
  rail,
  children,
}: {
  readonly title: string;
  /** From the particular to the general; the program's name is added. */
  readonly windowTitle?: readonly string[];
  readonly actions?: ReactNode;
  /** The places of what the screen belongs to. */
  readonly rail?: ReactNode;
  readonly children: ReactNode;
}) {
  const { route } = useRoute();
  const { t } = useTranslation();
  const { seat } = useSeat();
  const main = useRef<HTMLElement>(null);
  useWindowTitle(windowTitle);
  const place = (screen: 'studies' | 'import' | 'settings') => (
    <button
      type="button"
      className="nav-link"
      aria-current={route.screen === screen ? 'page' : undefined}
      onClick={() => goTo({ screen })}
    >
      {t(`nav.${screen}`)}
    </button>
  );
  return (
    <div className={rail === undefined ? 'page' : 'page page-with-rail'}>
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        {t('nav.skip')}
      </button>
      <header className="page-head">
        <span className="brand">
          <img src={icon} alt="" width="22" height="22" /> Touchstone
        </span>
        <nav aria-label={t('nav.main')}>
          {seat.role === 'lead' ? (
            <>
              {place('studies')}
              {place('import')}
            </>
          ) : (
            <button
              type="button"
              className="nav-link"
              aria-current={route.screen === 'settings' ? undefined : 'page'}
              onClick={() => goTo({ screen: 'studies' })}
            >
              {t('seat.work')}
            </button>
          )}
          {place('settings')}
        </nav>
        {seat.role === 'lead' && (
          <button
            type="button"
            className="quiet-button palette-button"
            aria-keyshortcuts="Control+K Meta+K"
            onClick={() => openPalette('finder')}
          >
            {t('palette.title')} <span className="key">Ctrl K</span>
          </button>
        )}
      </header>
      {rail}
      <main className="page-body" ref={main} tabIndex={-1}>
        <div className="title-row">
          <Heading title={title} />
          <div className="title-actions">{actions}</div>
        </div>
        {children}
      </main>
    </div>
  );
}

/** Takes the focus when its screen is come to, unless a field of the screen wants it. */
function Heading({ title }: { readonly title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (isFree && useRoute.getState().before !== null) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
}
