import { EMAIL_PATTERN } from '@scel/contract/values'

/** Shorter passphrases are refused: the file may be tried against a word list for years. */
export const SHORTEST = 12

export type Strength = 0 | 1 | 2 | 3 | 4

/**
 * A rough guess at how long a passphrase would hold, from 0 (too weak) to 4 (strong). It counts what is new in it:
 * a character that repeats or continues a run (aaa, 123, abc) adds little, and so do few different characters.
 */
export function strengthOf(passphrase: string): Strength {
  const characters = [...passphrase]
  if (characters.length < SHORTEST) return 0
  let fresh = 0
  for (const [position, character] of characters.entries()) {
    const before = characters[position - 1]
    const step = before === undefined ? 99 : character.codePointAt(0)! - before.codePointAt(0)!
    fresh += Math.abs(step) <= 1 ? 0.25 : 1
  }
  const different = new Set(characters.map((character) => character.toLowerCase())).size
  const bits =
    fresh * Math.log2(alphabetOf(passphrase)) * Math.min(1, different / 8) * (looksLikeWords(passphrase) ? 0.55 : 0.8)
  return bits < 30 ? 0 : bits < 42 ? 1 : bits < 55 ? 2 : bits < 72 ? 3 : 4
}

/** How many characters an attacker would have to try at each place. */
function alphabetOf(text: string): number {
  const classes = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^A-Za-z0-9]/, 32],
  ] as const
  return classes.reduce((sum, [pattern, size]) => sum + (pattern.test(text) ? size : 0), 0)
}

// Letters in words are guessed by the word, so each is worth less than a letter at random.
const looksLikeWords = (text: string): boolean => /[a-zà-ÿ]{4,}/i.test(text)

/** Who whoever holds an unnamed link says he is. */
export interface Self {
  readonly name: string
  readonly email: string
}

export interface FormFaults {
  readonly name?: 'missing'
  readonly email?: 'malformed'
  readonly passphrase?: 'short'
  readonly again?: 'different'
  readonly understood?: 'missing'
}

interface Form {
  /** Left out where the invitation bears a name. */
  readonly self?: Self | undefined
  readonly passphrase: string
  readonly again: string
  readonly understood: boolean
}

/** Everything that is wrong with the form, named at once. */
export function faultsOf(form: Form): FormFaults {
  const { self } = form
  return {
    ...(self && self.name.trim() === '' ? { name: 'missing' as const } : {}),
    ...(self && !EMAIL.test(self.email.trim()) ? { email: 'malformed' as const } : {}),
    ...([...form.passphrase].length < SHORTEST ? { passphrase: 'short' as const } : {}),
    ...(form.passphrase === form.again ? {} : { again: 'different' as const }),
    ...(form.understood ? {} : { understood: 'missing' as const }),
  }
}

const EMAIL = new RegExp(EMAIL_PATTERN, 'u')

export type Platform = 'windows' | 'macos' | 'linux' | 'firefox'

/** Where the file can be imported, by the library's names; each stands for all that open the same. */
export const DEVICES = ['windows', 'macos', 'android', 'firefox'] as const
export type Device = (typeof DEVICES)[number]

/** Most people import the file where they made it. */
export function deviceOf(agent: string): Device {
  if (/android/i.test(agent)) return 'android'
  if (/iphone|ipad/i.test(agent)) return 'macos'
  const platform = platformOf(agent)
  return platform === 'linux' ? 'firefox' : platform
}

/** Which instructions to show first. */
export function platformOf(agent: string): Platform {
  if (/firefox/i.test(agent)) return 'firefox'
  if (/mac os|macintosh/i.test(agent)) return 'macos'
  return /windows/i.test(agent) ? 'windows' : 'linux'
}
