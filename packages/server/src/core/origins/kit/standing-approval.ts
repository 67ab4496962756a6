import type { Environment } from '@scel/contract/values'
import { awaits } from '../../confirming/confirmation.ts'
import { certificateOf } from '../../credentials/certificate/certificate-of.ts'
import type { Kit } from '../../kits/kit.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { namesNobody } from '../../registration/contested-key.ts'
import type { Finding } from '../../registration/finding.ts'
import type { History } from '../../registration/history.ts'
import { isOwn } from '../../registration/own-interest.ts'
import type { NewRequest } from '../../registration/request.ts'
import { isCompromise, type Mark } from '../../revocation/compromise.ts'
import type { Scope } from '../../scope.ts'
import type { Readers } from '../../work.ts'

export type Withheld =
  | 'profile'
  | 'rules'
  | 'own'
  | 'maker'
  | 'made_with'
  | 'unconfirmed'
  | 'revoked'
  | 'compromised'
  | 'conflict'
  | 'not_bound'

export interface StandingKit {
  readonly kit: Kit
  /** Whether a kit that is made now would lay down the same: somebody decided beforehand about what this one says, and about nothing else. */
  readonly sameRules: boolean
}

export interface StandingNeeds {
  readonly profiles: Profiles
  /** Ids of those who are active; given from above, because what brings requests knows no rules of people. */
  readonly administrators: (stores: Readers, environment: Environment) => Promise<readonly string[]>
}

/**
 * Why a kit's standing approval does not decide this request; undefined when it does. It is a decision in its maker's
 * name, so what would stop them stops it, and whatever needs somebody to look is left to somebody. What the profile says of it
 * now counts, not what it said when the kit was made.
 */
export async function withholds(
  stores: Readers,
  { profiles, administrators }: StandingNeeds,
  { kit, sameRules }: StandingKit,
  request: NewRequest,
  history: History,
): Promise<Withheld | undefined> {
  if (!profiles.find(kit.profile)?.standingApproval) return 'profile'
  if (!sameRules) return 'rules'
  if (awaits(kit)) return 'unconfirmed'
  const scope = { environment: kit.environment }
  const maker = await stores.people.find(scope, kit.createdBy.id)
  if (!maker || !(await administrators(stores, kit.environment)).includes(maker.id)) return 'maker'
  const keys = await stores.certificates.keysOfPerson(scope, maker.id)
  if (isOwn({ ...maker, keys }, request)) return 'own'
  // What they signed in with was somebody else's, perhaps when the kit was made: who made it, nobody can say.
  if ((await stores.compromises.among([makerMark(kit)])).length > 0) return 'made_with'
  if (!(await stayedTheirs(stores, scope, kit.createdWith))) return 'made_with'
  if (history.revoked) return 'revoked'
  if (history.compromised) return 'compromised'
  if (history.conflict) return 'conflict'
  return namesNobody(request) ? 'not_bound' : undefined // anybody who read it may have sent it
}

/** Nor does it take a mark to know: what it was made with says of itself why it ended. What something else took the place of was theirs. */
async function stayedTheirs(stores: Readers, scope: Scope, id: string): Promise<boolean> {
  const credential = await stores.credentials.find(scope, id)
  if (!credential) return false
  const { certificate: of, ended } = credential
  if (of === undefined) return ended === undefined || ended.reason === 'replaced'
  const certificate = await certificateOf(stores, credential)
  return certificate !== undefined && !(certificate.revoked && isCompromise(certificate.revoked.reason))
}

const makerMark = ({ createdWith }: Kit): Mark => ({ kind: 'credential', value: createdWith })

/** Why it is withheld is not told to who may not read what it is about. */
export const withheldFinding = (why: Withheld, { compromisedOf }: History): Finding => ({
  code: 'kit_standing_approval_withheld',
  level: 'warning',
  facts: { why },
  ...(why === 'compromised' && compromisedOf ? { of: compromisedOf } : {}),
})
