import type { SettingDefinitions } from '../kit/settingDefinition.ts';

/** What the server knows of a source without asking it. */
export interface Upstream {
  /** Its settings, by their keys, with the environment's names for them. */
  settings: SettingDefinitions;
  /** Those of its settings that are addresses: pictures may be fetched from there, wherever that is. */
  pictureOrigins: readonly string[];
  /** Hosts that its pictures come from, in the form of `images.allowedHosts`. */
  pictureHosts: readonly string[];
}

/** Keeps literal which settings there are and what each of them takes. */
export const defineUpstream = <const Settings extends SettingDefinitions>(upstream: {
  settings: Settings;
  pictureOrigins: readonly (keyof Settings & string)[];
  pictureHosts: readonly string[];
}) => upstream satisfies Upstream;
