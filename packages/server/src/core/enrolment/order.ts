import { isKeyChoice } from '@scel/contract/values'
import { keySpecOf } from '@scel/pki/algorithms'
import { parseName, parseRequest } from '@scel/pki/x509'
import type { Directory } from '../issuance/directory.ts'
import type { Order } from '../issuance/issuance.ts'
import type { Profiles } from '../profiles/profile.ts'
import type { Request } from './request.ts'

/** What issuance is asked for: the subject and names laid down at the submission, the key of the request. */
export async function orderFor(request: Request, directory: Directory, profiles: Profiles): Promise<Order> {
  const { spki } = parseRequest(request.csr).publicKey
  const profile = profiles[request.enrolment]
  const key = keySpecOf(spki)
  if (!isKeyChoice(key)) throw new Error(`request ${request.number} has a key that was not allowed`)
  return {
    authority: await directory.current(request.environment, 'machines'),
    profile,
    subject: parseName(request.subject),
    names: request.names.map((value) => ({ kind: 'dNSName', value })),
    spki,
    key,
    purpose: { kind: 'request', request: request.number, applicant: request.applicant },
    organisation: request.organisation,
  }
}
