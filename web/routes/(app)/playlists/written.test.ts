import { describe, expect, it } from 'vitest';
import { notWritten, shownAgain, unwritten, type WrittenItem } from './written.ts';

const written = (id: string, state: WrittenItem['state']): WrittenItem => ({
  id,
  name: id,
  aiPrompt: id,
  state,
  failure: null,
});
const summaryOf = (items: readonly WrittenItem[]) => items.map(({ id, state }) => `${id} ${state}`);

describe('what EurIA writes, once the server was asked again', () => {
  it('stays until its end was shown, though it is ready by then', () => {
    const shown = [written('rain', 'writing')];
    expect(summaryOf(shownAgain(shown, shown, [written('rain', 'ready'), written('older', 'ready')]))).toEqual([
      'rain ready',
    ]);
  });

  it('is not lost where it was begun while the server was asked', () => {
    const before = [written('rain', 'failed')];
    const shown = [written('snow', 'writing'), ...before];
    expect(summaryOf(shownAgain(shown, before, before))).toEqual(['snow writing', 'rain failed']);
    expect(summaryOf(shownAgain(shown, before, [written('snow', 'writing'), ...before]))).toEqual([
      'snow writing',
      'rain failed',
    ]);
  });

  it('goes where another device dismissed it, and comes where another began it', () => {
    const shown = [written('rain', 'failed')];
    expect(summaryOf(shownAgain(shown, shown, [written('fog', 'writing')]))).toEqual(['fog writing']);
  });
});

describe('a playlist that this device does not have', () => {
  it('is described by what the server has of it: being written, not written, or one like any other', () => {
    for (const state of ['writing', 'failed'] as const) expect(unwritten(written('rain', state))?.state).toBe(state);
    expect(unwritten(written('rain', 'ready'))).toBeUndefined();
  });

  it('is named beside the saved ones where it failed, but for one that has its tracks from before', () => {
    const all = [
      written('rain', 'failed'),
      written('fog', 'writing'),
      written('snow', 'failed'),
      written('sun', 'ready'),
    ];
    expect(summaryOf(notWritten(all, (id) => id === 'snow'))).toEqual(['rain failed']);
  });
});
