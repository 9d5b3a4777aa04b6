/** Every time zone the browser knows, and the present one whatever it is. */
export function timeZones(present: string): { value: string; label: string }[] {
  const names = new Set([present, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...names].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
