/** What can be gone to, or done, by a few letters of its name. */
import type { StudyDetails, StudySummary } from '../../../shared/contract/study-methods.ts';
import type { Translate } from '../../language/language.ts';
import { goTo, type Route, STUDY_PLACES } from '../../state/route.ts';
import { changeSettings } from '../../state/settings.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** Of what kind it is, or where it belongs. */
  readonly about: string;
  perform(): void;
}

/** Pairs are not listed: there may be a million. A number, typed, is the pair of that number. */
export function pairEntry(typed: string, study: StudyDetails, t: Translate): PaletteEntry[] {
  const number = Number(typed);
  if (!/^\d+$/u.test(typed) || number < 1 || number > study.pairs) return [];
  const { studyId } = study;
  return [
    {
      id: 'pair',
      label: t('palette.pair', { number: typed }),
      about: study.name,
      perform: () => goTo({ screen: 'pairs', studyId, choices: { pair: typed } }),
    },
  ];
}

/** Everything of the study that is shown: its places, judges and raters. */
export function studyEntries(study: StudyDetails, t: Translate): PaletteEntry[] {
  const { studyId, name } = study;
  const entry = (id: string, label: string, about: string, route: Route): PaletteEntry => ({
    id,
    label,
    about,
    perform: () => goTo(route),
  });
  return [
    ...STUDY_PLACES.map((screen) =>
      entry(`place ${screen}`, t(`study.places.${screen}`), name, { screen, studyId }),
    ),
    ...study.judgeNames.map((judge) =>
      entry(`judge ${judge}`, judge, t('palette.judge'), {
        screen: 'agreement',
        studyId,
        choices: { judge },
      }),
    ),
    ...study.raterProgress.map(({ name: rater }) =>
      entry(`rater ${rater}`, rater, t('palette.rater'), { screen: 'raters', studyId, rater }),
    ),
  ];
}

/** Other studies, and what belongs to none. */
export function commonEntries(studies: readonly StudySummary[], t: Translate): PaletteEntry[] {
  const themes = ['system', 'light', 'dark'] as const;
  return [
    ...studies.map(({ studyId, name }) => ({
      id: `study ${studyId}`,
      label: name,
      about: t('study.title'),
      perform: () => goTo({ screen: 'study', studyId }),
    })),
    ...(['studies', 'import', 'settings'] as const).map((screen) => ({
      id: screen,
      label: t(`nav.${screen}`),
      about: '',
      perform: () => goTo({ screen }),
    })),
    ...themes.map((theme) => ({
      id: `theme ${theme}`,
      label: `${t('settings.theme')}: ${t(`settings.${theme}`)}`,
      about: t('palette.setting'),
      perform: () => void changeSettings({ theme }),
    })),
    { id: 'print', label: t('palette.print'), about: t('palette.action'), perform: () => print() },
  ];
}
