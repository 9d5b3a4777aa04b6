import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { SettingsAnswer } from '#shared/api/settings.ts';
import { messageOf, type CodedError } from '#shared/errors/errorCodes.ts';
import { readJson } from '#shared/text/json.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';
import { Redacted } from './kit/redacted.ts';
import {
  definitionOf,
  expectation,
  isSettingKey,
  settingKeys,
  type SettingKey,
  type SettingValue,
  type settingDefinitions,
} from './settings.ts';

/** A value that stops the start, or a change that is refused: names the key and what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly key: string;
  /** What is wrong, as an error answer says it. */
  readonly problem: CodedError;
  constructor(key: string, message: string, problem: CodedError = { code: 'setting-value' }) {
    super(message);
    this.key = key;
    this.problem = problem;
  }
}

export type SettingSource = 'default' | 'file' | 'app' | 'environment';

type Definitions = typeof settingDefinitions;
type HasFallback<K extends SettingKey> = Definitions[K] extends { fallback: unknown }
  ? SettingValue<K>
  : SettingValue<K> | undefined;
/** A secret's value is always wrapped; only the request that needs it may reveal it. */
export type ConfigValue<K extends SettingKey> = Definitions[K] extends { secret: true }
  ? Redacted | undefined
  : HasFallback<K>;

/** Where the values changed in the app are stored (the library's settings table). */
export interface AppSettings {
  all(): Record<string, unknown>;
  /** Undefined: it is not set there any more. */
  set(key: string, value: unknown): void;
}

interface Layer {
  source: SettingSource;
  values: Map<SettingKey, unknown>;
}

/**
 * The one reader of the environment and of config/*.json. Layers, the later over the earlier:
 * defaults, config/app.json and secrets.json, what was changed in the app, the environment.
 */
export class Config {
  readonly directory: string;
  readonly #file: Layer;
  readonly #environment: Layer;
  #app: Layer = { source: 'app', values: new Map() };
  #appSettings: AppSettings | null = null;
  /** Settings whose value in the library is not used, and why. */
  readonly #flaws = new Map<SettingKey, string>();
  readonly #listeners = new Set<(keys: readonly SettingKey[]) => void>();

  constructor(environment: Record<string, string | undefined>, directory: string) {
    this.directory = directory;
    this.#file = { source: 'file', values: new Map() };
    this.#readFile('app.json', false);
    this.#readFile('secrets.json', true);
    this.#environment = { source: 'environment', values: readEnvironment(environment) };
  }

  get<K extends SettingKey>(key: K): ConfigValue<K> {
    const { value } = this.#lookup(key);
    return (definitionOf(key).secret && typeof value === 'string' ? new Redacted(value) : value) as ConfigValue<K>;
  }

  /** Where a setting's value comes from. */
  sourceOf(key: SettingKey): SettingSource {
    return this.#lookup(key).source;
  }

  /** Every secret's text, for the log to mask. */
  secretTexts(): string[] {
    return settingKeys
      .filter((key) => definitionOf(key).secret)
      .flatMap((key) => {
        const { value } = this.#lookup(key);
        return typeof value === 'string' ? [value] : [];
      });
  }

  /**
   * Takes over what was changed in the app. A value that cannot be read or does not fit is left where it is until another is chosen:
   * the setting has the value that it would have without.
   *
   * @returns which those are, in words.
   */
  attach(settings: AppSettings): string[] {
    this.#appSettings = settings;
    for (const [key, value] of Object.entries(settings.all())) {
      // Emptied settings were stored as null.
      if (!isSettingKey(key) || (value === null && definitionOf(key).fallback === undefined)) continue;
      try {
        this.#app.values.set(key, check(key, value, `The setting ${key} that is kept in the library is not used`));
      } catch (error) {
        this.#flaws.set(key, (error as Error).message);
      }
    }
    return [...this.#flaws.values()];
  }

  /** Forgets what was taken over, and everyone who listens: the library that it came from is closed. */
  detach(): void {
    this.#appSettings = null;
    this.#app = { source: 'app', values: new Map() };
    this.#flaws.clear();
    this.#listeners.clear();
  }

  /** What the Settings page shows. Secrets: only whether they are set. `fixedBy`: the variable or the file where it is set, and cannot be changed here. */
  describe(): SettingsAnswer {
    const values: SettingsAnswer['values'] = {};
    const secrets: SettingsAnswer['secrets'] = {};
    for (const key of settingKeys) {
      const definition = definitionOf(key);
      const { value, source } = this.#lookup(key);
      const fixed =
        source === 'environment'
          ? {
              readOnlyReason: `Set by the environment (${definition.env})`,
              fixedBy: definition.env ?? 'config/app.json',
            }
          : definition.inApp
            ? {}
            : { readOnlyReason: 'Set in config/app.json or the environment, at start', fixedBy: 'config/app.json' };
      if (definition.secret) secrets[key] = { set: value !== undefined && value !== '', source, ...fixed };
      else
        values[key] = {
          value: value ?? null,
          source,
          ...fixed,
          ...(this.#flaws.has(key) && { flaw: this.#flaws.get(key)! }),
        };
    }
    return { values, secrets };
  }

  /**
   * Changes settings in the app: all of them or none.
   * @throws ConfigError naming the key that is unknown, fixed or ill-typed.
   */
  change(changes: Record<string, unknown>): void {
    const checked: [SettingKey, unknown][] = Object.entries(changes).map(([key, value]) => {
      if (!isSettingKey(key)) throw refusedChange(key, { code: 'unknown-setting', params: { setting: key } });
      this.refuseFixed(key);
      const empty = value === null || value === '';
      return [key, empty && definitionOf(key).fallback === undefined ? undefined : check(key, value, key)];
    });
    const secrets = checked.filter(([key]) => definitionOf(key).secret);
    const plain = checked.filter(([key]) => !definitionOf(key).secret);
    if (secrets.length > 0) this.#writeSecrets(secrets);
    for (const [key, value] of plain) {
      this.#appSettings?.set(key, value);
      this.#flaws.delete(key);
      if (value === undefined) this.#app.values.delete(key);
      else this.#app.values.set(key, value);
    }
    for (const listener of this.#listeners) listener(checked.map(([key]) => key));
  }

  /** @throws ConfigError for a setting that cannot be changed in the app. */
  refuseFixed(key: SettingKey): void {
    const definition = definitionOf(key);
    if (!definition.inApp) throw refusedChange(key, { code: 'setting-at-start', params: { setting: key } });
    if (this.#environment.values.has(key))
      throw refusedChange(key, { code: 'setting-fixed', params: { setting: key, variable: definition.env ?? key } });
  }

  onChange(listener: (keys: readonly SettingKey[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #lookup(key: SettingKey): { value: unknown; source: SettingSource } {
    for (const layer of [this.#environment, this.#app, this.#file]) {
      if (layer.values.has(key)) return { value: layer.values.get(key), source: layer.source };
    }
    return { value: definitionOf(key).fallback, source: 'default' };
  }

  #readFile(name: string, secret: boolean): void {
    const path = join(this.directory, name);
    for (const [key, value] of Object.entries(flatten(readObject(path, name), isSettingKey))) {
      if (!isSettingKey(key)) throw new ConfigError(key, `config/${name}: there is no setting "${key}"`);
      if ((definitionOf(key).secret === true) !== secret) {
        throw new ConfigError(key, `config/${name}: "${key}" belongs in ${secret ? 'app.json' : 'secrets.json'}`);
      }
      if (value === '' && secret) continue;
      this.#file.values.set(key, check(key, value, `config/${name}: "${key}"`));
    }
  }

  /** Written beside and renamed over, readable by the owner alone. */
  #writeSecrets(changes: readonly [SettingKey, unknown][]): void {
    const path = join(this.directory, 'secrets.json');
    const stored = flatten(readObject(path, 'secrets.json'), isSettingKey);
    for (const [key, value] of changes) {
      if (value === undefined || value === '') {
        delete stored[key];
        this.#file.values.delete(key);
      } else {
        stored[key] = value;
        this.#file.values.set(key, value);
      }
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, `${JSON.stringify(nest(stored), null, 2)}\n`, { mode: 0o600, flush: true });
    chmodSync(`${path}.new`, 0o600);
    renameSync(`${path}.new`, path);
  }
}

/** Reads configuration from an environment (the process's own by default). @throws ConfigError */
export function loadConfig(environment: Record<string, string | undefined> = process.env): Config {
  return new Config(environment, environment['AIME_CONFIG_DIR'] || 'config');
}

const refusedChange = (key: string, problem: CodedError) => new ConfigError(key, messageOf(problem), problem);

function readEnvironment(environment: Record<string, string | undefined>): Map<SettingKey, unknown> {
  const values = new Map<SettingKey, unknown>();
  for (const key of settingKeys) {
    const name = definitionOf(key).env;
    const value = name === undefined ? undefined : environment[name];
    if (name !== undefined && value !== undefined && value !== '') values.set(key, check(key, wellFormed(value), name));
  }
  return values;
}

function check(key: SettingKey, value: unknown, where: string): unknown {
  const result = v.safeParse(definitionOf(key).schema, value);
  if (result.success) return result.output;
  throw new ConfigError(key, `${where}: expected ${expectation(result.issues)}`, definitionOf(key).refusal);
}

function readObject(path: string, name: string): Record<string, unknown> {
  if (!existsSync(path)) return {};
  let parsed: unknown;
  try {
    parsed = readJson(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(name, `config/${name} is not valid JSON: ${(cause as Error).message}`);
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    throw new ConfigError(name, `config/${name}: expected an object`);
  return parsed as Record<string, unknown>;
}

/** {"lastfm": {"url": …}} → {"lastfm.url": …}; stops at known keys, whose value may itself be an object. */
function flatten(
  tree: Record<string, unknown>,
  isLeaf: (key: string) => boolean,
  prefix = '',
): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(tree)) {
    const key = `${prefix}${name}`;
    const inner = value !== null && typeof value === 'object' && !Array.isArray(value) && !isLeaf(key);
    if (inner) Object.assign(flat, flatten(value as Record<string, unknown>, isLeaf, `${key}.`));
    else flat[key] = value;
  }
  return flat;
}

function nest(flat: Record<string, unknown>): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(flat)) {
    const names = key.split('.');
    let branch = tree;
    for (const name of names.slice(0, -1)) branch = (branch[name] ??= {}) as Record<string, unknown>;
    branch[names.at(-1)!] = value;
  }
  return tree;
}
