/** The same messages in another language: a missing or misspelt one does not compile. */
export type Translation<English> = Readonly<Record<keyof English, string>>
