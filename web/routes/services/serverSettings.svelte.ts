import { changeSecrets, changeSettings, getSettings, type SettingsAnswer } from '#shared/api/settings.ts';
import { SvelteSet } from 'svelte/reactivity';
import { api, ApiError, type ApiErrorKind } from '$lib/library/index.ts';
import { apiErrorMessage } from '$lib/i18n/errorText.ts';
import { t } from '$lib/i18n/index.svelte.ts';

let answer = $state.raw<SettingsAnswer>();
let failure = $state<ApiErrorKind | null>(null);
const shownKeys = new SvelteSet<readonly string[]>();

/** The server's settings: asked for, because only the server has them. */
export const serverSettings = {
  /** Undefined until they are known. */
  get known(): SettingsAnswer | undefined {
    return answer;
  },
  /** Why they could not be asked, as a kind of error. */
  get failure(): ApiErrorKind | null {
    return failure;
  },
  /** The same in words: that nobody answered is said only where nobody did. */
  get failureMessage(): { title: string; more: string } | null {
    if (failure === null) return null;
    if (failure === 'network') return { title: t('settings.unreachable'), more: '' };
    return {
      title: t(failure === 'timeout' ? 'settings.unreachable' : 'settings.notNow'),
      more: apiErrorMessage({ kind: failure }),
    };
  },
  text(key: string): string {
    const value = answer?.values[key]?.value;
    return typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : '';
  },
  /** Nobody has chosen it: what the server came up with by itself is in force. False while that is not known. */
  isUnchosen: (key: string): boolean => answer?.values[key]?.source === 'default',
  /** Undefined while it is not known: nothing stands in for it. */
  number(key: string): number | undefined {
    const value = answer?.values[key]?.value;
    return typeof value === 'number' ? value : undefined;
  },
  /** What was chosen in the app cannot be read; the setting has the value that it would have without. */
  isUnreadable(key: string): boolean {
    const { flaw, fixedBy } = answer?.values[key] ?? {};
    // Where the environment sets it, nothing that was chosen counts.
    return flaw !== undefined && fixedBy === undefined;
  },
  /** The value as a field shows it that has nothing chosen where what was cannot be read: so that any can be, also the one in force. */
  chosen: <T extends string | number>(key: string, value: T | undefined): string | null =>
    value === undefined || serverSettings.isUnreadable(key) ? null : String(value),
  /** Chooses what is in force in the place of what cannot be read. */
  async keep(keys: readonly string[]): Promise<void> {
    const unreadable = keys.filter((key) => serverSettings.isUnreadable(key));
    await serverSettings.change(Object.fromEntries(unreadable.map((key) => [key, answer?.values[key]?.value ?? null])));
  },
  /** Those of them that nothing on the page names. */
  get unshownUnreadable(): string[] {
    return Object.keys(answer?.values ?? {}).filter(
      (key) => serverSettings.isUnreadable(key) && ![...shownKeys].some((keys) => keys.includes(key)),
    );
  },
  /** Something on the page names these where they cannot be read. @returns when it is gone from the page. */
  showUnreadable(keys: readonly string[]): () => void {
    shownKeys.add(keys);
    return () => void shownKeys.delete(keys);
  },
  isSecret: (key: string): boolean => answer !== undefined && Object.hasOwn(answer.secrets, key),
  isSet: (key: string): boolean => answer?.secrets[key]?.set ?? false,
  /** What sets it where AIME runs, so that it cannot be changed here: a name in the environment, or a file. Undefined when it can. */
  fixed: (key: string): string | undefined => (answer?.values[key] ?? answer?.secrets[key])?.fixedBy,

  async load(): Promise<void> {
    try {
      answer = await api(getSettings);
      failure = null;
    } catch (error) {
      failure = error instanceof ApiError ? error.kind : 'internal';
    }
  },

  /** Writes values and secrets, each to where it belongs. @throws ApiError naming the field that was refused. */
  async change(changes: Readonly<Record<string, unknown>>): Promise<void> {
    const entries = Object.entries(changes);
    const secrets = Object.fromEntries(entries.filter(([key]) => this.isSecret(key)));
    const values = Object.fromEntries(entries.filter(([key]) => !this.isSecret(key)));
    if (Object.keys(values).length > 0) answer = await api(changeSettings, { body: values });
    if (Object.keys(secrets).length > 0) answer = await api(changeSecrets, { body: secrets });
  },
};

/** What went wrong, in the page's language. */
export const errorMessage = (error: unknown): string =>
  error instanceof ApiError ? apiErrorMessage(error) : t('error.other');
