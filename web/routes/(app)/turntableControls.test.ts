import { expect, it } from 'vitest';
import { turntableControls } from './turntableControls.ts';

it('holds what plays, resumes what is held, and neither while the record is turned', () => {
  expect(turntableControls('playing', false, 'desk')).toEqual({
    signs: ['previous', 'pause', 'skip'],
    labels: ['lift'],
    menu: [],
  });
  expect(turntableControls('paused', false, 'desk').signs).toEqual(['previous', 'resume', 'skip']);
  expect(turntableControls('turning', true, 'desk')).toEqual({
    signs: ['previous'],
    labels: ['turn', 'lift'],
    menu: [],
  });
});

it('leaves nothing out where there is little room, and says in words what no sign stands for', () => {
  for (const state of ['playing', 'paused', 'turning'] as const) {
    const all = (room: 'desk' | 'tablet' | 'phone') => {
      const { signs, labels, menu } = turntableControls(state, true, room);
      return [...signs, ...labels, ...menu].toSorted();
    };
    expect(all('phone')).toEqual(all('desk'));
    expect(all('tablet')).toEqual(all('desk'));
    for (const room of ['desk', 'tablet', 'phone'] as const)
      expect(turntableControls(state, true, room).signs).not.toEqual(expect.arrayContaining(['turn']));
    for (const room of ['desk', 'tablet', 'phone'] as const)
      expect(turntableControls(state, true, room).signs).not.toEqual(expect.arrayContaining(['lift']));
  }
});
