export type Language = 'en' | 'fr'
export const LANGUAGES: readonly Language[] = ['en', 'fr']

/** ICU message texts: `says` is what is wrong, `hint` is one thing to do about it. Arguments are the code's facts; apostrophes are typographic, since ' quotes in ICU. */
export interface Sentence {
  readonly says: string
  readonly hint: string
}
