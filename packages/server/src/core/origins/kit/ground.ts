import { refuse } from '@scel/contract/errors'
import type { ProvenCsr } from '../../issuance/csr.ts'
import type { Kit } from '../../kits/kit.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import { applicantOwner, type Owner } from '../../owner.ts'
import { type Profiles, requireProfile } from '../../profiles/profiles.ts'
import { checkBinding } from '../../registration/binding.ts'
import type { Ground } from '../../registration/origin.ts'
import { grant } from '../../registration/subject.ts'
import type { Wish } from '../../registration/wish.ts'
import { profileRefusal } from './profile-refusal.ts'

/**
 * What a kit lays down for whoever asks with it.
 * @param applicant thumbprint of their key, hex
 */
export const groundOf = (kit: Kit, organisation: Organisation, applicant: string): Ground => ({
  organisation,
  profile: kit.profile,
  keys: kit.keys,
  unfit: (profiles, csr) => profileRefusal(profiles, kit, csr),
  wish: (profiles, csr) => wishOf(csr, applicantOwner(applicant), { kit, organisation }, profiles),
})

interface Rules {
  readonly kit: Kit
  readonly organisation: Organisation
}

function wishOf(csr: ProvenCsr, owner: Owner, { kit, organisation }: Rules, profiles: Profiles): Wish {
  const unfit = profileRefusal(profiles, kit, csr)
  if (unfit) refuse(unfit.code, unfit.facts)
  if (csr.key === owner.id) refuse('csr_key_weak', { what: 'applicant key' })
  const binding = checkBinding(csr.request, owner.id)
  const granted = grant(csr.request, requireProfile(profiles, kit.profile), organisation)
  return {
    environment: kit.environment,
    organisation: organisation.id,
    profile: kit.profile,
    store: kit.store,
    commonName: granted.commonName,
    subjectKey: granted.subjectKey,
    subject: granted.subject.der,
    names: granted.names,
    csr: csr.der,
    key: csr.key,
    owner,
    origin: { kind: 'kit', id: kit.id, name: kit.name },
    findings: [
      { code: 'possession_proved', level: 'good', facts: {} },
      { code: 'key_allowed', level: 'good', facts: { key: csr.spec } },
      binding,
      ...granted.findings,
    ],
  }
}
