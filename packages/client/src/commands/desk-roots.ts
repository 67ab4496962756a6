import type { Certificate } from '@scel/pki/x509'
import { certificateOf } from '../enrol/verify-issued.ts'
import { enrolledDesks } from '../state/desk-record.ts'
import type { Given } from './given.ts'
import type { Session } from './session.ts'
import { certificatesOf } from './verify-question.ts'

/**
 * Whom a command trusts: the files of an option, else the roots of the desks at which this user has enrolled. Empty
 * when there is neither.
 * @throws certificate_missing, record_malformed, what reading throws
 */
export async function anchorsOf(session: Session, given: Given, option: string): Promise<readonly Certificate[]> {
  const files = given.list(option)
  return files.length > 0 ? certificatesOf(session, given, files) : deskRoots(session)
}

/** @throws record_malformed, pem_malformed, certificate_malformed */
export async function deskRoots(session: Session): Promise<readonly Certificate[]> {
  const records = await enrolledDesks(session.paths)
  const pems = new Set(records.map(({ record }) => record.roots.environment))
  return [...pems].map(certificateOf)
}
