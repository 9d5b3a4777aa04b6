import type { ServiceError, ServiceState } from './household.ts';

/** One state of a service, and what must be true for its sentence to be said. */
export interface StateRow<Code extends string, Facts> {
  code: Code;
  status: ServiceState['status'];
  when: (facts: Facts) => boolean;
  /** What its sentence names beside, as `serviceError.<code>`. */
  trouble?: (facts: Facts) => ServiceError;
}

/** Keeps the codes literal, so that neither the server can show nor the page can lack one that is not listed. */
export const rows =
  <Facts>() =>
  <const Code extends string>(all: readonly StateRow<Code, Facts>[]) =>
    all;

/** The first state of a table that holds; its last row always does. */
export function firstState<Code extends string, Facts>(
  table: readonly StateRow<Code, Facts>[],
  facts: Facts,
): Pick<ServiceState, 'status' | 'trouble'> & { code: Code } {
  const { code, status, trouble: serviceError } = table.find(({ when }) => when(facts))!;
  return { code, status, ...(serviceError && { trouble: serviceError(facts) }) };
}
