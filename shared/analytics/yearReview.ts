import { dayKeyOf, monthKeyOf } from '../journal/dates.ts';
import type { Analysis } from './analysis.ts';
import { breakdown, type Share } from './breakdowns.ts';
import { clock, peakOf, weekdays } from './clocks.ts';
import { comebacks, type Comeback } from './comebacks.ts';
import { dayCounts } from './dayCounts.ts';
import { discoveries, type Discoveries } from './discoveries.ts';
import { lead, type Lead } from './lead.ts';
import { ownership, type Ownership } from './ownership.ts';
import { monthPeriod, yearPeriod, type Period } from './period.ts';
import { listensPer, type Bucket } from './series.ts';
import { longestSession, type Session } from './sessions.ts';
import { streaks, type Streak } from './streaks.ts';
import { topAlbums, topArtists, topTracks, type TopAlbum, type TopArtist, type TopTrack } from './tops.ts';

/** A year's highlights, for its review. */
export interface YearReview {
  year: number;
  /** False while the year is not over: all figures are of what there is of it so far. */
  whole: boolean;
  period: Period;
  lead: Lead;
  artists: TopArtist[];
  albums: TopAlbum[];
  tracks: TopTrack[];
  months: (Bucket & { album: TopAlbum | null; artist: TopArtist | null })[];
  /** The day with the most listens, the first of equal ones. */
  busiestDay: { day: string; listens: number } | null;
  /** 0–23. */
  peakHour: number | null;
  /** Monday is 0. */
  peakWeekday: number | null;
  clock: number[];
  longestStreak: Streak | null;
  longestSession: Session | null;
  discoveries: Discoveries;
  comebacks: Comeback[];
  decades: Share[];
  genres: Share[];
  ownership: Ownership;
}

/** `now` in seconds since the epoch. */
export function yearReview(analysis: Analysis, year: number, now: number): YearReview {
  const period = yearPeriod(analysis.calendar, year);
  const hours = clock(analysis, period);
  return {
    year,
    whole: period.to <= now,
    period,
    lead: lead(analysis, period, now),
    artists: topArtists(analysis, period, 10),
    albums: topAlbums(analysis, period, 10),
    tracks: topTracks(analysis, period, 10),
    months: reviewMonths(analysis, year),
    busiestDay: busiestDay(analysis, period),
    peakHour: peakOf(hours),
    peakWeekday: peakOf(weekdays(analysis, period)),
    clock: hours,
    longestStreak: streaks(analysis, period, now).longest,
    longestSession: longestSession(analysis, period),
    discoveries: discoveries(analysis, period),
    comebacks: comebacks(analysis, period).slice(0, 5),
    decades: breakdown(analysis, period, 'decade'),
    genres: breakdown(analysis, period, 'genre').slice(0, 10),
    ownership: ownership(analysis, period),
  };
}

/** Each month's listens, with what was heard most in it. */
export function reviewMonths(analysis: Analysis, year: number): YearReview['months'] {
  const period = yearPeriod(analysis.calendar, year);
  return listensPer(analysis, 'month', period).map((bucket, index) => {
    const month = monthPeriod(analysis.calendar, monthKeyOf(year, index + 1));
    return {
      ...bucket,
      album: topAlbums(analysis, month, 1)[0] ?? null,
      artist: topArtists(analysis, month, 1)[0] ?? null,
    };
  });
}

/** The day with the most listens, the first of equal ones; null for a period without any. */
export function busiestDay(analysis: Analysis, period: Period): YearReview['busiestDay'] {
  const { first, counts } = dayCounts(analysis, period);
  const place = peakOf([...counts]);
  return place === null ? null : { day: dayKeyOf(first + place), listens: counts[place]! };
}
