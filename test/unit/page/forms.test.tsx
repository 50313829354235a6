/** What a lead types into a form and has not saved outlives leaving it, and a query keeps what it had. */
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries, useQuery } from '../../../renderer/state/query.ts';
import { useTyped } from '../../../renderer/state/typed.ts';
import { failure, success } from '../../../shared/contract/envelope.ts';
import { inputsOf, standInTheWay } from '../../support/page-door.ts';
import { openPageStudy } from '../../support/page-study.ts';

afterEach(() => vi.restoreAllMocks());

describe('a form', () => {
  const open = (place = 'a form', saved = { name: 'saved' }) => renderHook(() => useTyped(place, saved));

  it('shows what is saved where nothing was typed', () => {
    const { result } = open();
    expect(result.current).toMatchObject({ value: { name: 'saved' }, isFromBefore: false });
  });

  it('opens with what was typed before, and says so; another form does not', () => {
    const first = open();
    act(() => first.result.current.type({ name: 'typed' }));
    expect(first.result.current).toMatchObject({ value: { name: 'typed' }, isFromBefore: false });
    first.unmount();
    expect(open().result.current).toMatchObject({ value: { name: 'typed' }, isFromBefore: true });
    expect(open('another').result.current.value).toEqual({ name: 'saved' });
  });

  it('keeps nothing once it is saved or thrown away', () => {
    const first = open();
    act(() => first.result.current.type({ name: 'typed' }));
    act(() => first.result.current.settle({ name: 'now saved' }));
    expect(first.result.current).toMatchObject({ value: { name: 'now saved' }, isFromBefore: false });
    first.unmount();
    expect(open().result.current).toMatchObject({ value: { name: 'saved' }, isFromBefore: false });
  });

  it('works on where what was kept is no JSON, and where there is no room to keep it', () => {
    sessionStorage.setItem('touchstone-typed a form', '{');
    const { result } = open();
    expect(result.current.value).toEqual({ name: 'saved' });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    act(() => result.current.type({ name: 'typed' }));
    expect(result.current.value).toEqual({ name: 'typed' });
  });
});

describe('a query', () => {
  it('asks again when the host says that something changed, and keeps the old value meanwhile', async () => {
    const study = await openPageStudy();
    const { result } = renderHook(() => useQuery('studies.list', {}));
    await waitFor(() => expect(result.current.value).toHaveLength(1));
    const before = result.current.value;
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    standInTheWay('studies.list', async (_input, pass) => {
      await held;
      return pass();
    });
    await act(async () => {
      await study.value('studies.addSample', {});
    });
    await waitFor(() => expect(result.current.isLoading).toBe(true));
    expect(result.current.value).toBe(before);
    letGo();
    await waitFor(() => expect(result.current.value).toHaveLength(2));
    expect(result.current).toMatchObject({ isLoading: false, error: null });
  });

  it('drops a late reply to what is no longer asked, and keeps its value where asking fails', async () => {
    const replies = new Map<unknown, (value: unknown) => void>();
    standInTheWay('studies.show', (input) => {
      const { studyId } = input as { studyId: string };
      return new Promise((resolve) => replies.set(studyId, (value) => resolve(value as never)));
    });
    const { result, rerender } = renderHook(({ studyId }) => useQuery('studies.show', { studyId }), {
      initialProps: { studyId: 'one' },
    });
    await waitFor(() => expect(replies.size).toBe(1));
    rerender({ studyId: 'two' });
    await waitFor(() => expect(replies.size).toBe(2));
    await act(async () => replies.get('two')?.(success('of two')));
    await act(async () => replies.get('one')?.(success('of one')));
    await waitFor(() => expect(result.current.value).toBe('of two'));
    replies.clear();
    act(() => result.current.reload());
    await waitFor(() => expect(replies.size).toBe(1));
    await act(async () => replies.get('two')?.(failure('store_busy', { key: 'store.busy' })));
    await waitFor(() =>
      expect(result.current).toMatchObject({
        value: 'of two',
        error: { code: 'store_busy' },
        isLoading: false,
      }),
    );
    expect(inputsOf('studies.show')).toHaveLength(3);
  });

  it('that somebody else must not find is forgotten, and what is still shown is asked for anew', async () => {
    const study = await openPageStudy();
    const shown = renderHook(() => useQuery('studies.list', {}));
    const left = renderHook(() => useQuery('studies.show', { studyId: study.studyId }));
    await waitFor(() => expect(shown.result.current.value).toHaveLength(1));
    await waitFor(() => expect(left.result.current.value).not.toBeNull());
    left.unmount();
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    for (const name of ['studies.list', 'studies.show'])
      standInTheWay(name, async (_input, pass) => {
        await held;
        return pass();
      });
    act(() => forgetQueries());
    await waitFor(() => expect(shown.result.current.value).toBeNull());
    const again = renderHook(() => useQuery('studies.show', { studyId: study.studyId }));
    expect(again.result.current.value).toBeNull();
    // Forgotten once more while the answer is on its way: it still comes.
    act(() => forgetQueries());
    letGo();
    await waitFor(() => expect(shown.result.current.value).toHaveLength(1));
    await waitFor(() => expect(again.result.current.value).toMatchObject({ studyId: study.studyId }));
  });
});
