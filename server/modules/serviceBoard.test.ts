import { expect, it } from 'vitest';
import { Hub } from '../events/hub.ts';
import { silentLog } from '../kit/log.ts';
import { libraryForTest, START } from '../library/testing/library.ts';
import { ServiceBoard } from './serviceBoard.ts';

it('says since when a service is as it is, and a Core out of sight since it was lost', () => {
  const { library } = libraryForTest();
  let seconds = START;
  const board = new ServiceBoard(library.household, new Hub(silentLog), {
    now: () => seconds * 1000,
    elapsed: () => 0,
    sleep: () => Promise.resolve(),
  });
  const since = (code: 'connecting' | 'waiting-for-approval' | 'paired' | 'lost', detail?: string) => {
    seconds += 10;
    board.show({
      id: 'roon',
      status: code === 'paired' ? 'connected' : 'attention',
      code,
      ...(detail !== undefined && { detail }),
    });
    return library.household.get().services.find(({ id }) => id === 'roon')!.since! - START;
  };
  expect([since('connecting'), since('waiting-for-approval')]).toEqual([10, 10]);
  expect([since('lost'), since('lost', 'It hung up')]).toEqual([30, 30]);
  expect([since('paired'), since('lost')]).toEqual([50, 60]);
});
