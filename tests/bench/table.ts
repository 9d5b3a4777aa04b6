import { type Figure, isWithinReach } from './figure.ts';

/** A value as it is printed. */
export const shown = (value: number, unit: Figure['unit']): string => {
  const digits = value >= 100 || unit === 'per minute' ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
};

/** What it should be, as it is printed; nothing for figures that nothing was promised about. */
export const reachOf = ({ reach, unit, good = 'below' }: Figure): string =>
  reach === undefined ? '' : `${good === 'below' ? '≤' : '≥'} ${shown(reach, unit)}`;

/** The figures as lines: value, reach, and whether it is met; what else is to be known stands below. */
export function table(figures: readonly Figure[]): string {
  return figures
    .map((figure) => {
      const { what, value, unit, remark } = figure;
      const within = isWithinReach(figure);
      const mark = within === null ? ' ' : within ? '✓' : '✗';
      return `${mark} ${shown(value, unit).padStart(16)}  ${reachOf(figure).padEnd(14)} ${what}${remark ? `\n${' '.repeat(35)}${remark}` : ''}`;
    })
    .join('\n');
}
