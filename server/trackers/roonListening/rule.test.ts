import { describe, expect, it } from 'vitest';
import { Scenario, type Track } from './scenario.fixture.ts';
import { createListeningRule } from './rule.ts';
import { emptyListening, readListening } from './state.ts';

const SONG: Track = { title: 'Aurora Street', length: 200, artists: 'Mélodie Varga / Jon Aske', album: 'Lumières' };
const NEXT: Track = { title: 'Delta Blue', length: 180 };
const START = 1_700_000_000;

describe('earning', () => {
  it('records a track at half its length, with its start, and its end when it ends', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(99);
    expect(scenario.earned).toEqual([]);
    scenario.pass(1);
    expect(scenario.earned).toEqual([
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
    scenario.pass(99).play('Kitchen', NEXT);
    expect(scenario.ended).toEqual([{ ...scenario.earned[0], endedAt: START + 199, listenedSeconds: 199 }]);
    expect(scenario.earned).toHaveLength(1);
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
    const scenario = new Scenario().play('Kitchen', { title: 'Long or short', length }).pass(heard);
    expect(scenario.earned).toHaveLength(listens);
  });

  it('says nothing of a track skipped after 29 s', () => {
    const scenario = new Scenario()
      .play('Kitchen', SONG)
      .pass(29)
      .play('Kitchen', NEXT)
      .pass(20)
      .stop('Kitchen')
      .pass(200);
    expect(scenario.events).toEqual([]);
    expect(scenario.state.plays).toEqual({});
  });

  it('goes by positions, whatever the clock on the wall says', () => {
    const fast = new Scenario().play('Kitchen', SONG);
    for (let position = 3; position <= 102; position += 3) fast.seek('Kitchen', position);
    expect(fast.earned).toHaveLength(1);
    const idle = new Scenario().play('Kitchen', SONG);
    idle.at += 10_000;
    expect(idle.seek('Kitchen', 1).earned).toEqual([]);
  });

  it('never takes items without a title', () => {
    const scenario = new Scenario().play('Kitchen', { title: '', length: 200 }).pass(200);
    expect(scenario.state.plays).toEqual({});
  });
});

describe('what is not listening', () => {
  it('does not count pauses, and a play goes on after one', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(60).pause('Kitchen');
    scenario.pass(500);
    expect(scenario.earned).toEqual([]);
    scenario.resume('Kitchen').pass(40);
    expect(scenario.earned).toMatchObject([{ startedAt: START, endedAt: START + 600, listenedSeconds: 100 }]);
  });

  it('counts steps of up to 3 s and takes larger ones for a seek', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(50);
    scenario.seek('Kitchen', 53).seek('Kitchen', 57).pass(46);
    expect(scenario.earned).toEqual([]);
    expect(scenario.pass(1).earned).toHaveLength(1);
  });

  it('earns nothing by hearing one passage again and again', () => {
    const scenario = new Scenario().play('Kitchen', SONG);
    for (let round = 0; round < 20; round += 1) scenario.seek('Kitchen', 20).pass(60);
    expect(scenario.earned).toEqual([]);
    expect(scenario.pass(40).earned).toHaveLength(1);
  });

  it('does not count scrubbing while paused', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(10).pause('Kitchen');
    for (let position = 12; position < 190; position += 3) scenario.seek('Kitchen', position);
    expect(scenario.earned).toEqual([]);
  });

  it('keeps one play when the same track is reported again: volume, queue, a missing position', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(50).emit().emit();
    scenario
      .seek('Kitchen', null)
      .seek('Kitchen', 51)
      .set('Kitchen', { state: 'loading' })
      .emit()
      .resume('Kitchen')
      .pass(148);
    expect(scenario.earned).toHaveLength(1);
    expect(scenario.stop('Kitchen').play('Kitchen', NEXT).ended).toMatchObject([{ listenedSeconds: 199 }]);
  });
});

describe('repeats', () => {
  it('takes a track that comes round again for a second listen', () => {
    const scenario = new Scenario()
      .play('Kitchen', SONG)
      .pass(199)
      .seek('Kitchen', 0)
      .pass(199)
      .seek('Kitchen', 1)
      .pass(40);
    expect(scenario.earned).toHaveLength(2);
    expect(new Set(scenario.earned.map(({ key }) => key)).size).toBe(2);
    expect(scenario.earned.map(({ startedAt }) => startedAt)).toEqual([START, START + 199]);
    expect(scenario.ended).toHaveLength(2);
  });

  it('takes a track begun again after a stop for a second listen, and one resumed for the same', () => {
    const again = new Scenario().play('Kitchen', SONG).pass(150).stop('Kitchen').play('Kitchen', SONG).pass(120);
    expect(again.earned).toHaveLength(2);
    const resumed = new Scenario().play('Kitchen', SONG).pass(60).stop('Kitchen');
    resumed.at += 20;
    resumed.play('Kitchen', SONG, 61).pass(139);
    expect(resumed.earned).toMatchObject([{ startedAt: START }]);
  });

  it('takes going back to the beginning in the middle for a seek', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(120).seek('Kitchen', 0).pass(150);
    expect(scenario.earned).toHaveLength(1);
  });

  it('gives nothing for jumping to the end and round again', () => {
    const scenario = new Scenario().play('Kitchen', SONG);
    for (let round = 0; round < 10; round += 1) scenario.pass(20).seek('Kitchen', 195).pass(4).seek('Kitchen', 0);
    expect(scenario.earned).toEqual([]);
  });

  it('distinguishes two takes of one title by their length', () => {
    const scenario = new Scenario()
      .play('Kitchen', SONG)
      .pass(199)
      .play('Kitchen', { ...SONG, length: 320 })
      .pass(160);
    expect(scenario.earned.map(({ durationSeconds }) => durationSeconds)).toEqual([200, 320]);
  });
});

describe('zones', () => {
  it('counts two zones separately, the same track too', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(1).play('Office', SONG).pass(120);
    expect(scenario.earned.map(({ zoneName }) => zoneName)).toEqual(['Kitchen', 'Office']);
  });

  it('counts a group once and carries the play through grouping and ungrouping', () => {
    const scenario = new Scenario().play('Kitchen', SONG).play('Office', NEXT).pass(40);
    scenario.group('Kitchen', 'Office').pass(40).ungroup('Kitchen + 1').pass(119);
    expect(scenario.earned).toMatchObject([{ startedAt: START, zoneId: '1601Kitchen', zoneName: 'Kitchen' }]);
    expect(scenario.play('Kitchen', NEXT).ended).toMatchObject([{ listenedSeconds: 199 }]);
  });

  it('counts once when every speaker of a former group plays on, and ends with the last', () => {
    const scenario = new Scenario().play('Kitchen', SONG).set('Office', {}).pass(90).group('Kitchen', 'Office');
    const { state, nowPlaying } = scenario.zones.get('Kitchen + 1')!;
    scenario.ungroup('Kitchen + 1', { state, nowPlaying }).pass(50);
    expect(scenario.earned).toHaveLength(1);
    scenario.play('Kitchen', NEXT);
    expect(scenario.ended).toEqual([]);
    expect(scenario.stop('Office').pass(130).ended).toHaveLength(1);
  });

  it('survives a regrouping reported in two messages, at the very beginning too', () => {
    const scenario = new Scenario().play('Kitchen', SONG).play('Office', NEXT).pass(1);
    const kitchen = scenario.zones.get('Kitchen')!;
    const office = scenario.zones.get('Office')!;
    scenario.zones.clear();
    scenario.emit();
    scenario.set('Kitchen + 1', {
      ...kitchen,
      id: '1601group',
      name: 'Kitchen + 1',
      outputs: [...kitchen.outputs, ...office.outputs],
    });
    scenario.emit().pass(198);
    expect(scenario.earned).toMatchObject([{ startedAt: START, zoneName: 'Kitchen' }]);
  });

  it('survives a transfer to another zone', () => {
    const scenario = new Scenario().play('Kitchen', SONG).play('Office', NEXT).pass(80);
    const { nowPlaying } = scenario.zones.get('Kitchen')!;
    scenario
      .set('Kitchen', { state: 'stopped', nowPlaying: null })
      .set('Office', { state: 'playing', nowPlaying })
      .emit()
      .pass(30);
    expect(scenario.earned).toMatchObject([{ title: 'Aurora Street', startedAt: START }]);
  });

  it('does not join a paused zone to another that passes the same spot of the same track', () => {
    const scenario = new Scenario().play('Office', SONG, 0).pass(60).pause('Office').play('Kitchen', SONG).pass(150);
    scenario.stop('Kitchen').resume('Office').pass(139);
    expect(scenario.earned.map(({ zoneName }) => zoneName)).toEqual(['Kitchen', 'Office']);
  });

  it('keeps the play when its zone is renamed', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(60);
    scenario.set('Kitchen', { name: 'Cuisine' }).emit().pass(60);
    expect(scenario.earned).toMatchObject([{ zoneName: 'Kitchen', startedAt: START }]);
  });

  it('leaves zones out by name or id, a group only with all its speakers, and gives others names', () => {
    const scenario = new Scenario({
      excluded: ['Bathroom', '1601Nursery'],
      names: { Kitchen: 'Küche', '1601Office': 'Büro' },
    });
    for (const name of ['Bathroom', 'Nursery', 'Kitchen', 'Office']) scenario.play(name, { ...SONG, title: name });
    scenario.pass(100);
    expect(scenario.earned.map(({ zoneName }) => zoneName)).toEqual(['Küche', 'Büro']);
    scenario.group('Bathroom', 'Nursery').pass(199);
    expect(scenario.earned).toHaveLength(2);
    scenario.group('Kitchen', 'Bathroom + 1').play('Kitchen + 1', NEXT).pass(90);
    expect(scenario.earned.at(-1)).toMatchObject({ zoneName: 'Küche + 1', title: 'Delta Blue' });
  });
});

describe('radio', () => {
  const station = { title: 'Radio Lac', length: null, artists: 'Mélodie Varga - Aurora – Live', album: '' };

  it('never counts by itself', () => {
    const scenario = new Scenario().play('Kitchen', station).pass(2000);
    expect([scenario.events, scenario.state.plays]).toEqual([[], {}]);
  });

  it('counts what the station names when the setting allows it', () => {
    const scenario = new Scenario({ radio: true }).play('Kitchen', station, 4000).pass(30);
    expect(scenario.earned).toEqual([]);
    scenario
      .pass(1)
      .play('Kitchen', { ...station, artists: 'News at ten' })
      .pass(300);
    expect(scenario.earned).toMatchObject([
      { artists: 'Mélodie Varga', title: 'Aurora - Live', album: null, durationSeconds: null, startedAt: START },
    ]);
  });
});

describe('losing the Core', () => {
  it('goes on with the same play when it is back, from a state persisted on disk too', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(60).lose();
    scenario.state = readListening(JSON.parse(JSON.stringify(scenario.state)));
    scenario.at += 15;
    scenario.seek('Kitchen', 75).pass(39);
    expect(scenario.earned).toEqual([]);
    expect(scenario.pass(1).earned).toMatchObject([{ startedAt: START, listenedSeconds: 100 }]);
  });

  it('reports the end so far of an earned play, and a later one when it went on', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(120).lose().lose();
    expect(scenario.ended).toMatchObject([{ endedAt: START + 120 }]);
    scenario.at += 5;
    scenario.seek('Kitchen', 125).pass(60).stop('Kitchen').play('Kitchen', NEXT);
    expect(scenario.earned).toHaveLength(1);
    expect(scenario.ended).toMatchObject([{ endedAt: START + 120 }, { endedAt: START + 185 }]);
  });

  it('takes a track that had time to end while the Core was away for a new play', () => {
    const scenario = new Scenario().play('Kitchen', SONG).pass(150).lose();
    scenario.at += 3600;
    scenario.seek('Kitchen', 20).pass(120);
    expect(scenario.earned).toMatchObject([{ startedAt: START }, { startedAt: START + 3730 }]);
  });

  it('dates a track it first sees in the middle from where it must have begun', () => {
    const scenario = new Scenario().play('Kitchen', SONG, 73).pass(101);
    expect(scenario.earned).toMatchObject([{ startedAt: START - 73 }]);
  });

  it('regroups across a loss', () => {
    const scenario = new Scenario().play('Kitchen', SONG).set('Office', {}).pass(60).lose();
    scenario.at += 10;
    const { nowPlaying } = scenario.zones.get('Kitchen')!;
    scenario
      .set('Kitchen', { nowPlaying: { ...nowPlaying!, seekPosition: 70 } })
      .group('Kitchen', 'Office')
      .pass(129);
    expect(scenario.earned).toMatchObject([{ startedAt: START }]);
  });

  it('begins anew from a state that is none', () => {
    for (const persisted of [undefined, null, 7, '{', { traces: 'x' }, { ...emptyListening, plays: { a: {} } }]) {
      expect(readListening(persisted)).toEqual(emptyListening);
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
  const scenario = new Scenario().play('Kitchen', SONG).pass(30);
  const before = structuredClone(scenario.state);
  const given = scenario.state;
  createListeningRule().step(given, { type: 'zones', at: scenario.at + 1, zones: [] });
  createListeningRule().step(given, { type: 'lost', at: scenario.at + 1 });
  expect(given).toEqual(before);
});
