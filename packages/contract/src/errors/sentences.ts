import type { PkiErrorCode } from '@scel/pki/errors'
import type { DeskErrorCode } from './facts.ts'
import type { Language, Sentence } from './sentence.ts'
import { DESK_EN } from './sentences.desk.en.ts'
import { DESK_FR } from './sentences.desk.fr.ts'
import { PKI_EN } from './sentences.pki.en.ts'
import { PKI_FR } from './sentences.pki.fr.ts'

export type ErrorCode = PkiErrorCode | DeskErrorCode

/** One sentence per code and language; the type makes a missing translation a compile error. */
export const SENTENCES: Readonly<Record<Language, Readonly<Record<ErrorCode, Sentence>>>> = {
  en: { ...PKI_EN, ...DESK_EN },
  fr: { ...PKI_FR, ...DESK_FR },
}

export const DESK_ERROR_CODES: readonly DeskErrorCode[] = Object.keys(DESK_EN) as DeskErrorCode[]
