import { expect, test } from 'vitest';
import { readProblem, storedProblem } from './storedProblem.ts';

test('a failure is stored as its error code with the original; an older one, and one that cannot be read, is the original alone', () => {
  const problem = { code: 'service-timeout', params: { service: 'EurIA' } };
  expect(readProblem(storedProblem(problem, 'EurIA did not answer within 30 s'))).toEqual({
    message: 'EurIA did not answer within 30 s',
    problem,
  });
  expect(readProblem(storedProblem({ code: 'internal' }, 'It broke'))).toEqual({
    message: 'It broke',
    problem: { code: 'internal' },
  });
  expect(readProblem(null)).toEqual({ message: null, problem: null });
  for (const text of ['EurIA did not answer', '{"message": 1}', '{broken', '{"code":"x"}'])
    expect(readProblem(text)).toEqual({ message: text, problem: null });
});
