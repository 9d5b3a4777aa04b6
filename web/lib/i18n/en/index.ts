import analytics from './analytics.ts';
import conditions from './conditions.ts';
import device from './device.ts';
import discogsTerms from './discogsTerms.ts';
import errors from './errors.ts';
import formats from './formats.ts';
import history from './history.ts';
import jobs from './jobs.ts';
import journal from './journal.ts';
import keeping from './keeping.ts';
import library from './library.ts';
import mutations from './mutations.ts';
import offline from './offline.ts';
import playlists from './playlists.ts';
import recovery from './recovery.ts';
import search from './search.ts';
import services from './services.ts';
import settings from './settings.ts';
import shelf from './shelf.ts';
import shell from './shell.ts';
import sources from './sources.ts';
import timeline from './timeline.ts';
import welcome from './welcome.ts';

/** Every message in English; its keys and shapes are what French answers to. */
export default {
  ...shelf,
  ...shell,
  ...mutations,
  ...journal,
  ...library,
  ...settings,
  ...services,
  ...sources,
  ...jobs,
  ...device,
  ...welcome,
  ...keeping,
  ...timeline,
  ...analytics,
  ...search,
  ...playlists,
  ...history,
  ...recovery,
  ...formats,
  ...discogsTerms,
  ...errors,
  ...conditions,
  ...offline,
} as const;
