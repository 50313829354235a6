import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import icon from '../../resources/page/icon.svg';
import { goTo, useRoute } from '../state/route.ts';
import { useSeat } from '../state/seat.ts';

/** The frame of every screen but the rater's: brand, places, content. */
export function Page({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { route } = useRoute();
  const { t } = useTranslation();
  const { seat } = useSeat();
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
    <div className="page">
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
      </header>
      <main className="page-body">
        <div className="title-row">
          <h1>{title}</h1>
          <div className="title-actions">{actions}</div>
        </div>
        {children}
      </main>
    </div>
  );
}
