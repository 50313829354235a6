import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/study/settings.ts';
import { openTestApp } from '../support/open-app.ts';

describe('settings', () => {
  it('keep everything a change does not name', async () => {
    const test = await openTestApp();
    expect(await test.value('settings.get', {})).toEqual(DEFAULT_SETTINGS);
    await test.value('settings.put', { theme: 'dark', keys: { left: ['a'] } });
    await test.value('settings.put', { linkedScrolling: true });
    const kept = { ...DEFAULT_SETTINGS, theme: 'dark', keys: { left: ['a'] }, linkedScrolling: true };
    expect(await test.value('settings.put', { textSize: 1.2 })).toEqual({ ...kept, textSize: 1.2 });
    expect(await test.value('settings.get', {})).toEqual({ ...kept, textSize: 1.2 });
  });
});
