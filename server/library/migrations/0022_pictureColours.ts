/** Each picture keeps the colour that it lends: a page takes that of the cover that is shown, whichever other was looked at. */
export const migration = {
  number: 22,
  name: 'picture-colours',
  schema: `
ALTER TABLE images ADD COLUMN lent_hue REAL;
ALTER TABLE images ADD COLUMN lent_chroma REAL;
`,
};
