import type { Intent } from '../../src/core/issuance/intent.ts'
import { applicantOwner } from '../../src/core/owner.ts'
import type { Stores } from '../../src/core/work.ts'
import type { CodedTable } from '../../src/store/codes/coded-columns.ts'
import * as sample from '../../src/store/testing/samples.ts'

const { NOW, PRODUCTION, AT_OURS, day } = sample
const ADA = { id: 'ada', name: 'Ada' }
const BOB = { id: 'bob', name: 'Bob' }
const confirmation = { asked: ADA, given: { at: day(1), ...BOB } }

const intent: Intent = {
  ...{ id: 'intent', ...AT_OURS, service: 'mail', authority: 'machines', signerKey: 'production-machines' },
  ...{ certificate: 'ws-1', profile: 'workstation', tbs: new Uint8Array([0x30, 0x00]), subjectKeyId: 'key of ws-1' },
  ...{ purpose: { kind: 'certificate', owner: applicantOwner('applicant'), request: 1 }, createdAt: NOW },
}

/** Rows of each table that has codes, in which each column that a code covers holds something at least once; and a line of the log. */
export async function fill(stores: Stores): Promise<void> {
  await sample.stage(stores)
  await stores.organisations.insert(
    sample.organisation('siren', { siren: '732829320', nameSuffixes: ['siren.example', 'siren.test'] }),
  )
  await stores.services.insert(sample.service('mail', 'ours'))
  await stores.services.insert(sample.service('gone', 'ours', { closedAt: day(2) }))
  await stores.people.insert(
    sample.person('bob', { organisation: 'ours', invitedWith: 'way', lastSignInAt: day(1), language: 'en' }),
  )
  await stores.grants.insert(
    sample.grant('his', 'bob', {
      ...{ role: 'manager', place: { kind: 'service', id: 'mail', organisation: 'ours' }, until: day(9) },
      ...{ givenBy: { kind: 'person', ...ADA }, givenWith: 'way', confirmation },
    }),
  )
  await stores.grants.end(PRODUCTION, 'his', { at: day(3), by: ADA })
  await stores.invitations.insert(sample.invitation('link', 'ada'))
  await stores.invitations.insert(
    sample.invitation('spent', 'bob', {
      madeBy: ADA,
      madeWith: 'way',
      adds: 'laptop',
      addsAtMost: 'high',
      confirmation,
    }),
  )
  await stores.invitations.spend(PRODUCTION, 'spent', { at: NOW, for: 'a key', made: 'added' })
  await stores.credentials.insert(sample.credential('way', 'ada', { certificate: 'way', lastUsedAt: day(1) }))
  await stores.credentials.insert(
    sample.credential('added', 'bob', {
      ...{ certificate: 'added', name: 'laptop', madeWith: 'way', ended: { at: day(2), reason: 'replaced' } },
    }),
  )
  await stores.credentials.insert(
    sample.credential('mailed', 'bob', { kind: 'link', strength: 'low', expiresAt: day(1) }),
  )
  await stores.sessions.insert(sample.session('session', 'ada'))
  await stores.sessions.insert(sample.session('over', 'bob'))
  await stores.sessions.end(PRODUCTION, 'over', day(0.1), 'signed_out')
  await stores.kits.insert(
    sample.kit('whole', {
      service: 'mail',
      standingApproval: true,
      usesMade: 1,
      standingEndedAt: day(2),
      confirmation,
    }),
  )
  await stores.kits.withdraw(PRODUCTION, 'whole', day(4))
  await stores.intents.insert(intent)
  await stores.settings.set('nonce-key', 'this desk')
  const list = { number: 1, thisUpdate: NOW, nextUpdate: day(7), entries: 0, covers: 0 }
  await stores.crls.insert({ authority: 'machines', ...list, der: new Uint8Array([0x30, 0x00]) })
  const told = { to: { kind: 'person', id: 'ada' }, until: day(1), what: '{}', at: NOW } as const
  await stores.deliveries.append({ channel: 'webhook', id: 'told', ...AT_OURS, ...told })
  await stores.audit.append({
    ...{
      ...AT_OURS,
      at: NOW,
      action: 'request.rejected',
      outcome: 'done',
      facts: { reason: 'known to nobody', number: 1 },
    },
    actor: { kind: 'person', id: 'ada', name: 'Ada', from: '192.0.2.1' },
    target: { kind: 'request', id: '1', name: 'ws-1' },
  })
}

type Row = Readonly<Record<string, unknown>>

/** What the rules are given of a row, by the way of each store. */
export const seen: Readonly<Record<CodedTable, (stores: Stores, row: Row) => Promise<unknown>>> = {
  organisation: ({ organisations }, { id }) => organisations.find(PRODUCTION, String(id)),
  service: ({ services }, { id }) => services.find(PRODUCTION, String(id)),
  person: ({ people }, { id }) => people.find(PRODUCTION, String(id)),
  person_grant: ({ grants }, { id }) => grants.find(PRODUCTION, String(id)),
  invitation: ({ invitations }, { hash }) => invitations.findByHash(String(hash)),
  credential: ({ credentials }, { id }) => credentials.find(PRODUCTION, String(id)),
  // Whoever is named in it is there, and nobody is missed.
  inventory: async ({ grants, credentials }, { kind, owner, environment }) => {
    if (kind === 'credentials') return (await credentials.everyOf(PRODUCTION, String(owner))).isWhole
    const { lost } = await grants.administrators({ environment } as typeof PRODUCTION)
    return lost === 0
  },
  session: ({ sessions }, { id }) => sessions.find(PRODUCTION, String(id)),
  kit: ({ kits }, { id }) => kits.findForApplicant(String(id)),
  authority: ({ authorities }, { id }) => authorities.find(String(id)),
  intent: ({ intents }, { id }) => intents.find(String(id)),
  setting: ({ settings }, { key }) => settings.get(String(key)),
  crl: ({ crls }, { authority }) => crls.newest(String(authority)),
  delivery: ({ deliveries }, { number }) => deliveries.find(PRODUCTION, Number(number)),
}
