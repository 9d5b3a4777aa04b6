import { describe, expect, it } from 'vitest';
import { Evening, type Track } from './evening.fixture.ts';
import { createListeningRule } from './rule.ts';
import { emptyListening, readListening } from './state.ts';

const SONG: Track = { title: 'Aurora Street', length: 200, artists: 'Mélodie Varga / Jon Aske', album: 'Lumières' };
const NEXT: Track = { title: 'Delta Blue', length: 180 };
const START = 1_700_000_000;

describe('earning', () => {
  it('records a track at half its length, with its start, and its end when it ends', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(99);
    expect(evening.earned).toEqual([]);
    evening.pass(1);
    expect(evening.earned).toEqual([
      {
        key: expect.stringContaining('1601Kitchen:1700000000000:') as unknown,
        startedAt: START,
        endedAt: START + 100,
        listenedSeconds: 100,
        title: 'Aurora Street',
        artists: 'Mélodie Varga / Jon Aske',
        album: 'Lumières',
        durationSeconds: 200,
        imageKey: null,
        zoneId: '1601Kitchen',
        zoneName: 'Kitchen',
      },
    ]);
    evening.pass(99).play('Kitchen', NEXT);
    expect(evening.ended).toEqual([{ ...evening.earned[0], endedAt: START + 199, listenedSeconds: 199 }]);
    expect(evening.earned).toHaveLength(1);
  });

  it.each([
    [30, 30, 0],
    [31, 15, 0],
    [31, 16, 1],
    [480, 239, 0],
    [480, 240, 1],
    [10_800, 240, 1],
    [10_800, 10_799, 1],
  ])('of %i s, %i s heard: %i listens', (length, heard, listens) => {
    const evening = new Evening().play('Kitchen', { title: 'Long or short', length }).pass(heard);
    expect(evening.earned).toHaveLength(listens);
  });

  it('says nothing of a track skipped after 29 s', () => {
    const evening = new Evening()
      .play('Kitchen', SONG)
      .pass(29)
      .play('Kitchen', NEXT)
      .pass(20)
      .stop('Kitchen')
      .pass(200);
    expect(evening.events).toEqual([]);
    expect(evening.state.plays).toEqual({});
  });

  it('goes by positions, whatever the clock on the wall says', () => {
    const fast = new Evening().play('Kitchen', SONG);
    for (let position = 3; position <= 102; position += 3) fast.seek('Kitchen', position);
    expect(fast.earned).toHaveLength(1);
    const idle = new Evening().play('Kitchen', SONG);
    idle.at += 10_000;
    expect(idle.seek('Kitchen', 1).earned).toEqual([]);
  });

  it('never takes items without a title', () => {
    const evening = new Evening().play('Kitchen', { title: '', length: 200 }).pass(200);
    expect(evening.state.plays).toEqual({});
  });
});

describe('what is not listening', () => {
  it('does not count pauses, and a play goes on after one', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(60).pause('Kitchen');
    evening.pass(500);
    expect(evening.earned).toEqual([]);
    evening.resume('Kitchen').pass(40);
    expect(evening.earned).toMatchObject([{ startedAt: START, endedAt: START + 600, listenedSeconds: 100 }]);
  });

  it('counts steps of up to 3 s and takes larger ones for a seek', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(50);
    evening.seek('Kitchen', 53).seek('Kitchen', 57).pass(46);
    expect(evening.earned).toEqual([]);
    expect(evening.pass(1).earned).toHaveLength(1);
  });

  it('earns nothing by hearing one passage again and again', () => {
    const evening = new Evening().play('Kitchen', SONG);
    for (let round = 0; round < 20; round += 1) evening.seek('Kitchen', 20).pass(60);
    expect(evening.earned).toEqual([]);
    expect(evening.pass(40).earned).toHaveLength(1);
  });

  it('does not count scrubbing while paused', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(10).pause('Kitchen');
    for (let position = 12; position < 190; position += 3) evening.seek('Kitchen', position);
    expect(evening.earned).toEqual([]);
  });

  it('keeps one play when the same track is told again: volume, queue, a missing position', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(50).tell().tell();
    evening
      .seek('Kitchen', null)
      .seek('Kitchen', 51)
      .set('Kitchen', { state: 'loading' })
      .tell()
      .resume('Kitchen')
      .pass(148);
    expect(evening.earned).toHaveLength(1);
    expect(evening.stop('Kitchen').play('Kitchen', NEXT).ended).toMatchObject([{ listenedSeconds: 199 }]);
  });
});

describe('repeats', () => {
  it('takes a track that comes round again for a second listen', () => {
    const evening = new Evening()
      .play('Kitchen', SONG)
      .pass(199)
      .seek('Kitchen', 0)
      .pass(199)
      .seek('Kitchen', 1)
      .pass(40);
    expect(evening.earned).toHaveLength(2);
    expect(new Set(evening.earned.map(({ key }) => key)).size).toBe(2);
    expect(evening.earned.map(({ startedAt }) => startedAt)).toEqual([START, START + 199]);
    expect(evening.ended).toHaveLength(2);
  });

  it('takes a track begun again after a stop for a second listen, and one resumed for the same', () => {
    const again = new Evening().play('Kitchen', SONG).pass(150).stop('Kitchen').play('Kitchen', SONG).pass(120);
    expect(again.earned).toHaveLength(2);
    const resumed = new Evening().play('Kitchen', SONG).pass(60).stop('Kitchen');
    resumed.at += 20;
    resumed.play('Kitchen', SONG, 61).pass(139);
    expect(resumed.earned).toMatchObject([{ startedAt: START }]);
  });

  it('takes going back to the beginning in the middle for a seek', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(120).seek('Kitchen', 0).pass(150);
    expect(evening.earned).toHaveLength(1);
  });

  it('gives nothing for jumping to the end and round again', () => {
    const evening = new Evening().play('Kitchen', SONG);
    for (let round = 0; round < 10; round += 1) evening.pass(20).seek('Kitchen', 195).pass(4).seek('Kitchen', 0);
    expect(evening.earned).toEqual([]);
  });

  it('tells two takes of one title apart by their length', () => {
    const evening = new Evening()
      .play('Kitchen', SONG)
      .pass(199)
      .play('Kitchen', { ...SONG, length: 320 })
      .pass(160);
    expect(evening.earned.map(({ durationSeconds }) => durationSeconds)).toEqual([200, 320]);
  });
});

describe('zones', () => {
  it('counts two zones apart, the same track too', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(1).play('Office', SONG).pass(120);
    expect(evening.earned.map(({ zoneName }) => zoneName)).toEqual(['Kitchen', 'Office']);
  });

  it('counts a group once and carries the play through grouping and ungrouping', () => {
    const evening = new Evening().play('Kitchen', SONG).play('Office', NEXT).pass(40);
    evening.group('Kitchen', 'Office').pass(40).ungroup('Kitchen + 1').pass(119);
    expect(evening.earned).toMatchObject([{ startedAt: START, zoneId: '1601Kitchen', zoneName: 'Kitchen' }]);
    expect(evening.play('Kitchen', NEXT).ended).toMatchObject([{ listenedSeconds: 199 }]);
  });

  it('counts once when every speaker of a former group plays on, and ends with the last', () => {
    const evening = new Evening().play('Kitchen', SONG).set('Office', {}).pass(90).group('Kitchen', 'Office');
    const { state, nowPlaying } = evening.zones.get('Kitchen + 1')!;
    evening.ungroup('Kitchen + 1', { state, nowPlaying }).pass(50);
    expect(evening.earned).toHaveLength(1);
    evening.play('Kitchen', NEXT);
    expect(evening.ended).toEqual([]);
    expect(evening.stop('Office').pass(130).ended).toHaveLength(1);
  });

  it('survives a regrouping told in two messages, at the very beginning too', () => {
    const evening = new Evening().play('Kitchen', SONG).play('Office', NEXT).pass(1);
    const kitchen = evening.zones.get('Kitchen')!;
    const office = evening.zones.get('Office')!;
    evening.zones.clear();
    evening.tell();
    evening.set('Kitchen + 1', {
      ...kitchen,
      id: '1601group',
      name: 'Kitchen + 1',
      outputs: [...kitchen.outputs, ...office.outputs],
    });
    evening.tell().pass(198);
    expect(evening.earned).toMatchObject([{ startedAt: START, zoneName: 'Kitchen' }]);
  });

  it('survives a transfer to another zone', () => {
    const evening = new Evening().play('Kitchen', SONG).play('Office', NEXT).pass(80);
    const { nowPlaying } = evening.zones.get('Kitchen')!;
    evening
      .set('Kitchen', { state: 'stopped', nowPlaying: null })
      .set('Office', { state: 'playing', nowPlaying })
      .tell()
      .pass(30);
    expect(evening.earned).toMatchObject([{ title: 'Aurora Street', startedAt: START }]);
  });

  it('does not join a paused zone to another that passes the same spot of the same track', () => {
    const evening = new Evening().play('Office', SONG, 0).pass(60).pause('Office').play('Kitchen', SONG).pass(150);
    evening.stop('Kitchen').resume('Office').pass(139);
    expect(evening.earned.map(({ zoneName }) => zoneName)).toEqual(['Kitchen', 'Office']);
  });

  it('keeps the play when its zone is renamed', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(60);
    evening.set('Kitchen', { name: 'Cuisine' }).tell().pass(60);
    expect(evening.earned).toMatchObject([{ zoneName: 'Kitchen', startedAt: START }]);
  });

  it('leaves zones out by name or id, a group only with all its speakers, and gives others names', () => {
    const evening = new Evening({
      excluded: ['Bathroom', '1601Nursery'],
      names: { Kitchen: 'Küche', '1601Office': 'Büro' },
    });
    for (const name of ['Bathroom', 'Nursery', 'Kitchen', 'Office']) evening.play(name, { ...SONG, title: name });
    evening.pass(100);
    expect(evening.earned.map(({ zoneName }) => zoneName)).toEqual(['Küche', 'Büro']);
    evening.group('Bathroom', 'Nursery').pass(199);
    expect(evening.earned).toHaveLength(2);
    evening.group('Kitchen', 'Bathroom + 1').play('Kitchen + 1', NEXT).pass(90);
    expect(evening.earned.at(-1)).toMatchObject({ zoneName: 'Küche + 1', title: 'Delta Blue' });
  });
});

describe('radio', () => {
  const station = { title: 'Radio Lac', length: null, artists: 'Mélodie Varga - Aurora – Live', album: '' };

  it('never counts by itself', () => {
    const evening = new Evening().play('Kitchen', station).pass(2000);
    expect([evening.events, evening.state.plays]).toEqual([[], {}]);
  });

  it('counts what the station names when the setting allows it', () => {
    const evening = new Evening({ radio: true }).play('Kitchen', station, 4000).pass(30);
    expect(evening.earned).toEqual([]);
    evening
      .pass(1)
      .play('Kitchen', { ...station, artists: 'News at ten' })
      .pass(300);
    expect(evening.earned).toMatchObject([
      { artists: 'Mélodie Varga', title: 'Aurora - Live', album: null, durationSeconds: null, startedAt: START },
    ]);
  });
});

describe('losing the Core', () => {
  it('goes on with the same play when it is back, from a state kept on disk too', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(60).lose();
    evening.state = readListening(JSON.parse(JSON.stringify(evening.state)));
    evening.at += 15;
    evening.seek('Kitchen', 75).pass(39);
    expect(evening.earned).toEqual([]);
    expect(evening.pass(1).earned).toMatchObject([{ startedAt: START, listenedSeconds: 100 }]);
  });

  it('tells the end so far of an earned play, and a later one when it went on', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(120).lose().lose();
    expect(evening.ended).toMatchObject([{ endedAt: START + 120 }]);
    evening.at += 5;
    evening.seek('Kitchen', 125).pass(60).stop('Kitchen').play('Kitchen', NEXT);
    expect(evening.earned).toHaveLength(1);
    expect(evening.ended).toMatchObject([{ endedAt: START + 120 }, { endedAt: START + 185 }]);
  });

  it('takes a track that had time to end while the Core was away for a new play', () => {
    const evening = new Evening().play('Kitchen', SONG).pass(150).lose();
    evening.at += 3600;
    evening.seek('Kitchen', 20).pass(120);
    expect(evening.earned).toMatchObject([{ startedAt: START }, { startedAt: START + 3730 }]);
  });

  it('dates a track it first sees in the middle from where it must have begun', () => {
    const evening = new Evening().play('Kitchen', SONG, 73).pass(101);
    expect(evening.earned).toMatchObject([{ startedAt: START - 73 }]);
  });

  it('regroups across a loss', () => {
    const evening = new Evening().play('Kitchen', SONG).set('Office', {}).pass(60).lose();
    evening.at += 10;
    const { nowPlaying } = evening.zones.get('Kitchen')!;
    evening
      .set('Kitchen', { nowPlaying: { ...nowPlaying!, seekPosition: 70 } })
      .group('Kitchen', 'Office')
      .pass(129);
    expect(evening.earned).toMatchObject([{ startedAt: START }]);
  });

  it('begins anew from a state that is none', () => {
    for (const kept of [undefined, null, 7, '{', { traces: 'x' }, { ...emptyListening, plays: { a: {} } }]) {
      expect(readListening(kept)).toEqual(emptyListening);
    }
    const orphan = {
      zoneId: 'z',
      playKey: 'gone',
      outputIds: [],
      position: 1,
      playing: true,
      seenAt: 1,
      parkedAt: null,
      stale: false,
    };
    expect(readListening({ ...emptyListening, traces: [orphan] }).traces).toEqual([]);
  });
});

it('never changes the state it was given', () => {
  const evening = new Evening().play('Kitchen', SONG).pass(30);
  const before = structuredClone(evening.state);
  const given = evening.state;
  createListeningRule().step(given, { type: 'zones', at: evening.at + 1, zones: [] });
  createListeningRule().step(given, { type: 'lost', at: evening.at + 1 });
  expect(given).toEqual(before);
});
