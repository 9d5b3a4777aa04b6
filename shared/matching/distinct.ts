import { identityKey } from './identity.ts';

/** Names each once, whatever their case and typography, in the order and the spelling of their first coming: a style that is a genre too is said once. */
export function distinctNames(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size < seen.add(identityKey(name)).size);
}

/** The other names of somebody that read otherwise than their own, each once: "Nirvana (2)", who became part of "Nirvana", is no other name. */
export const otherNames = (own: string, names: readonly string[]): string[] => distinctNames([own, ...names]).slice(1);
