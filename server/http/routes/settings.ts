import { changeSecrets, changeSettings, getSettings } from '#shared/api/settings.ts';
import type { Config } from '../../config.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

export const settingsRoutes = (config: Config) => {
  const change = (changes: Record<string, unknown>, secret: boolean) => {
    const { secrets } = config.describe();
    for (const key of Object.keys(changes)) {
      if (Object.hasOwn(secrets, key) !== secret)
        throw new HttpError(
          { code: secret ? 'setting-not-secret' : 'setting-secret', params: { setting: key } },
          { field: key },
        );
    }
    config.change(changes);
    return config.describe();
  };
  return [
    route(getSettings, () => config.describe()),
    route(changeSettings, ({ body }) => change(body, false)),
    route(changeSecrets, ({ body }) => change(body, true)),
  ];
};
