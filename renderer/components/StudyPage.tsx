import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetails } from '../../shared/contract/study-methods.ts';
import { useQuery } from '../state/query.ts';
import { goTo, hashOfRoute, STUDY_PLACES, type StudyPlace } from '../state/route.ts';
import { Page } from './Page.tsx';

/** The frame of a study's screens: its places are at hand on every one of them. */
export function StudyPage({
  studyId,
  study,
  place,
  title,
  actions,
  children,
}: {
  readonly studyId: string;
  /** Null until it is there. */
  readonly study: Pick<StudyDetails, 'name' | 'unblindedAt' | 'archivedAt'> | null;
  readonly place: StudyPlace;
  /** Of the screen, where it is not just the place. */
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const placeName = t(`study.places.${place}`);
  return (
    <Page
      title={title ?? placeName}
      windowTitle={[title === study?.name ? placeName : (title ?? placeName), study?.name ?? '']}
      actions={actions}
      rail={
        <div className="rail">
          <div className="rail-head">
            <StudySwitcher studyId={studyId} name={study?.name ?? ''} place={place} />
            <p className="rail-state">
              {study === null
                ? t('state.loading')
                : [
                    t(study.unblindedAt === null ? 'studies.blind' : 'studies.unblinded'),
                    ...(study.archivedAt === null ? [] : [t('shelf.isArchived')]),
                  ].join(' · ')}
            </p>
          </div>
          <nav aria-label={t('study.title')}>
            {STUDY_PLACES.map((each) => (
              <a
                key={each}
                href={hashOfRoute({ screen: each, studyId })}
                ref={each === place ? bringIntoView : undefined}
                aria-current={each === place ? 'page' : undefined}
              >
                {t(`study.places.${each}`)}
              </a>
            ))}
          </nav>
        </div>
      }
    >
      {children}
    </Page>
  );
}

/** Where the places stand in a bar, the one that is shown may be beyond its edge. */
function bringIntoView(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

/** The study that is shown, and the same place of any other one. Others are asked for once somebody wants to know. */
function StudySwitcher({
  studyId,
  name,
  place,
}: {
  readonly studyId: string;
  readonly name: string;
  readonly place: StudyPlace;
}) {
  const { t } = useTranslation();
  const [isWanted, setIsWanted] = useState(false);
  const want = () => setIsWanted(true);
  return (
    <select
      aria-label={t('study.switch')}
      dir="auto"
      value={studyId}
      onFocus={want}
      onPointerEnter={want}
      onChange={(event) => goTo({ screen: place, studyId: event.target.value })}
    >
      <option value={studyId}>{name}</option>
      {isWanted && <OtherStudies studyId={studyId} />}
    </select>
  );
}

function OtherStudies({ studyId }: { readonly studyId: string }) {
  const { value: studies } = useQuery('studies.list', {});
  return studies
    ?.filter((study) => study.studyId !== studyId)
    .map((study) => (
      <option key={study.studyId} value={study.studyId}>
        {study.name}
      </option>
    ));
}
