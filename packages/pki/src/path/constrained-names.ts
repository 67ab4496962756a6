// The names that name constraints are about, and the constraints.

import { isPkiError } from '../errors/index.ts'
import type { Certificate, GeneralName, NameConstraints } from '../x509/index.ts'
import { nameValue, nameValues, smtpUtf8Mailbox } from '../x509/index.ts'
import { hostOf } from './name-match.ts'
import type { TrustAnchor } from './options.ts'
import { isCertificate } from './pool.ts'
import { readExtension } from './read-extension.ts'
import { Subtrees } from './subtrees.ts'

/** Both of each certificate of one validation, gathered once however many paths lead through it. */
export class ConstrainedNames {
  readonly #names = new Map<Certificate, readonly GeneralName[]>()
  readonly #asServer = new Map<Certificate, readonly GeneralName[]>()
  readonly #subtrees = new Map<NameConstraints, Subtrees>()

  /** As {@link constrainedNames} has them. */
  namesOf(certificate: Certificate, asServer: boolean): readonly GeneralName[] {
    const known = asServer ? this.#asServer : this.#names
    let names = known.get(certificate)
    if (!names) {
      names = constrainedNames(certificate, asServer)
      known.set(certificate, names)
    }
    return names
  }

  /** Undefined when the authority constrains no names. */
  subtreesOf(authority: TrustAnchor): Subtrees | undefined {
    const constraints = isCertificate(authority)
      ? readExtension(authority, 'nameConstraints')
      : authority.constraints?.names
    if (!constraints) return undefined
    let subtrees = this.#subtrees.get(constraints)
    if (!subtrees) {
      subtrees = new Subtrees(constraints)
      this.#subtrees.set(constraints, subtrees)
    }
    return subtrees
  }
}

/**
 * Every name the certificate speaks for: alternative names, the subject, and what programs read out of either. Mail
 * addresses in the subject count as mail (RFC 5280 §4.2.1.10). With `asServer` so does a host in the common name of a
 * certificate without alternative hosts, since there are clients that still fall back to it.
 */
function constrainedNames(certificate: Certificate, asServer: boolean): GeneralName[] {
  const { subject } = certificate
  const alternative = readExtension(certificate, 'subjectAltName') ?? []
  const names: GeneralName[] = [...alternative, ...alternative.flatMap(mailbox)]
  if (subject.rdns.length > 0) names.push({ kind: 'directoryName', name: subject })
  for (const value of nameValues(subject, 'emailAddress')) names.push({ kind: 'rfc822Name', value })
  const host =
    asServer && !alternative.some(({ kind }) => kind === 'dNSName') ? nameValue(subject, 'commonName') : undefined
  if (host?.includes('.') && hostOf(host.replace(/^\*\./, ''))) names.push({ kind: 'dNSName', value: host })
  return names
}

/**
 * A mailbox with letters of any script is one more form of rfc822Name, and the same constraints bind both (RFC 9598
 * §6). One that is not well-formed — its host is written in A-labels — cannot be judged, so no subtree holds it.
 */
function mailbox(name: GeneralName): GeneralName[] {
  try {
    const value = smtpUtf8Mailbox(name)
    return value === undefined ? [] : [{ kind: 'rfc822Name', value }]
  } catch (error) {
    if (isPkiError(error)) return [{ kind: 'rfc822Name', value: '' }]
    throw error
  }
}
