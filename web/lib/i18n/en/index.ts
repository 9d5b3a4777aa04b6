import journal from './journal.ts';
import library from './library.ts';
import settings from './settings.ts';
import shell from './shell.ts';

/** Every message in English; its keys and shapes are what French answers to. */
export default { ...shell, ...journal, ...library, ...settings } as const;
