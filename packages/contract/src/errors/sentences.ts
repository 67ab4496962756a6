import type { PkiErrorCode } from '@scel/pki/errors'
import type { DeskErrorCode } from './facts.ts'
import { DESK_EN } from './sentences.desk.en.ts'
import { DESK_FR } from './sentences.desk.fr.ts'
import { PKI_EN } from './sentences.pki.en.ts'
import { PKI_FR } from './sentences.pki.fr.ts'

export type Language = 'en' | 'fr'
export const LANGUAGES: readonly Language[] = ['en', 'fr']
export type ErrorCode = PkiErrorCode | DeskErrorCode

/** ICU message texts: `says` is what is wrong, `hint` is one thing to do about it. Arguments are the code's facts. */
export interface Sentence {
  readonly says: string
  readonly hint: string
}

/** One sentence per code and language; the type makes a missing translation a compile error. */
export const SENTENCES: Readonly<Record<Language, Readonly<Record<ErrorCode, Sentence>>>> = {
  en: { ...PKI_EN, ...DESK_EN },
  fr: { ...PKI_FR, ...DESK_FR },
}

export const DESK_ERROR_CODES: readonly DeskErrorCode[] = Object.keys(DESK_EN) as DeskErrorCode[]
