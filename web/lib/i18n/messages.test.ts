import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from './en/index.ts';
import fr from './fr/index.ts';
import { fill, fillParts, setInFrench, type Message } from './message.ts';

const formsOf = (message: Message): string[] =>
  typeof message === 'string'
    ? [message]
    : [message.zero, message.one, message.many, message.other].filter((form) => form !== undefined);
const namesIn = (message: Message): string[] =>
  [...new Set(formsOf(message).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)))].sort();
const emphasisOf = (message: Message): number[] => formsOf(message).map((form) => form.split('*').length - 1);
const keys = Object.keys(en) as (keyof typeof en)[];
const rules = { fr: new Intl.PluralRules('fr-FR'), en: new Intl.PluralRules('en-GB') };
const numbers = { fr: new Intl.NumberFormat('fr-FR'), en: new Intl.NumberFormat('en-GB') };

describe('the messages in both languages', () => {
  it('take the same values', () => {
    const different = keys.filter(
      (key) =>
        namesIn(en[key])
          .filter((name) => name !== 'n')
          .join() !==
        namesIn(fr[key])
          .filter((name) => name !== 'n')
          .join(),
    );
    expect(different).toEqual([]);
  });

  it('close every emphasis they open', () => {
    const open = keys.filter((key) =>
      [...emphasisOf(en[key]), ...emphasisOf(fr[key])].some((count) => count % 2 === 1),
    );
    expect(open).toEqual([]);
  });

  it('keep the voice: no exclamation marks, curly apostrophes', () => {
    const loud = keys.filter((key) =>
      [...formsOf(en[key]), ...formsOf(fr[key])].some((form) => form.includes('!') || form.includes("'")),
    );
    expect(loud).toEqual([]);
  });

  it('are set in French with spaces that do not break', () => {
    expect(setInFrench('Rien ne correspond. Retirer « Décennie : 1950 » ?')).toBe(
      'Rien ne correspond. Retirer «\u00a0Décennie\u00a0: 1950\u00a0»\u202f?',
    );
    const breaking = keys.filter((key) => formsOf(fr[key]).some((form) => / [;:!?»]|« /.test(setInFrench(form))));
    expect(breaking).toEqual([]);
  });

  it('are never composed with a colon, semicolon or question mark of English setting: French puts a space before it', () => {
    const sources = ['web/routes', 'web/lib'].flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => `${root}/${path}`),
    );
    // An expression, a mark, and after a space another expression, or the end of the words.
    const pieced = /="[^"]*\}[:;?!] \{|`[^`]*\}[:;?!] \$\{[^`]*`|(?<!=)>[^<>=]*\}[:;?!] \{/;
    const found = sources
      .filter((path) => path.endsWith('.svelte'))
      .flatMap((path) =>
        readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => pieced.test(line) && !/style|^ *(import|interface|const \{)/.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });

  it('call every key of the list of keys by the name printed on it', () => {
    const list = readFileSync('web/routes/(app)/Keys.svelte', 'utf8');
    const named = [...list.matchAll(/'(?:Ctrl )?([A-Z][A-Za-z]+)'/g)].map(([, key]) => `keyName.${key}`);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((key) => !Object.hasOwn(fr, key))).toEqual([]);
  });

  it('follow the number by the language’s own rules', () => {
    const listens = (n: number, language: 'fr' | 'en') =>
      fill((language === 'fr' ? fr : en)['unit.listens'], { n }, rules[language], numbers[language]);
    expect(listens(0, 'en')).toBe('0 listens');
    expect(listens(0, 'fr')).toBe('0 écoute');
    expect(listens(1, 'fr')).toBe('1 écoute');
    expect(listens(118_204, 'en')).toBe('118,204 listens');
    expect(listens(118_204, 'fr').replace(/\s/g, ' ')).toBe('118 204 écoutes');
    expect(listens(2_000_000, 'fr')).toMatch(/écoutes$/);
  });

  it('never read what a value contains as emphasis or as another value', () => {
    const hostile = '*{time}* <b>';
    const parts = fillParts('by *{name}* at {time}', { name: hostile, time: '9' }, rules.en, numbers.en);
    expect(parts).toEqual([
      { text: 'by ', strong: false },
      { text: hostile, strong: true },
      { text: ' at 9', strong: false },
    ]);
  });
});
