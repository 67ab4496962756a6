import type { Environment } from '@scel/contract/values'
import type { Certificate } from '@scel/pki/x509'
import { certificateOf } from '../enrol/verify-issued.ts'
import { enrolledDesks } from '../state/desk-record.ts'
import type { Given } from './given.ts'
import type { Session } from './session.ts'
import { certificatesOf } from './verify-question.ts'

/**
 * Whom a command trusts: the files of an option, else the roots of the desks at which this user has enrolled, of one environment where
 * that decides about strangers. Empty when there is neither.
 * @throws certificate_missing, record_malformed, what reading throws
 */
export async function anchorsOf(
  session: Session,
  given: Given,
  option: string,
  environment?: Environment,
): Promise<readonly Certificate[]> {
  const files = given.list(option)
  return files.length > 0 ? certificatesOf(session, given, files) : deskRoots(session, environment)
}

/** @throws record_malformed, pem_malformed, certificate_malformed */
export async function deskRoots(session: Session, environment?: Environment): Promise<readonly Certificate[]> {
  const records = (await enrolledDesks(session.paths)).map(({ record }) => record)
  const wanted = records.filter((record) => environment === undefined || record.environment === environment)
  return [...new Set(wanted.map(({ roots }) => roots.environment))].map(certificateOf)
}
