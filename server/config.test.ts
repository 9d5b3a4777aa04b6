import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';

const directoryWith = (files: Record<string, unknown>) => {
  const directory = mkdtempSync(join(tmpdir(), 'aime-config-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
};
const load = (files: Record<string, unknown>, environment: Record<string, string> = {}) =>
  loadConfig({ AIME_CONFIG_DIR: directoryWith(files), ...environment });
const storedSettings = () => {
  const values = new Map<string, unknown>();
  return {
    all: () => Object.fromEntries(values),
    set: (key: string, value: unknown) => void (value === undefined ? values.delete(key) : values.set(key, value)),
  };
};

describe('layers', () => {
  test('missing files mean the defaults', () => {
    const config = load({});
    expect(config.get('port')).toBe(8000);
    expect(config.get('host')).toBe('127.0.0.1');
    expect(config.get('euria.model')).toBe('mistral-large-latest');
    expect(config.get('lastfm.username')).toBeUndefined();
  });
  test('file over default, app over file, environment over all', () => {
    const config = load(
      { 'app.json': { lastfm: { pollSeconds: 60, username: 'file' } } },
      { LASTFM_POLL_SECONDS: '30' },
    );
    config.attach(storedSettings());
    expect(config.get('lastfm.pollSeconds')).toBe(30);
    config.change({ 'lastfm.username': 'app' });
    expect(config.get('lastfm.username')).toBe('app');
    expect(config.describe().values['lastfm.pollSeconds']).toEqual({
      value: 30,
      source: 'environment',
      readOnlyReason: 'Set by the environment (LASTFM_POLL_SECONDS)',
      fixedBy: 'LASTFM_POLL_SECONDS',
    });
  });
  test('a setting emptied in the app falls back to the file', () => {
    const config = load({ 'app.json': { lastfm: { username: 'file' } } });
    config.attach(storedSettings());
    config.change({ 'lastfm.username': 'app' });
    config.change({ 'lastfm.username': '' });
    expect(config.get('lastfm.username')).toBe('file');
  });
  test('a setting emptied in the app is so after a start too', () => {
    const settings = storedSettings();
    const before = load({});
    before.attach(settings);
    before.change({ 'lastfm.username': 'app', 'lastfm.pollSeconds': 60 });
    before.change({ 'lastfm.username': '' });
    for (const all of [settings.all, () => ({ ...settings.all(), 'lastfm.username': null })]) {
      const after = load({});
      expect(after.attach({ ...settings, all })).toEqual([]);
      expect(after.get('lastfm.username')).toBeUndefined();
      expect(after.get('lastfm.pollSeconds')).toBe(60);
    }
  });
});

describe('refusals name the key and what was expected', () => {
  test.each([
    [{ 'app.json': { lastfm: { pollSecond: 5 } } }, {}, /lastfm\.pollSecond/],
    [{ 'app.json': { port: 'eighty' } }, {}, /port.*whole number/],
    [{ 'app.json': { lastfm: { apiKey: 'x' } } }, {}, /lastfm\.apiKey.*secrets\.json/],
    [{ 'secrets.json': { port: 1 } }, {}, /port.*app\.json/],
    [{ 'app.json': '{' }, {}, /app\.json is not valid JSON/],
    [{ 'app.json': [] }, {}, /app\.json.*object/],
    [{}, { AIME_PORT: 'http' }, /AIME_PORT.*whole number/],
    [{}, { AIME_TIMEZONE: 'Mars/Olympus' }, /AIME_TIMEZONE.*IANA/],
    [{}, { LASTFM_URL: 'ftp://x' }, /LASTFM_URL.*http/],
  ])('%j %j', (files, environment, message) => {
    expect(() => load(files, environment as Record<string, string>)).toThrow(message);
  });
  test('a refused change changes nothing', () => {
    const config = load({});
    config.attach(storedSettings());
    expect(() => config.change({ 'lastfm.username': 'me', 'lastfm.pollSeconds': 'often' })).toThrow(/pollSeconds/);
    expect(() => config.change({ port: 1 })).toThrow(/cannot be changed/);
    expect(() => config.change({ nothing: 1 })).toThrow(/no setting nothing/);
    expect(config.get('lastfm.username')).toBeUndefined();
  });
});

describe('secrets', () => {
  test('go to secrets.json, readable by the owner alone, and show nowhere', () => {
    const directory = directoryWith({ 'secrets.json': { spotify: { clientId: 'keep-me' } } });
    const config = loadConfig({ AIME_CONFIG_DIR: directory });
    config.attach(storedSettings());
    config.change({ 'lastfm.apiKey': 'very-secret' });
    const path = join(directory, 'secrets.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      spotify: { clientId: 'keep-me' },
      lastfm: { apiKey: 'very-secret' },
    });
    expect(config.get('lastfm.apiKey')?.reveal()).toBe('very-secret');
    expect(`${String(config.get('lastfm.apiKey'))} ${JSON.stringify(config.describe())}`).not.toContain('very-secret');
    expect(config.secretTexts()).toContain('very-secret');
    config.change({ 'lastfm.apiKey': '' });
    expect(config.get('lastfm.apiKey')).toBeUndefined();
  });
});
