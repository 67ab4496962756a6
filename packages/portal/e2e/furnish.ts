import type { Me, Role } from '@scel/contract/values'
import * as answers from './answers.ts'
import { type MockDesk, Refused } from './mock-desk.ts'

/** Fills a mock desk with a working day. */
export function furnish(
  desk: MockDesk,
  environment: Me['environment'] = 'production',
  role: Role = 'administrator',
): void {
  const { requests, certificates, organisations, people, kits, audit } = answers
  desk.answer('describeDesk', () => answers.desk)
  desk.answer('me', () => answers.meOf(environment, role))
  desk.answer('signOut', () => ({ ok: true }))
  desk.answer('listRequests', ({ query }) => {
    const state = query.get('state')
    const search = query.get('search')?.toLowerCase() ?? ''
    const items = requests
      .filter((one) => !state || one.state === state)
      .filter((one) => `${one.number} ${one.hostName} ${one.commonName}`.toLowerCase().includes(search))
    return { items, pending: 3, ...(state || search ? {} : { next: 'more' }) }
  })
  desk.answer(
    'getRequest',
    ({ params, french }) => answers.requestDetail(Number(params.number), french) ?? missing(french),
  )
  desk.answer('listProfiles', () => ({
    items: answers.profiles.filter(({ managers }) => role !== 'manager' || managers),
  }))
  desk.answer('listCertificates', ({ query }) => ({
    items: query.get('profile') === 'time-stamping' ? answers.stampCertificates : certificates,
  }))
  desk.answer('getCertificate', ({ params, french }) => answers.certificateDetail(params.id ?? '') ?? missing(french))
  desk.answer('listOrganisations', () => ({ items: organisations }))
  desk.answer(
    'getOrganisation',
    ({ params, french }) => organisations.find(({ id }) => id === params.id) ?? missing(french),
  )
  desk.answer('listServices', ({ params }) => ({
    items: answers.services.filter(({ organisation }) => organisation === params.id),
  }))
  desk.answer('listPeople', () => ({ items: people }))
  desk.answer('getPerson', ({ params, french }) => people.find(({ id }) => id === params.id) ?? missing(french))
  desk.answer('listKits', () => ({ items: kits }))
  desk.answer('getKit', ({ params, french }) => kits.find(({ id }) => id === params.id) ?? missing(french))
  desk.answer('listBlockedApplicants', () => ({ items: answers.blockedKeys }))
  desk.answer('listMadeWith', () => answers.madeWith)
  desk.answer('listAuthorities', () => answers.authorities)
  desk.answer('listAudit', () => ({ items: audit }))
  desk.answer('readLogHead', () => answers.logHead)
  desk.answer('listDeliveries', () => answers.deliveries)
  desk.answer('listSessions', () => answers.sessions)
  desk.answer('listCredentials', () => answers.credentials)
  desk.answer('listCredentialsOf', () => answers.credentials)
  desk.answer('inspectSignInLink', () => answers.signInLink)
  desk.answer('inspectInvitation', ({ body }) => {
    const { token } = body as { token: string }
    return token === answers.UNNAMED_TOKEN ? answers.unnamedInvitation : answers.invitation
  })
}

/** Leaves every list empty, as on the first day. */
export function empty(desk: MockDesk): void {
  desk.answer('listRequests', () => ({ items: [], pending: 0 }))
  for (const list of [
    'listCertificates',
    'listOrganisations',
    'listPeople',
    'listKits',
    'listAudit',
    'listDeliveries',
  ] as const) {
    desk.answer(list, () => ({ items: [] }))
  }
  desk.answer('listBlockedApplicants', () => ({ items: [] }))
  desk.answer('readLogHead', () => ({ waiting: 0, pushed: [] }))
}

function missing(french: boolean): never {
  throw new Refused({
    code: 'not_found',
    status: 404,
    detail: french
      ? 'Cela n’existe pas, ou ne vous est pas accessible.'
      : 'This does not exist, or is not yours to see.',
    hint: french ? 'Vérifiez l’adresse, ou revenez à la liste.' : 'Check the address, or go back to the list.',
  })
}
