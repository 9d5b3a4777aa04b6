import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { decodePage } from '#shared/journal/codec.ts';
import type { Listen } from '#shared/journal/listen.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { openFile } from '#tests/bench/library/benchLibrary.ts';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';
import type { ModelDevice } from './modelDevice.ts';

const DAY = 86_400;

/** A small library of an older day: three rooms, two services, an import, and months that went into the archive. @returns its file. */
export async function livedInLibrary(chance: SeededChance, now: number): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'aime-lived-in-')), 'musique.db');
  const library = openFile(file);
  for (let day = 400; day > 20; day -= 4) {
    const [artist, title, album] = [
      `Resident ${chance.whole(1, 5)}`,
      `Room ${chance.whole(1, 20)}`,
      `House ${chance.whole(1, 6)}`,
    ];
    const at = now - day * DAY;
    const play = { artist, title, album, raw: null };
    library.scrobbles.record([
      {
        ...play,
        source: 'roon',
        sourceKey: `roon ${at}`,
        playedAt: at,
        zone: chance.one(['Kitchen', 'Study', 'Living room']),
        durationSeconds: 200,
      },
      ...(chance.happens(0.5)
        ? [{ ...play, source: 'lastfm' as const, sourceKey: `${at + 2}|${artist}|${title}`, playedAt: at + 2 }]
        : []),
      { ...play, source: 'import', sourceKey: `import ${at}`, playedAt: at + 3_600, title: `Old ${title}` },
    ]);
  }
  await library.archive.removeBefore(now - 200 * DAY, {});
  library.close();
  const db = new Libsql(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return file;
}

interface HeldAlbum {
  id: string;
  rating: number;
  tracks: { id: number }[];
  artists: { id: string }[];
}

/** What a person does on a device: opinions of what nobody had one of, words twice over, plays taken out and put back, a playlist. @param epoch the life of the library that the device follows. */
export async function livesOn(device: ModelDevice, epoch: string, chance: SeededChance, now: number): Promise<void> {
  const mutation = (mutation: Mutation) => device.mutate(mutation, epoch);
  const albums = [...(device.documents.get('albums')?.values() ?? [])] as unknown as HeldAlbum[];
  const { id, tracks, artists } = chance.one(
    albums.filter(({ rating, tracks: listed }) => rating === 0 && listed.length > 0),
  );
  const pages = [...(device.documents.get('journal')?.values() ?? [])] as unknown as JournalPage[];
  const [gone, back, noted, split] = chance.shuffled(
    pages.flatMap(decodePage).filter(({ source }) => source === 'lastfm'),
  ) as [Listen, Listen, Listen, Listen];
  mutation({ kind: 'rate-album', albumId: id, rating: 4 });
  for (const note of ['From the market', 'From the market 🎶']) {
    mutation({ kind: 'note-album', albumId: id, note });
    mutation({ kind: 'note-listen', listenId: noted.id, note: `${note}, in the rain` });
  }
  mutation({ kind: 'love-track', trackId: tracks[0]!.id, loved: true });
  mutation({ kind: 'alias-artist', artistId: artists[0]!.id, name: 'Known otherwise' });
  for (const listenId of [gone.id, back.id, split.id]) mutation({ kind: 'delete-listen', listenId });
  for (const listenId of [back.id, split.id]) mutation({ kind: 'restore-listen', listenId });
  mutation({ kind: 'delete-listen', listenId: split.id });
  mutation({
    kind: 'add-listens',
    group: '5b0b1d1e-52a5-4b9d-9d0f-6f1f6c0f2a01',
    playedAt: now - 9 * DAY,
    tracks: [{ trackId: tracks[0]!.id }],
  });
  mutation({
    kind: 'add-record',
    alias: '5b0b1d1e-52a5-4b9d-9d0f-6f1f6c0f2a02',
    title: 'From a friend',
    artists: ['Someone'],
    year: 1999,
    support: 'Vinyl',
  });
  const entries = tracks.slice(0, 3).map((track, place) => ({ entry: `e${place}`, trackId: track.id }));
  device.putPlaylist({
    id: '0b9d6a52-5b1c-4c38-8f0e-0d0f6f5a4d11',
    name: 'Rain',
    algorithm: null,
    aiPrompt: null,
    createdAt: now,
    updatedAt: now,
    entries,
  });
  await device.push();
  while (!(await device.pull('intents', 100)));
}
