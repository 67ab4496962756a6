import { equal } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { parseRequest } from '@scel/pki/x509'
import type { NewRequest, Request } from './request.ts'

/**
 * Whether a request asks for just what one asks for that waits already: nothing of what is read, decided on and signed is
 * another. Whoever did not hear the answer sends it again; the signature of their CSR may be new, what it signs may not.
 */
export const isSameWish = (waiting: Request, asked: NewRequest): boolean =>
  !waiting.unreadable &&
  waiting.readUnder === asked.readUnder && // or nobody could approve it, however often it is sent
  textOf(waiting) === textOf(asked) &&
  equal(waiting.subject, asked.subject) &&
  signsTheSame(waiting.csr, asked.csr)

/** What waits is no CSR any more where somebody wrote over it: then it is another wish, and is replaced. */
function signsTheSame(waiting: Uint8Array, asked: Uint8Array): boolean {
  try {
    return equal(parseRequest(waiting).signedBytes, parseRequest(asked).signedBytes)
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

const textOf = (request: NewRequest): string => {
  const { environment, organisation, service, profile, store, subjectKey, commonName, names, key, owner } = request
  const { machine, contact, origin, choices } = request
  const asked = [environment, organisation, service, profile, store, subjectKey, commonName, names, key]
  return JSON.stringify([
    asked,
    owner.kind,
    owner.id,
    origin.kind,
    origin.id,
    sorted(machine),
    sorted(contact),
    sorted(choices),
  ])
}

/** In which order somebody writes the fields of an object says nothing. */
const sorted = (fields: object = {}): [string, unknown][] =>
  Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1))
