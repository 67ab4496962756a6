import type { Kit } from '../../kits/kit.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import { applicantOwner } from '../../owner.ts'
import { KIT_FAMILIES } from '../../profiles/for-kits.ts'
import type { Ground } from '../../registration/origin.ts'
import { layDown } from '../../registration/wish.ts'

/**
 * What a kit lays down for whoever asks with it.
 * @param applicant thumbprint of their key, hex
 */
export function groundOf(kit: Kit, organisation: Organisation, applicant: string): Ground {
  const { environment, profile, store, keys, service } = kit
  const laidDown = { profile, families: KIT_FAMILIES, keys }
  return {
    organisation,
    ...(service === undefined ? {} : { service }),
    ...laidDown,
    wish: (profiles, csr) => {
      const by = { environment, store, owner: applicantOwner(applicant) }
      const origin = { kind: 'kit', id: kit.id, name: kit.name, of: undefined } as const
      return layDown(csr, { ...by, ...laidDown, origin, organisation, service }, profiles)
    },
  }
}
