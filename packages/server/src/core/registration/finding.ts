import type { FindingCode, ProfileName } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { reachesProfile } from '../profiles/seen.ts'
import { reachOf, scopeFor } from '../rights/rights.ts'
import { reaches } from '../scope.ts'

/** What a check of a request found; the edge puts it in words. */
export interface Finding {
  readonly code: FindingCode
  readonly level: 'good' | 'notice' | 'warning'
  readonly facts: Readonly<Record<string, string | number>>
  /** Whom the facts tell of, when that is somebody else than the applicant. */
  readonly of?: FindingOf
}

export interface FindingOf {
  /** Id of the organisation; undefined when it has none. */
  readonly organisation?: string
  /** Id of the one of its services that it is of, where that is known. */
  readonly service?: string
  /** Of what was asked for, or certified. */
  readonly profile?: ProfileName
  /** Id of the certificate, issued or about to be, that a name belongs to. */
  readonly certificate?: string
  /** That there is something is told only to who may read what. */
  readonly closed?: true
}

/**
 * The findings as this person may read them. A manager’s world ends at what managers see of their organisations: of what
 * lies beyond they learn that it is there, and not whose it is.
 */
export const findingsFor = (actor: PersonActor, profiles: Profiles, findings: readonly Finding[]): Finding[] =>
  findings.flatMap((finding) => (mayRead(actor, profiles, finding.of) ? finding : hidden(finding)))

/** The findings as the applicant may read them: of others, that there is something, and nothing of what it is. */
export const findingsForApplicant = (findings: readonly Finding[]): Finding[] =>
  findings.flatMap((finding) => (finding.of ? hidden(finding) : finding))

function mayRead(actor: PersonActor, profiles: Profiles, of: FindingOf | undefined): boolean {
  if (of === undefined || reachOf(actor, 'read_requests') === 'environment') return true
  const seen = of.profile !== undefined && reachesProfile(actor, 'read_requests', profiles, of.profile)
  return seen && reaches(scopeFor(actor, 'read_requests'), { ...of, environment: actor.environment })
}

/** The name itself is the applicant’s own: they asked for it. */
function hidden({ code, level, facts, of }: Finding): Finding | [] {
  if (of?.closed) return []
  return { code, level, facts: { ...(facts.name === undefined ? {} : { name: facts.name }), shown: 'no' } }
}
