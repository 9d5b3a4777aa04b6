import { API_BASE, type Endpoint, type Input } from './contract.ts';

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

/** The endpoint's address, as a path from the server's root: `/api/v1/images/7?size=300`. Names without a value are left out. */
export const addressOf = <E extends Endpoint>(endpoint: E, input: Omit<Input<E>, 'body'>): string =>
  API_BASE + pathOf(endpoint, input);

/** The same below `/api/v1`. */
export function pathOf<E extends Endpoint>({ path }: E, input: Omit<Input<E>, 'body'>): string {
  const { params = {}, query = {} } = input as { params?: Values; query?: Values };
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? filled : `${filled}?${new URLSearchParams(given)}`;
}
