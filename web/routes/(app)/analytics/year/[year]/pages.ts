import type { Analysis } from '#shared/analytics/analysis.ts';
import { breakdown } from '#shared/analytics/breakdowns.ts';
import { clock, peakOf, weekdays as byWeekday } from '#shared/analytics/clocks.ts';
import { comebacks } from '#shared/analytics/comebacks.ts';
import { discoveries } from '#shared/analytics/discoveries.ts';
import { overview } from '#shared/analytics/overview.ts';
import { ownership } from '#shared/analytics/ownership.ts';
import { yearPeriod } from '#shared/analytics/period.ts';
import { durationOf, longestSession } from '#shared/analytics/sessions.ts';
import { streaks } from '#shared/analytics/streaks.ts';
import { topAlbums, topArtists, topTracks } from '#shared/analytics/tops.ts';
import { busiestDay, reviewMonths } from '#shared/analytics/yearReview.ts';
import { capital, date, number, playing, weekdays } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { journalAddress } from '$lib/library/index.ts';
import { genreName } from '../../../discogsTerms.ts';
import { carrierName, hourName, share, silence } from '../../names.ts';

export interface ReviewRow {
  name: string;
  detail?: string;
  value: string;
  /** The part of the Journal that the row is about. */
  href?: string;
  /** Whose cover stands beside it. */
  albumId?: string | null;
}

/** One page of a year in review, as it is shown, printed and drawn. */
export interface ReviewPage {
  id: string;
  title: string;
  sentence?: string;
  rows: readonly ReviewRow[];
}

const SHOWN = 7;
const named = (credits: readonly { name: string }[]) => credits.map(({ name }) => name).join(', ');

/**
 * The pages of a year, each computed when it is called for: one after the other they never hold a frame up for long.
 * @param now seconds since the epoch.
 */
export function reviewPages(analysis: Analysis, year: number, now: number): (() => ReviewPage)[] {
  const { calendar } = analysis;
  const period = yearPeriod(calendar, year);
  const days = { from: `${year}-01-01`, to: `${year}-12-31` };
  const dayAddress = (day: string) => journalAddress({ from: day, to: day });

  const opening = (): ReviewPage => {
    const heard = overview(analysis, period);
    const busiest = busiestDay(analysis, period);
    const [hour, weekday] = [peakOf(clock(analysis, period)), peakOf(byWeekday(analysis, period))];
    const streak = streaks(analysis, period, now).longest;
    const session = longestSession(analysis, period);
    const rows: (ReviewRow | false)[] = [
      busiest !== null && {
        name: t('review.busiest'),
        detail: capital(date(busiest.day, 'weekdayDay')),
        value: t('unit.listens', { n: busiest.listens }),
        href: dayAddress(busiest.day),
      },
      hour !== null && { name: t('review.hour'), value: hourName(hour), href: journalAddress({ ...days, hour }) },
      weekday !== null && {
        name: t('review.weekday'),
        value: capital(weekdays('long')[weekday] ?? ''),
        href: journalAddress({ ...days, weekday }),
      },
      streak !== null && {
        name: t('review.streak'),
        detail: `${date(streak.first, 'short')} – ${date(streak.last, 'short')}`,
        value: number(streak.days),
        href: journalAddress({ from: streak.first, to: streak.last }),
      },
      session !== null && {
        name: t('review.session'),
        detail: capital(date(calendar.dayKey(session.start), 'weekdayDay')),
        value: playing(durationOf(session)),
        href: dayAddress(calendar.dayKey(session.start)),
      },
    ];
    return {
      id: 'opening',
      title: t('review.opening'),
      sentence: `${t('unit.listens', { n: heard.listens })}, ${t('lead.days', { n: heard.days })}, ${playing(heard)}.`,
      rows: rows.filter((row) => row !== false),
    };
  };

  const artists = (): ReviewPage => ({
    id: 'artists',
    title: t('review.artists'),
    rows: topArtists(analysis, period, SHOWN).map(({ artistId, name, listens }) => ({
      name,
      value: number(listens),
      href: journalAddress({ ...days, artist: artistId }),
    })),
  });

  const albums = (): ReviewPage => ({
    id: 'albums',
    title: t('review.albums'),
    rows: topAlbums(analysis, period, SHOWN).map(({ albumId, title, artists: by, listens }) => ({
      name: title,
      detail: named(by),
      value: number(listens),
      href: journalAddress({ ...days, album: albumId }),
      albumId,
    })),
  });

  const tracks = (): ReviewPage => ({
    id: 'tracks',
    title: t('review.tracks'),
    rows: topTracks(analysis, period, SHOWN).map(({ trackId, albumId, title, artists: by, listens }) => ({
      name: title,
      detail: named(by),
      value: number(listens),
      href: journalAddress({ ...days, track: trackId }),
      albumId,
    })),
  });

  const months = (): ReviewPage => ({
    id: 'months',
    title: t('review.months'),
    rows: reviewMonths(analysis, year)
      .filter(({ listens }) => listens > 0)
      .map(({ key, listens, album, from, to }) => ({
        name: capital(date(`${key}-15`, 'monthName')),
        ...(album && { detail: t('review.monthMost', { name: album.title }) }),
        value: t('unit.listens', { n: listens }),
        href: journalAddress({ from: calendar.dayKey(from), to: calendar.dayKey(to - 1) }),
        albumId: album?.albumId ?? null,
      })),
  });

  const newness = (): ReviewPage => {
    const fresh = discoveries(analysis, period, 4);
    const back = comebacks(analysis, period).slice(0, 3);
    return {
      id: 'newness',
      title: t('review.newness'),
      sentence: t('review.newSentence', {
        albums: t('review.newAlbums', { n: fresh.albums }),
        artists: t('review.newArtists', { n: fresh.artists }),
      }),
      rows: [
        ...fresh.newAlbums.map(({ albumId, title, artists: by, listens }) => ({
          name: title,
          detail: named(by),
          value: number(listens),
          href: journalAddress({ ...days, album: albumId }),
          albumId,
        })),
        ...back.map(({ artistId, name, lastHeard, returnedAt, listens }) => ({
          name,
          detail: t('review.back', { span: silence({ lastHeard, returnedAt }) }),
          value: number(listens),
          href: journalAddress({ ...days, artist: artistId }),
        })),
      ],
    };
  };

  const shelf = (): ReviewPage => {
    const { owned, streamed } = ownership(analysis, period);
    const total = Math.max(1, streamed + owned.reduce((sum, { listens }) => sum + listens, 0));
    const decades = breakdown(analysis, period, 'decade').flatMap(({ key, listens }) =>
      key === null ? [] : [{ key, listens }],
    );
    const [first, second] = decades;
    const genres = breakdown(analysis, period, 'genre').flatMap(({ key, listens }) =>
      key === null ? [] : [{ key, listens }],
    );
    return {
      id: 'shelf',
      title: t('review.shelf'),
      ...(first &&
        first.listens > (second?.listens ?? 0) && {
          sentence: t(first.listens > total / 2 ? 'review.decadesFirst' : 'review.decadesOften', { year: first.key }),
        }),
      rows: [
        ...owned.slice(0, 3).map(({ support, listens }) => ({
          name: t('chart.ownedOn', { support: carrierName(support) }),
          value: share(listens, total),
        })),
        ...(streamed > 0 ? [{ name: t('chart.streamed'), value: share(streamed, total) }] : []),
        ...genres.slice(0, 3).map(({ key, listens }) => ({
          name: genreName(key),
          value: share(listens, total),
          href: journalAddress({ ...days, genre: key }),
        })),
        ...decades.slice(0, 3).map(({ key, listens }) => ({
          name: t('collection.decadeOf', { year: key }),
          value: share(listens, total),
          href: journalAddress({ ...days, decade: Number(key) }),
        })),
      ],
    };
  };

  return [opening, artists, albums, tracks, months, newness, shelf];
}
