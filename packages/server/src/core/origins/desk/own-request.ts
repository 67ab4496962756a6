import { nameKey } from '@scel/contract/letters'
import { nameValue } from '@scel/pki/x509'
import type { OwnOrder } from '../../authorities/own-order.ts'
import type { ProvenCsr } from '../../issuance/csr.ts'
import { THE_DESK } from '../../owner.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import type { NewRequest } from '../../registration/request.ts'
import type { Instant } from '../../world.ts'

/** The desk's own request for what it needs. */
export function ownRequest(
  { authority, profile, subject, names = [] }: OwnOrder,
  csr: ProvenCsr,
  { deskName, at }: { readonly deskName: string; readonly at: Instant },
  readUnder: ReadUnder,
): NewRequest {
  const commonName = nameValue(subject, 'commonName') ?? ''
  const wish = {
    environment: authority.environment,
    profile: profile.name,
    origin: { kind: 'desk', id: THE_DESK.id, name: deskName, of: undefined },
    owner: THE_DESK,
    key: csr.key,
  } as const
  return {
    ...wish,
    state: 'pending',
    askedBy: undefined,
    commonName,
    subjectKey: nameKey(commonName),
    subject: subject.der,
    names: [...names],
    csr: csr.der,
    from: '',
    findings: [
      { code: 'possession_proved', level: 'good', facts: {} },
      { code: 'key_allowed', level: 'good', facts: { key: csr.spec } },
    ],
    readUnder: readUnder.of(wish, profile),
    submittedAt: at,
  }
}
