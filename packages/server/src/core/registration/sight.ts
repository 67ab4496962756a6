import { refuse } from '@scel/contract/errors'
import { toBase64Url, utf8 } from '@scel/pki/bytes'
import type { PersonActor } from '../actor.ts'
import { sha256 } from '../hash.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { type Finding, findingsFor } from './finding.ts'
import { certifiedElsewhere, isNameFinding } from './name-conflicts.ts'
import type { Request, RequestChange } from './request.ts'

// What somebody saw of a request when they decided. They are shown it with a mark, which stands for all of it, and send the
// mark back with their decision: whoever writes the database between the sight and the click changes what no longer fits it.
//
//   SHA-256 of what was asked for, as it is read and will be signed · “.” · SHA-256 of the certificates that others have

/** What of a request never changes after its submission: a new column of it must be placed here. */
type Asked = Readonly<Record<Exclude<keyof Request, keyof RequestChange>, unknown>>

/**
 * All that is decided on, in one text that no other request has: what the certificate will say and by which profile, whose it is,
 * and what of it this person reads. What others ask for and have may change meanwhile, and has a part of the mark of its own.
 */
export function sightOf(actor: PersonActor, request: Request, profiles: Profiles): string {
  const asked: Asked = {
    number: request.number,
    environment: request.environment,
    organisation: request.organisation,
    service: request.service,
    profile: request.profile,
    store: request.store,
    commonName: request.commonName,
    subjectKey: request.subjectKey,
    subject: toBase64Url(request.subject),
    names: request.names,
    csr: toBase64Url(request.csr),
    key: request.key,
    owner: request.owner,
    askedBy: request.askedBy,
    machine: request.machine,
    contact: request.contact,
    from: request.from,
    origin: request.origin,
    findings: findingsFor(
      actor,
      profiles,
      request.findings.filter((finding) => !isNameFinding(finding)),
    ),
    choices: request.choices,
    readUnder: request.readUnder,
    submittedAt: request.submittedAt,
    unreadable: request.unreadable,
  }
  return JSON.stringify([asked, profiles.find(request.profile)])
}

/** @param findings of the request, those of names as they are now */
export const markOf = async (sight: string, findings: readonly Finding[]): Promise<string> =>
  `${await sha256(utf8(sight))}.${await certifiedMark(findings)}`

/**
 * Whether this is what they saw.
 * @returns the certificates of others that they saw, for `requireSeen` in the unit that decides
 * @throws DeskError request_changed_since
 */
export async function requireMark(
  mark: string,
  { number }: Request,
  sight: string,
  findings: readonly Finding[],
): Promise<readonly string[]> {
  const [asked, certified] = mark.split('.')
  if (asked !== (await sha256(utf8(sight)))) refuse('request_changed_since', { request: number })
  return certified === (await certifiedMark(findings)) ? certifiedElsewhere(findings) : []
}

/**
 * Of two who approve the same name, the second learns of the first before the certificate is issued. Certificates that
 * others had and have no more stop nobody; nor do requests of others: whoever likes could make them.
 * @param seen certificates of others that the actor knew of
 * @throws DeskError names_certified_since
 */
export function requireSeen(request: number, findings: readonly Finding[], seen: readonly string[]): void {
  const unseen = findings.filter((one) => certifiedElsewhere([one]).some((certificate) => !seen.includes(certificate)))
  if (unseen.length === 0) return
  const names = new Set(unseen.map(({ facts }) => facts.name))
  refuse('names_certified_since', { request, names: [...names].join(', ') })
}

/** Ids of certificates are random: nobody reads out of it whose they are. */
const certifiedMark = (findings: readonly Finding[]): Promise<string> =>
  sha256(utf8(certifiedElsewhere(findings).join()))
