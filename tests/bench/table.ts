import { type Figure, isWithinReach } from './figure.ts';

const shown = (value: number, unit: Figure['unit']): string => {
  const digits = value >= 100 || unit === 'per minute' ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
};

/** The figures as lines: value, reach, and whether it is met; what else is to be known stands below. */
export function table(figures: readonly Figure[]): string {
  return figures
    .map((figure) => {
      const { what, value, unit, reach, good = 'below', remark } = figure;
      const within = isWithinReach(figure);
      const mark = within === null ? ' ' : within ? '✓' : '✗';
      const beside = reach === undefined ? '' : `${good === 'below' ? '≤' : '≥'} ${shown(reach, unit)}`;
      return `${mark} ${shown(value, unit).padStart(16)}  ${beside.padEnd(14)} ${what}${remark ? `\n${' '.repeat(35)}${remark}` : ''}`;
    })
    .join('\n');
}
