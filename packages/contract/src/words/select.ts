/** An ICU choice between the words of a fact that is one of a few; what has no words is said as it stands. */
export const select = (fact: string, words: Readonly<Record<string, string>>): string =>
  `{${fact}, select, ${Object.entries(words)
    .map(([value, said]) => `${value} {${said}}`)
    .join(' ')} other {{${fact}}}}`
