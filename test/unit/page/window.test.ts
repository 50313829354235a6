/** What a window remembers beside the store: where it is, who sits at it, what was touched, which keys are known. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { policiesOf } from '../../../renderer/components/card/PolicySelects.tsx';
import { beginPause, idleTimeMs, restartIdleTime, watchActivity } from '../../../renderer/state/activity.ts';
import { countKeyUse, useLearnedKeys } from '../../../renderer/state/learned-keys.ts';
import { beginRating, leaveRating, RATER_KEY, useRating } from '../../../renderer/state/rating.ts';
import { hashOfRoute, type Route, routeOfHash, STUDY_PLACES } from '../../../renderer/state/route.ts';
import { loadSeat, setSeat, useSeat } from '../../../renderer/state/seat.ts';
import { changeSettings, loadSettings, useSettings } from '../../../renderer/state/settings.ts';
import { failure } from '../../../shared/contract/envelope.ts';
import { DEFAULT_POLICIES } from '../../../shared/labels/default-options.ts';
import { DEFAULT_SETTINGS } from '../../../shared/study/settings.ts';
import { standInTheWay } from '../../support/page-door.ts';
import { openPageStudy } from '../../support/page-study.ts';

afterEach(() => {
  vi.useRealTimers();
  setSeat({ role: 'lead' });
  useSettings.setState(DEFAULT_SETTINGS, true);
});

describe('an address', () => {
  const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());
  const studyId = fc.stringMatching(/^[0-9a-f]{1,24}$/u);
  const choices = fc.dictionary(fc.constantFrom('judge', 'slice', 'value', 'ties', 'filter'), name, {
    minKeys: 1,
    noNullPrototype: true,
  });
  const route: fc.Arbitrary<Route> = fc.oneof(
    fc.record({ screen: fc.constantFrom('studies', 'import', 'settings') }),
    fc.record({
      screen: fc.constantFrom(...STUDY_PLACES.filter((place) => place !== 'raters'), 'rate'),
      studyId,
    }),
    fc.record(
      { screen: fc.constant('raters'), studyId, rater: name },
      { requiredKeys: ['screen', 'studyId'] },
    ),
    fc.record(
      { screen: fc.constantFrom('agreement', 'disagreements'), studyId, choices },
      { requiredKeys: ['screen', 'studyId'] },
    ),
  ) as fc.Arbitrary<Route>;

  it('leads back to where it was made, whatever a rater or judge is called', () => {
    fc.assert(
      fc.property(route, (each) => {
        expect(routeOfHash(hashOfRoute(each))).toEqual(each);
      }),
    );
  });

  it('that names a policy there is not shows the usual one', () => {
    expect(policiesOf({ ties: 'drop', bothBad: 'never', orders: 'toString', judge: 'j' })).toEqual({
      ...DEFAULT_POLICIES,
      ties: 'drop',
    });
    expect(routeOfHash('#/raters/a/%E0%A4%A')).toEqual({ screen: 'raters', studyId: 'a', rater: '%E0%A4%A' });
  });

  it.each(['', '#', '#/', '#/nowhere', '#/study', '#/study/', '#/rate//x'])(
    '%j opens the studies',
    (hash) => {
      expect(routeOfHash(hash)).toEqual({ screen: 'studies' });
    },
  );
});

describe('settings', () => {
  it('are the store’s, and what is changed here is kept there', async () => {
    const study = await openPageStudy();
    await study.value('settings.put', { theme: 'dark', textSize: 1.3 });
    await loadSettings();
    expect(useSettings.getState()).toMatchObject({ theme: 'dark', textSize: 1.3 });
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(await changeSettings({ theme: 'system' })).toBeNull();
    expect(document.documentElement.dataset.theme).toBeUndefined();
    expect(await study.value('settings.get', {})).toMatchObject({ theme: 'system', textSize: 1.3 });
  });

  it('stay where a change is refused, and it says why', async () => {
    await openPageStudy();
    await loadSettings();
    standInTheWay('settings.put', async () => failure('store_busy', { key: 'store.busy' }));
    expect(await changeSettings({ theme: 'dark' })).toEqual(expect.stringMatching(/./u));
    expect(useSettings.getState().theme).toBe('system');
  });
});

describe('a seat', () => {
  const remembered = () => sessionStorage.getItem(RATER_KEY);

  it('of somebody else leaves work that is open or remembered; one’s own does not', async () => {
    const { studyId, value } = await openPageStudy();
    const seatOf = (rater: string) =>
      ({ role: 'rater', rater, studyId, study: 'Study', hasPassphrase: false }) as const;
    await beginRating(studyId, 'ada');
    sessionStorage.setItem(RATER_KEY, JSON.stringify({ studyId, rater: 'ada', role: 'rater' }));
    setSeat(seatOf('ada'));
    expect(useRating.getState().rater).toBe('ada');
    expect(remembered()).not.toBeNull();
    setSeat(seatOf('ben'));
    expect(useRating.getState()).toMatchObject({ rater: '', session: '' });
    expect(remembered()).toBeNull();
    await loadSeat();
    expect(useSeat.getState().seat).toEqual(await value('seat.get', {}));
    leaveRating();
  });
});

describe('idle time', () => {
  let stop: () => void;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    stop = watchActivity();
    restartIdleTime();
  });
  afterEach(() => stop());

  it('is each stretch without a touch, less its first thirty seconds', () => {
    vi.advanceTimersByTime(29_000);
    window.dispatchEvent(new Event('pointermove'));
    vi.advanceTimersByTime(40_000);
    window.dispatchEvent(new Event('keydown'));
    expect(idleTimeMs()).toBe(10_000);
    vi.advanceTimersByTime(31_000);
    expect(idleTimeMs()).toBe(11_000);
  });

  it('is all of a pause that was asked for, however much was touched', () => {
    vi.advanceTimersByTime(5000);
    const end = beginPause();
    for (let second = 0; second < 20; second++) {
      vi.advanceTimersByTime(1000);
      window.dispatchEvent(new Event('pointermove'));
    }
    end();
    expect(idleTimeMs()).toBe(20_000);
  });
});

describe('a key', () => {
  it('is known once it was used thirty times', () => {
    for (let use = 0; use < 29; use++) countKeyUse('left');
    expect(useLearnedKeys.getState().learned.has('left')).toBe(false);
    countKeyUse('left');
    expect(useLearnedKeys.getState().learned.has('left')).toBe(true);
    expect(JSON.parse(localStorage.getItem('touchstone-key-uses') ?? '{}')).toEqual({ left: 30 });
  });
});
