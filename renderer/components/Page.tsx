import type { ReactNode } from 'react';
import { goTo, useRoute } from '../state/route.ts';

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
  const place = (screen: 'studies' | 'import' | 'settings', label: string) => (
    <button
      type="button"
      className="nav-link"
      aria-current={route.screen === screen ? 'page' : undefined}
      onClick={() => goTo({ screen })}
    >
      {label}
    </button>
  );
  return (
    <div className="page">
      <header className="page-head">
        <span className="brand">
          <img src="/icon.svg" alt="" width="22" height="22" /> Touchstone
        </span>
        <nav aria-label="Main">
          {place('studies', 'Studies')}
          {place('import', 'Import')}
          {place('settings', 'Settings')}
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
