// The names that name constraints are about, and the constraints.

import { isPkiError } from '../errors/index.ts'
import type { Certificate, GeneralName, NameConstraints } from '../x509/index.ts'
import { nameValues, smtpUtf8Mailbox } from '../x509/index.ts'
import { addressOf } from './host-name.ts'
import { hostOf } from './name-match.ts'
import type { TrustAnchor } from './options.ts'
import { isCertificate } from './pool.ts'
import { readExtension } from './read-extension.ts'
import { Subtrees } from './subtrees.ts'

/** With a mail address of a subject it is told that letters of any case are the same (RFC 5280 §4.1.2.6). */
export type ConstrainedName = GeneralName | (GeneralName & { readonly kind: 'rfc822Name'; readonly anyCase: true })

/** Both of each certificate of one validation, gathered once however many paths lead through it. */
export class ConstrainedNames {
  readonly #names = new Map<Certificate, readonly ConstrainedName[]>()
  readonly #asServer = new Map<Certificate, readonly ConstrainedName[]>()
  readonly #subtrees = new Map<NameConstraints, Subtrees>()

  /** As {@link constrainedNames} has them. */
  namesOf(certificate: Certificate, asServer: boolean): readonly ConstrainedName[] {
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
 * addresses in the subject count as mail (RFC 5280 §4.2.1.10). With `asServer` so does a host or an address in any common
 * name of a certificate without alternative ones of the kind, since there are clients that still fall back to one of them,
 * be it the first or the last.
 */
function constrainedNames(certificate: Certificate, asServer: boolean): ConstrainedName[] {
  const { subject } = certificate
  const alternative = readExtension(certificate, 'subjectAltName') ?? []
  const names: ConstrainedName[] = [...alternative, ...alternative.flatMap(mailbox)]
  if (subject.rdns.length > 0) names.push({ kind: 'directoryName', name: subject })
  for (const value of nameValues(subject, 'emailAddress')) names.push({ kind: 'rfc822Name', value, anyCase: true })
  if (!asServer) return names
  const named = new Set(alternative.map(({ kind }) => kind))
  for (const value of nameValues(subject, 'commonName')) {
    // As checkHostName has it: what is an address is no host.
    if (addressOf(value)) {
      if (!named.has('iPAddress')) names.push({ kind: 'iPAddress', value })
    } else if (!named.has('dNSName') && value.includes('.') && hostOf(value.replace(/^\*\./, ''))) {
      names.push({ kind: 'dNSName', value })
    }
  }
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
