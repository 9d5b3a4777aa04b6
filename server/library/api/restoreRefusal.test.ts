import { expect, test } from 'vitest';
import { failureOfStatus, RestoreError, statusOfFailure } from './restoreRefusal.ts';

test('why a backup was refused comes through the status of the command that read it; any other failure is 1, and not reported as the file’s', () => {
  for (const code of [
    'backup-unfit',
    'backup-file-gone',
    'backup-unsound',
    'backup-foreign',
    'backup-newer',
    'backup-disk',
  ] as const) {
    const status = statusOfFailure(new RestoreError(code, 'No'));
    expect(status).toBeGreaterThan(2);
    expect(failureOfStatus(status, 'It said so')).toMatchObject({ message: 'It said so', problem: { code } });
  }
  expect(statusOfFailure(new Error('AIME is running'))).toBe(1);
  expect(failureOfStatus(null, '')).toMatchObject({
    message: 'The restore did not take place',
    problem: { code: 'backup-unfit' },
  });
});
