const DECIMAL = /^(?:0|[1-9]\d*)$/;

/** Orders document ids: the server's decimal keys by their value, then what devices made by their letters. */
export function compareDocumentIds(a: string, b: string): number {
  const [decimalA, decimalB] = [DECIMAL.test(a), DECIMAL.test(b)];
  if (decimalA !== decimalB) return decimalA ? -1 : 1;
  if (decimalA && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
