import { foldForSearch } from '#shared/matching/fold.ts';

type Language = 'fr' | 'en';

/** Cities whose name is another than their zone's: the zones of the tz database keep old and English spellings (https://www.iana.org/time-zones). */
const CITIES: Record<Language, Record<string, string>> = {
  en: {
    Asuncion: 'Asunción',
    Bogota: 'Bogotá',
    Calcutta: 'Kolkata',
    Faeroe: 'Faroe',
    Godthab: 'Nuuk',
    Katmandu: 'Kathmandu',
    Kiev: 'Kyiv',
    Rangoon: 'Yangon',
    Reunion: 'Réunion',
    Saigon: 'Ho Chi Minh City',
    Sao_Paulo: 'São Paulo',
  },
  fr: {
    Algiers: 'Alger',
    Andorra: 'Andorre',
    Asuncion: 'Asunción',
    Athens: 'Athènes',
    Azores: 'Açores',
    Baghdad: 'Bagdad',
    Bahrain: 'Bahreïn',
    Barbados: 'Barbade',
    Beirut: 'Beyrouth',
    Bogota: 'Bogota',
    Brussels: 'Bruxelles',
    Bucharest: 'Bucarest',
    Cairo: 'Le Caire',
    Calcutta: 'Calcutta',
    Canary: 'Canaries',
    Cape_Verde: 'Cap-Vert',
    Copenhagen: 'Copenhague',
    Damascus: 'Damas',
    Dubai: 'Dubaï',
    Faeroe: 'Féroé',
    Godthab: 'Nuuk',
    Havana: 'La Havane',
    Jamaica: 'Jamaïque',
    Jerusalem: 'Jérusalem',
    Kabul: 'Kaboul',
    Katmandu: 'Katmandou',
    Kuwait: 'Koweït',
    Lisbon: 'Lisbonne',
    London: 'Londres',
    Madeira: 'Madère',
    Malta: 'Malte',
    Manila: 'Manille',
    Martinique: 'Martinique',
    Mauritius: 'Maurice',
    Mexico_City: 'Mexico',
    Montreal: 'Montréal',
    Moscow: 'Moscou',
    Muscat: 'Mascate',
    Noumea: 'Nouméa',
    Panama: 'Panama',
    Puerto_Rico: 'Porto Rico',
    Rangoon: 'Rangoun',
    Reunion: 'La Réunion',
    Riyadh: 'Riyad',
    Rome: 'Rome',
    Saigon: 'Hô Chi Minh-Ville',
    Sao_Paulo: 'São Paulo',
    Seoul: 'Séoul',
    Singapore: 'Singapour',
    Sofia: 'Sofia',
    Tashkent: 'Tachkent',
    Tehran: 'Téhéran',
    Vienna: 'Vienne',
    Warsaw: 'Varsovie',
    Zurich: 'Zurich',
  },
};

/** A time zone as it is stored, by its code of the tz database, and as it is read. */
export interface NamedZone {
  value: string;
  label: string;
}

/** How far its clocks are from universal time at this moment (milliseconds since the epoch): "UTC+1". */
function offset(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at);
  const shownName = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return shownName
    .replace('GMT', 'UTC')
    .replace('-', '−')
    .replace(/^UTC[+−]0$/, 'UTC');
}

/** A time zone in a language, by its city and how far its clocks are from universal time at this moment: "Londres (UTC+1)". A code that the browser does not know stays as it is. */
export function zoneName(zone: string, language: Language, at: number): string {
  if (/^(Etc\/)?(UTC|GMT|Universal|Zulu)$/.test(zone)) return 'UTC';
  const key = zone.split('/').at(-1)!;
  try {
    return `${CITIES[language][key] ?? key.replaceAll('_', ' ')} (${offset(zone, at)})`;
  } catch {
    return zone.replaceAll('_', ' ');
  }
}

const named = new Map<Language, NamedZone[]>();

/** Every time zone the browser knows and the present one whatever it is, by their names in this language. */
export function timeZones(present: string, language: Language, at: number): NamedZone[] {
  let all = named.get(language);
  if (!all) {
    all = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({
      value,
      label: zoneName(value, language, at),
    }));
    named.set(
      language,
      all.sort((a, b) => a.label.localeCompare(b.label, language)),
    );
  }
  return all.some(({ value }) => value === present)
    ? all
    : [{ value: present, label: zoneName(present, language, at) }, ...all];
}

/** The zone that was meant by what was typed: its name, its code, or the beginning of one city alone. Undefined where that is none, or several. */
export function zoneMeant(typed: string, zones: readonly NamedZone[]): string | undefined {
  const text = typed.trim();
  const exact = zones.find(({ value, label }) => label === text || value.toLowerCase() === text.toLowerCase());
  if (exact || text === '') return exact?.value;
  const folded = foldForSearch(text);
  const begun = zones.filter(({ label, value }) =>
    [label, value.split('/').at(-1)!].some((name) => foldForSearch(name).startsWith(folded)),
  );
  const whole = begun.filter(({ label, value }) =>
    [label.replace(/ \(.*/, ''), value.split('/').at(-1)!].some((name) => foldForSearch(name) === folded),
  );
  const meant = whole.length > 0 ? whole : begun;
  return meant.length === 1 ? meant[0]!.value : undefined;
}
