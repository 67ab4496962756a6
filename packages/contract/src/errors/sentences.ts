import type { PkiErrorCode } from '@scel/pki/errors'
import { APPLICANTS_EN } from '../applicants/words.en.ts'
import { APPLICANTS_FR } from '../applicants/words.fr.ts'
import { AUDIT_EN } from '../audit/words.en.ts'
import { AUDIT_FR } from '../audit/words.fr.ts'
import { AUTHORITIES_EN } from '../authorities/words.en.ts'
import { AUTHORITIES_FR } from '../authorities/words.fr.ts'
import { CERTIFICATES_EN } from '../certificates/words.en.ts'
import { CERTIFICATES_FR } from '../certificates/words.fr.ts'
import { CREDENTIALS_EN } from '../credentials/words.en.ts'
import { CREDENTIALS_FR } from '../credentials/words.fr.ts'
import { DELIVERIES_EN } from '../deliveries/words.en.ts'
import { DELIVERIES_FR } from '../deliveries/words.fr.ts'
import { DESK_EN } from '../desk/words.en.ts'
import { DESK_FR } from '../desk/words.fr.ts'
import { KITS_EN } from '../kits/words.en.ts'
import { KITS_FR } from '../kits/words.fr.ts'
import { ORGANISATIONS_EN } from '../organisations/words.en.ts'
import { ORGANISATIONS_FR } from '../organisations/words.fr.ts'
import { PEOPLE_EN } from '../people/words.en.ts'
import { PEOPLE_FR } from '../people/words.fr.ts'
import { PROFILES_EN } from '../profiles/words.en.ts'
import { PROFILES_FR } from '../profiles/words.fr.ts'
import { REQUESTS_EN } from '../requests/words.en.ts'
import { REQUESTS_FR } from '../requests/words.fr.ts'
import { SERVICES_EN } from '../services/words.en.ts'
import { SERVICES_FR } from '../services/words.fr.ts'
import { SESSIONS_EN } from '../sessions/words.en.ts'
import { SESSIONS_FR } from '../sessions/words.fr.ts'
import { PKI_EN } from '../words/pki.en.ts'
import { PKI_FR } from '../words/pki.fr.ts'
import type { Language, Sentence } from '../words/sentence.ts'
import type { DeskErrorCode } from './facts.ts'

export type ErrorCode = PkiErrorCode | DeskErrorCode

const ALL_EN: Readonly<Record<DeskErrorCode, Sentence>> = {
  ...SESSIONS_EN,
  ...CREDENTIALS_EN,
  ...PEOPLE_EN,
  ...ORGANISATIONS_EN,
  ...SERVICES_EN,
  ...KITS_EN,
  ...APPLICANTS_EN,
  ...REQUESTS_EN,
  ...CERTIFICATES_EN,
  ...PROFILES_EN,
  ...AUTHORITIES_EN,
  ...AUDIT_EN,
  ...DELIVERIES_EN,
  ...DESK_EN,
}
const ALL_FR: Readonly<Record<DeskErrorCode, Sentence>> = {
  ...SESSIONS_FR,
  ...CREDENTIALS_FR,
  ...PEOPLE_FR,
  ...ORGANISATIONS_FR,
  ...SERVICES_FR,
  ...KITS_FR,
  ...APPLICANTS_FR,
  ...REQUESTS_FR,
  ...CERTIFICATES_FR,
  ...PROFILES_FR,
  ...AUTHORITIES_FR,
  ...AUDIT_FR,
  ...DELIVERIES_FR,
  ...DESK_FR,
}

/** One sentence per code and language; the type makes a missing translation a compile error. */
export const SENTENCES: Readonly<Record<Language, Readonly<Record<ErrorCode, Sentence>>>> = {
  en: { ...PKI_EN, ...ALL_EN },
  fr: { ...PKI_FR, ...ALL_FR },
}

export const DESK_ERROR_CODES: readonly DeskErrorCode[] = Object.keys(ALL_EN) as DeskErrorCode[]
