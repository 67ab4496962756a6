import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { after, before, test } from 'node:test'
import * as contract from '@scel/contract/routes'
import type { AuditEvent, Reach, Right } from '@scel/contract/values'
import type { Granted, PersonActor } from '../../core/actor.ts'
import { isOfOwn, reachOf } from '../../core/rights/rights.ts'
import { STRENGTHS } from '../../core/rights/table.ts'
import {
  type Answer,
  type Applicant,
  acceptInvitation,
  approve,
  call,
  cookieOf,
  enrolMachine,
  expectOk,
  type Furnished,
  furnish,
  type Machine,
  makeApplicant,
  makeCredential,
  makeKit,
  NO_MARK,
  signIn,
  startDesk,
  type TestDesk,
  type Visitor,
  visitorOf,
  workstationName,
} from '../../testing/index.ts'
import type { RouteName } from './handlers.ts'

// The matrix of rights: every route of the contract, asked by every kind of caller, about a thing that is there. The
// answer is the one that stands in the line and no other. "There is no such thing" counts as a refusal only where the
// line says so by name, which is where scope hides it. A route that the contract gets has no line here and fails.

/**
 * Those who are signed in. The manager is of the post, whose things are asked about; the foreign one is of the bank, and `both` of the one and
 * the other. `part` is a manager of one service of the post alone, its mail, and `sibling` of another one. `ended` was a manager of the post.
 */
const WHO = ['administrator', 'auditor', 'manager', 'part', 'sibling', 'foreign', 'both', 'ended', 'tester'] as const
type Who = (typeof WHO)[number]

interface Asked {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: string
  readonly body?: unknown
}

interface Line {
  /** Makes the thing, anew for every call, and says how it is asked for. */
  readonly of: (who: Who) => Promise<Asked> | Asked
  /**
   * Where it is: `environment`, what everybody has who has the right; `post`, of the post and of none of its services; `mail`, of that
   * service of the post; `postOrPart`, of the post, and there for whoever has to do with any service of it; `postAboveManagers`, of the post and none
   * of any manager's business; `ofManager`, the same, and the manager's own; `nowhere`, nothing.
   */
  readonly at: 'ofManager' | 'environment' | 'post' | 'mail' | 'postOrPart' | 'postAboveManagers' | 'nowhere'
  /** Those who are answered otherwise for another reason than their rights. */
  readonly except?: Readonly<Partial<Record<Who, string>>>
  /** Of a list: what stands in it for those who reach where it is, and for nobody else; by a right, where the route itself asks for none. */
  readonly shows?: readonly [
    what: () => string,
    at: Line['at'] | 'everywhere' | 'aboveManagers' | 'manager',
    by?: Right,
  ]
}

type PersonRoute = {
  [N in RouteName]: (typeof contract)[N]['access'] extends { readonly kind: 'person' } ? N : never
}[RouteName]

const DONE = '200'
const NO = '403 not_allowed'
const HIDDEN = '404 not_found'
/** Nothing is there: whoever may not ask is refused before that is looked at, so that they learn nothing by it. */
const NOWHERE: Asked = { params: { id: 'A'.repeat(22), number: 999_999 }, body: { reason: 'superseded' } }
/** The mark of nothing that was ever shown. */
const UNSEEN = { mark: '0'.repeat(64) }
const NO_GRANT: Asked = { params: { id: 'A'.repeat(22), grant: 'A'.repeat(22) } }

const GRANTS: Readonly<Record<Who, readonly Granted[]>> = {
  administrator: [{ id: 'a', role: 'administrator' }],
  auditor: [{ id: 'a', role: 'auditor' }],
  manager: [{ id: 'a', role: 'manager', organisation: 'post' }],
  part: [{ id: 'a', role: 'manager', service: { id: 'mail', organisation: 'post' } }],
  sibling: [{ id: 'a', role: 'manager', service: { id: 'parcels', organisation: 'post' } }],
  foreign: [{ id: 'a', role: 'manager', organisation: 'bank' }],
  both: ['bank', 'post'].map((organisation) => ({ id: organisation, role: 'manager', organisation })),
  ended: [],
  tester: [{ id: 'a', role: 'administrator' }],
}

/** Whether somebody's right reaches what is there; what takes no right is everybody's who may be asked about it. */
function reaches(who: Who, right: Right | undefined, at: NonNullable<Line['shows']>[1]): boolean {
  const reach = right && reachOf({ grants: GRANTS[who] }, right)
  if (right && reach === undefined) return false
  switch (at) {
    case 'nowhere':
      return false
    case 'everywhere':
      return true
    case 'manager':
      return who === 'manager'
    case 'aboveManagers':
      return reach === 'environment'
    case 'environment':
      return who !== 'tester'
    case 'post':
      return who !== 'tester' && (!ends(reach) || isManager(who))
    case 'mail':
      return who !== 'tester' && (!ends(reach) || isManager(who) || who === 'part')
    case 'postOrPart':
      return who !== 'tester' && (!ends(reach) || isManager(who) || who === 'part' || who === 'sibling')
    case 'postAboveManagers':
      return who !== 'tester' && reach === 'environment'
    case 'ofManager':
      return (
        who !== 'tester' && (reach === 'environment' || (who === 'manager' && right !== undefined && isOfOwn(right)))
      )
  }
}

const ends = (reach: Reach | undefined): boolean => reach !== undefined && reach !== 'environment'
const isManager = (who: Who): boolean => GRANTS[who].some(({ organisation }) => organisation === 'post')

/** What follows from the table of rights and from where the thing is. */
function answerFor(who: Who, { access }: contract.Route, { at, except = {} }: Line): string {
  const asked = except[who]
  if (asked) return asked
  const right = access.kind === 'person' ? access.right : undefined
  if (right && reachOf({ grants: GRANTS[who] }, right) === undefined) return NO
  return at === 'environment' || reaches(who, right, at) ? DONE : HIDDEN
}

const nothing = (): Asked => ({})

const LINES: Readonly<Record<PersonRoute, readonly Line[]>> = {
  listOrganisations: [{ of: nothing, at: 'environment', shows: [() => people.post.id, 'postOrPart'] }],
  getOrganisation: [{ of: () => ({ params: { id: people.post.id } }), at: 'postOrPart' }],
  createOrganisation: [
    {
      of: () => ({ body: { code: unique('O'), name: 'An organisation', country: 'FR' } }),
      at: 'environment',
    },
  ],
  setOrganisationNames: [
    {
      of: () => ({ params: { id: people.post.id }, body: { nameSuffixes: ['example.net', 'post.example'] } }),
      at: 'post',
    },
  ],

  listServices: [
    { of: () => ({ params: { id: people.post.id } }), at: 'postOrPart', shows: [() => mail, 'mail'] },
    { of: () => NOWHERE, at: 'nowhere' },
  ],
  makeService: [
    { of: () => ({ params: { id: people.post.id }, body: { name: unique('Service ') } }), at: 'post' },
    { of: () => ({ ...NOWHERE, body: { name: 'Mail' } }), at: 'nowhere' },
  ],
  // Nobody keeps the service that they are granted for.
  renameService: [
    {
      of: () => ({ params: { id: people.post.id, service: mail }, body: { name: unique('Mail ') } }),
      at: 'post',
    },
    { of: () => ({ params: { id: people.bank.id, service: mail }, body: { name: 'Mail' } }), at: 'nowhere' },
  ],
  closeService: [
    { of: async () => ({ params: { id: people.post.id, service: await newService() } }), at: 'post' },
    { of: () => ({ params: { id: people.post.id, service: NOWHERE.params!.id! } }), at: 'nowhere' },
  ],

  listKits: [
    { of: nothing, at: 'environment', shows: [() => mailKit.kit.id, 'mail'] },
    { of: nothing, at: 'environment', shows: [() => people.post.kit.kit.id, 'post'] },
    { of: nothing, at: 'environment', shows: [() => serverKits.get('post')!.kit.id, 'postAboveManagers'] },
  ],
  createKit: [
    { of: () => ({ body: kitOf(people.post.id) }), at: 'post' },
    {
      of: () => ({ body: { ...kitOf(people.post.id), profile: 'server', store: 'machine' } }),
      at: 'post',
    },
    { of: () => ({ body: { ...kitOf(people.post.id), standingApproval: true } }), at: 'post' },
    { of: () => ({ body: { ...kitOf(people.post.id), service: mail } }), at: 'mail' },
  ],
  withdrawKit: [
    {
      of: async () => ({ params: { id: (await makeKit(people.administrator, people.post.id)).kit.id } }),
      at: 'post',
    },
  ],

  getKit: [
    { of: () => ({ params: { id: mailKit.kit.id } }), at: 'mail' },
    { of: () => ({ params: { id: people.post.kit.kit.id } }), at: 'post' },
    { of: () => ({ params: { id: serverKits.get('post')!.kit.id } }), at: 'postAboveManagers' },
  ],
  endStandingApproval: [
    {
      of: async () => {
        const changes = { standingApproval: true, service: mail }
        const { kit } = await makeKit(people.administrator, people.post.id, changes)
        return { params: { id: kit.id } }
      },
      at: 'mail',
    },
    {
      of: async () => {
        const { kit } = await makeKit(people.administrator, people.post.id, { standingApproval: true })
        return { params: { id: kit.id } }
      },
      at: 'post',
    },
  ],
  rejectRequestsOfKit: [
    { of: () => ({ params: { id: mailKit.kit.id }, body: { reason: 'a flood' } }), at: 'mail' },
    {
      of: async () => ({
        params: { id: (await makeKit(people.administrator, people.post.id)).kit.id },
        body: { reason: 'a flood' },
      }),
      at: 'post',
    },
    {
      of: () => ({ params: { id: serverKits.get('post')!.kit.id }, body: { reason: 'a flood' } }),
      at: 'postAboveManagers',
    },
  ],
  // A key is blocked for the whole organisation, which takes a right for all of it.
  blockApplicant: [
    { of: async () => ({ params: { applicant: await applicantOf('mail') }, body: { reason: 'stolen' } }), at: 'post' },
    {
      of: async () => ({ params: { applicant: await applicantOf('workstation') }, body: { reason: 'stolen' } }),
      at: 'post',
    },
    {
      of: async () => ({ params: { applicant: await applicantOf('server') }, body: { reason: 'stolen' } }),
      at: 'postAboveManagers',
    },
  ],
  liftApplicant: [
    {
      of: () => blockedOf('administrator'),
      at: 'postAboveManagers',
    },
    {
      of: () => blockedOf('manager'),
      at: 'post',
    },
  ],
  listBlockedApplicants: [
    { of: nothing, at: 'environment', shows: [() => byAdministrator, 'postAboveManagers'] },
    { of: nothing, at: 'environment', shows: [() => byManager, 'post'] },
  ],

  listPeople: [{ of: nothing, at: 'environment', shows: [() => people.post.id, 'postAboveManagers'] }],
  invitePerson: [
    {
      of: () => ({ body: { name: 'X', email: `${unique('x')}@example.org`, role: 'auditor' } }),
      at: 'environment',
    },
    {
      of: () => ({ body: { name: 'X', email: `${unique('x')}@example.org`, role: 'administrator' } }),
      at: 'environment',
    },
    {
      of: () => ({
        body: { name: 'X', email: `${unique('x')}@example.org`, role: 'manager', organisation: people.post.id },
      }),
      at: 'post',
    },
  ],
  renewInvitation: [
    { of: async () => ({ params: { id: await somebody('auditor') } }), at: 'post' },
    { of: async () => ({ params: { id: await somebody('administrator') } }), at: 'post' },
  ],
  disablePerson: [{ of: async () => ({ params: { id: await somebody('auditor') } }), at: 'post' }],

  getPerson: [{ of: async () => ({ params: { id: await somebody('auditor') } }), at: 'post' }],
  giveGrant: [
    {
      of: async () => ({ params: { id: await somebody('auditor') }, body: { ...managing('post'), service: mail } }),
      at: 'post',
    },
    { of: async () => ({ params: { id: await somebody('auditor') }, body: managing('post') }), at: 'post' },
    { of: async () => ({ params: { id: await somebody('auditor') }, body: { role: 'administrator' } }), at: 'post' },
    { of: () => ({ ...NOWHERE, body: { role: 'auditor' } }), at: 'nowhere' },
  ],
  endGrant: [
    { of: () => granted('auditor'), at: 'post' },
    { of: () => granted('administrator'), at: 'post' },
    { of: () => NO_GRANT, at: 'nowhere' },
  ],
  confirmGrant: [
    { of: waitingGrant, at: 'post' },
    { of: () => ({ ...NO_GRANT, body: UNSEEN }), at: 'nowhere' },
  ],
  refuseGrant: [
    { of: waitingGrant, at: 'post' },
    { of: () => ({ ...NO_GRANT, body: UNSEEN }), at: 'nowhere' },
  ],

  // The one who asks is another administrator: where there is one alone, nothing waits.
  confirmInvitation: [
    { of: waitingPerson, at: 'post' },
    { of: () => ({ ...NOWHERE, body: UNSEEN }), at: 'nowhere' },
  ],
  refuseInvitation: [
    { of: waitingPerson, at: 'post' },
    { of: () => ({ ...NOWHERE, body: UNSEEN }), at: 'nowhere' },
  ],
  confirmKit: [
    { of: waitingKit, at: 'post' },
    { of: () => ({ ...NOWHERE, body: UNSEEN }), at: 'nowhere' },
  ],
  refuseKit: [
    { of: waitingKit, at: 'post' },
    { of: () => ({ ...NOWHERE, body: UNSEEN }), at: 'nowhere' },
  ],

  listRequests: [
    { of: () => ({ query: '?size=200' }), at: 'environment', shows: [() => `"number":${letter.number},`, 'mail'] },
    {
      of: () => ({ query: `?size=200&service=${mail}` }),
      at: 'environment',
      shows: [() => `"number":${machine.number},`, 'nowhere'],
    },
    {
      of: () => ({ query: '?size=200' }),
      at: 'environment',
      shows: [() => `"number":${machine.number},`, 'post'],
    },
    {
      of: () => ({ query: '?size=200' }),
      at: 'environment',
      shows: [() => `"number":${server.number},`, 'postAboveManagers'],
    },
  ],
  getRequest: [
    { of: async () => ({ params: { number: await pending('mail') } }), at: 'mail' },
    { of: async () => ({ params: { number: await pending('workstation') } }), at: 'post' },
    { of: async () => ({ params: { number: await pending('server') } }), at: 'postAboveManagers' },
    { of: async () => ({ params: { number: await requestOfManager() } }), at: 'ofManager' },
  ],
  // Nobody takes back what is not their own, whatever else they may do. That one's own is taken back: core/registration/own.test.ts.
  withdrawRequest: [
    { of: async () => ({ params: { number: await pending('workstation') } }), at: 'nowhere' },
    { of: () => NOWHERE, at: 'nowhere' },
  ],
  approveRequest: [
    { of: async () => marked(await pending('mail')), at: 'mail' },
    { of: async () => marked(await pending('workstation')), at: 'post' },
    { of: async () => marked(await pending('server')), at: 'postAboveManagers' },
    { of: () => ({ ...NOWHERE, query: `?mark=${NO_MARK}` }), at: 'nowhere' },
  ],
  rejectRequest: [
    { of: async () => ({ params: { number: await pending('mail') }, body: { reason: 'no' } }), at: 'mail' },
    {
      of: async () => ({ params: { number: await pending('workstation') }, body: { reason: 'no' } }),
      at: 'post',
    },
    {
      of: async () => ({ params: { number: await pending('server') }, body: { reason: 'no' } }),
      at: 'postAboveManagers',
    },
    { of: () => ({ ...NOWHERE, body: { reason: 'no' } }), at: 'nowhere' },
  ],

  // No one decides what they handed in themselves, nor need they: whoever has the right downloads it.
  handInRequest: [
    { of: () => fileOf('workstation'), at: 'post' },
    { of: () => fileOf('server'), at: 'postAboveManagers' },
    { of: () => fileOf('mail'), at: 'mail' },
  ],
  downloadRequest: [
    { of: async () => ({ params: { number: await approvedFile('workstation') } }), at: 'post' },
    { of: async () => ({ params: { number: await approvedFile('server') } }), at: 'postAboveManagers' },
    { of: async () => ({ params: { number: await approvedFile('mail') } }), at: 'mail' },
    {
      of: async () => ({ params: { number: (await issued('workstation')).number } }),
      at: 'post',
      except: {
        ...{ administrator: '409 request_by_applicant', manager: '409 request_by_applicant' },
        both: '409 request_by_applicant',
      },
    },
    { of: () => NOWHERE, at: 'nowhere' },
  ],

  listCertificates: [
    { of: () => ({ query: '?size=200' }), at: 'environment', shows: [() => letter.certificateId, 'mail'] },
    {
      of: () => ({ query: `?size=200&service=${mail}` }),
      at: 'environment',
      shows: [() => machine.certificateId, 'nowhere'],
    },
    {
      of: () => ({ query: '?size=200' }),
      at: 'environment',
      shows: [() => machine.certificateId, 'post'],
    },
    {
      of: () => ({ query: '?size=200' }),
      at: 'environment',
      shows: [() => server.certificateId, 'postAboveManagers'],
    },
    { of: () => ({ query: '?size=200' }), at: 'environment', shows: [() => managers, 'ofManager'] },
  ],
  getCertificate: [
    { of: () => ({ params: { id: letter.certificateId } }), at: 'mail' },
    { of: () => ({ params: { id: machine.certificateId } }), at: 'post' },
    { of: () => ({ params: { id: server.certificateId } }), at: 'postAboveManagers' },
    { of: () => ({ params: { id: managers } }), at: 'ofManager' },
  ],
  downloadCertificate: [
    { of: () => ({ params: { id: managers }, query: '?form=pem' }), at: 'ofManager' },
    { of: () => ({ params: { id: letter.certificateId }, query: '?form=pem' }), at: 'mail' },
    { of: () => ({ params: { id: machine.certificateId }, query: '?form=pem' }), at: 'post' },
    { of: () => ({ params: { id: server.certificateId }, query: '?form=pem' }), at: 'postAboveManagers' },
  ],
  revokeCertificate: [
    {
      of: async () => ({ params: { id: (await issued('mail')).certificateId }, body: { reason: 'superseded' } }),
      at: 'mail',
    },
    {
      of: async () => ({ params: { id: (await issued('workstation')).certificateId }, body: { reason: 'superseded' } }),
      at: 'post',
    },
    {
      of: async () => ({ params: { id: (await issued('server')).certificateId }, body: { reason: 'superseded' } }),
      at: 'postAboveManagers',
    },
    {
      of: async () => {
        const { certificate } = await person('auditor')
        return { params: { id: certificate }, body: { reason: 'superseded' } }
      },
      at: 'postAboveManagers',
    },
    { of: () => NOWHERE, at: 'nowhere' },
    // The desk's own, without which nobody could sign in to undo it.
    {
      of: () => ({ params: { id: desksOwn }, body: { reason: 'superseded' } }),
      at: 'postAboveManagers',
      except: { administrator: NO },
    },
  ],

  listMadeWith: [
    {
      of: () => ({ params: { id: managers } }),
      at: 'post',
    },
  ],

  // For files are judged by them.
  listAuthorities: [
    { of: nothing, at: 'environment', shows: [() => authority, 'environment'] },
    { of: nothing, at: 'environment', shows: [() => '"issued":', 'everywhere', 'read_authorities'] },
    { of: nothing, at: 'environment', shows: [() => '"ceremonies":', 'everywhere', 'read_authorities'] },
  ],
  downloadCrl: [{ of: () => ({ params: { id: authority } }), at: 'environment' }], // at the public door too
  listProfiles: [
    {
      of: nothing,
      at: 'environment',
      shows: [() => '"name":"workstation"', 'everywhere'],
    },
    { of: nothing, at: 'environment', shows: [() => '"name":"server"', 'aboveManagers'] },
  ],
  listAudit: [
    {
      of: () => ({ query: '?action=organisation.created&size=200' }),
      at: 'environment',
      shows: [() => people.post.id, 'postAboveManagers'],
    },
  ],
  listDeliveries: [{ of: nothing, at: 'environment' }],
  resendDelivery: [{ of: () => NOWHERE, at: 'nowhere' }],
  readLogHead: [{ of: nothing, at: 'environment' }],
  liveEvents: [{ of: nothing, at: 'environment' }],
  listRecipients: [
    { of: nothing, at: 'environment', shows: [() => managers, 'postOrPart'] },
    { of: () => ({ query: '?own=true' }), at: 'environment', shows: [() => managers, 'manager'] },
    { of: nothing, at: 'environment', shows: [() => '"pem":', 'everywhere'] }, // each finds themselves
  ],

  listCredentials: [{ of: nothing, at: 'environment' }],
  listCredentialsOf: [{ of: () => ({ params: { id: managerOfPost } }), at: 'post' }],
  nameCredential: [
    { of: async (who) => ({ params: { id: await ownCertificate(who) }, body: { name: 'Laptop' } }), at: 'environment' },
    { of: async () => ({ params: { id: (await person('auditor')).certificate }, body: { name: 'X' } }), at: 'nowhere' },
  ],
  endCredential: [
    { of: async (who) => ({ params: { id: await ownLink(who) }, body: { compromised: false } }), at: 'environment' },
    {
      of: async () => ({ params: { id: (await person('auditor')).certificate }, body: { compromised: false } }),
      at: 'post',
      except: {
        ...{ auditor: HIDDEN, manager: HIDDEN, both: HIDDEN },
        ...{ part: HIDDEN, sibling: HIDDEN, foreign: HIDDEN, ended: HIDDEN },
      },
    },
    { of: () => ({ ...NOWHERE, body: { compromised: true } }), at: 'nowhere' },
  ],
  makeSignInLink: [{ of: nothing, at: 'environment' }],
  // Where there is a second administrator, it waits; it is made all the same.
  addDevice: [{ of: () => ({ body: { name: 'Another' } }), at: 'environment' }],

  me: [{ of: nothing, at: 'environment' }],
  signOut: [{ of: nothing, at: 'environment' }],
  listSessions: [
    { of: nothing, at: 'environment' },
    {
      of: () => ({ query: '?everyone=true' }),
      at: 'environment',
      except: { auditor: NO, manager: NO, part: NO, sibling: NO, foreign: NO, both: NO, ended: NO },
    },
  ],
  endSession: [
    { of: async (who) => ({ params: { id: await anotherSession(who) } }), at: 'environment' }, // an own one
    {
      of: async () => ({ params: { id: await anotherSession('auditor') } }),
      at: 'post',
      except: { manager: HIDDEN, part: HIDDEN, sibling: HIDDEN, foreign: HIDDEN, both: HIDDEN, ended: HIDDEN },
    },
  ],
}

let desk: TestDesk
let people: Furnished
let tester: Visitor
let both: Visitor
let ended: Visitor
let part: Visitor
let sibling: Visitor
/** Id of a service of the post, its kit, and what came of it. */
let mail: string
let mailKit: Awaited<ReturnType<typeof makeKit>>
let letter: { number: number; certificateId: string }
let machine: Machine
let server: { number: number; certificateId: string }
let managerOfPost: string
/** Ids of certificates: of the post's manager, and of the desk's door; and of the authority for machines. */
let managers: string
let desksOwn: string
let authority: string
/** Applicant keys that were blocked. */
let byAdministrator: string
let byManager: string
let asker: Visitor | undefined
const serverKits = new Map<string, Awaited<ReturnType<typeof makeKit>>>()

before(async () => {
  desk = await startDesk()
  people = await furnish(desk)
  const { token } = await desk.core.people.inviteAdministrator(HOST, {
    environment: 'test',
    email: 'tester@desk.example',
  })
  tester = await acceptInvitation(desk, token)
  both = await managerOf('bank')
  await expectOk(people.administrator.post(`/api/people/${await idOf(both)}/grants`, managing('post')))
  ended = await managerOf('post')
  await expectOk(people.administrator.post(await grantOf(await idOf(ended), 'end')))
  machine = await enrolMachine(desk, people.post)
  mail = await newService()
  mailKit = await makeKit(people.administrator, people.post.id, { service: mail })
  part = await managerOf('post', mail)
  sibling = await managerOf('post', await newService())
  letter = await issued('mail')
  serverKits.set('post', await makeKit(people.administrator, people.post.id, { profile: 'server' }))
  server = await issued('server')
  byAdministrator = await blocked('administrator')
  byManager = await blocked('manager')
  const { person: manager } = (await people.post.manager.get('/api/session')).json
  managers = manager.signIn.certificate
  managerOfPost = manager.id
  const own = await expectOk(people.administrator.get('/api/certificates?profile=desk-tls'))
  desksOwn = own.json.items[0].id
  const { items } = (await people.administrator.get('/api/authorities')).json
  authority = items.find(({ purpose }: { purpose: string }) => purpose === 'machines').id
})
after(() => desk.stop())

const HOST = { kind: 'desk', name: 'invite-admin' } as const
let count = 0
/** By which the manager of the post came to sign in. */
const requestOfManager = async (): Promise<number> =>
  (await expectOk(people.administrator.get(`/api/certificates/${managers}`))).json.request

const unique = (name: string): string => `${name}${++count}`

const visitorAs = (who: Who): Visitor =>
  ({
    administrator: people.administrator,
    auditor: people.auditor,
    manager: people.post.manager,
    foreign: people.bank.manager,
    ...{ both, ended, part, sibling },
    tester,
  })[who]

const managing = (place: 'post' | 'bank') => ({ role: 'manager', organisation: people[place].id })
const idOf = async (visitor: Visitor): Promise<string> => (await visitor.get('/api/session')).json.person.id

/** Id of a new service of the post. */
async function newService(): Promise<string> {
  const made = people.administrator.post(`/api/organisations/${people.post.id}/services`, { name: unique('Of ') })
  return (await expectOk(made)).json.id
}

async function managerOf(place: 'post' | 'bank', service?: string): Promise<Visitor> {
  const wish = {
    name: `A ${unique('manager')}`,
    email: `${unique('m')}@example.org`,
    ...managing(place),
    ...(service && { service }),
  }
  const { json } = await expectOk(people.administrator.post('/api/people', wish))
  return acceptInvitation(desk, json.invitation.link)
}

/** Where the newest grant of somebody is acted on. */
async function grantOf(id: string, act: 'end' | 'confirm' | 'refuse'): Promise<string> {
  return `/api/people/${id}/grants/${await newestGrant(id)}/${act}`
}
async function newestGrant(id: string): Promise<string> {
  return (await expectOk(people.administrator.get(`/api/people/${id}`))).json.grants.at(-1).id
}
async function granted(role: 'auditor' | 'administrator'): Promise<Asked> {
  const id = await somebody(role)
  return { params: { id, grant: await newestGrant(id) } }
}

/** A role that a second administrator asked for. */
async function waitingGrant(): Promise<Asked> {
  const id = await somebody('auditor')
  await askedFor((by) => by.post(`/api/people/${id}/grants`, { role: 'administrator' }))
  const grant = (await expectOk(people.administrator.get(`/api/people/${id}`))).json.grants.at(-1)
  return { params: { id, grant: grant.id }, body: { mark: grant.awaiting.mark } }
}

const kitOf = (organisation: string) => ({
  ...{ name: 'kit', organisation, profile: 'workstation', store: 'user', keys: ['ec-p256'], proposedKey: 'ec-p256' },
  ...{ uses: 1, validityDays: 1 },
})

/** A workstation or a server of the post, or a workstation of its mail. */
type What = 'workstation' | 'server' | 'mail'

/** A request at the post that nobody has decided. */
async function pending(profile: What): Promise<number> {
  const applicant = await makeApplicant(desk)
  const [commonName, kit] =
    profile === 'server'
      ? [`${unique('srv')}.post.example`, serverKits.get('post')!]
      : [workstationName(), profile === 'mail' ? mailKit : people.post.kit]
  const { csr } = await applicant.credential({ commonName })
  return (await expectOk(applicant.submit(kit, csr, unique('pc-')))).json.request.number
}

async function issued(profile: What): Promise<{ number: number; certificateId: string }> {
  const number = await pending(profile)
  const { json } = await expectOk(approve(people.administrator, number))
  return { number, certificateId: json.certificate.id }
}

/** A certificate request that was made elsewhere, for the post. */
async function fileOf(what: What): Promise<Asked> {
  const profile = what === 'mail' ? 'workstation' : what
  const commonName = profile === 'server' ? `${unique('srv')}.post.example` : workstationName()
  const { csr } = await makeCredential({ commonName })
  const place = { organisation: people.post.id, ...(what === 'mail' && { service: mail }) }
  return { body: { ...place, profile, csr, machine: NO_FACTS, contact: {} } }
}

/** One that somebody else handed in, and the administrator approved. */
async function approvedFile(profile: What): Promise<number> {
  const asked = await fileOf(profile)
  const { json } = await askedFor((by) => by.post('/api/requests', asked.body))
  await expectOk(approve(people.administrator, json.request.number))
  return json.request.number
}

const NO_FACTS = {
  ...{ hostName: '', macAddresses: [], processor: '', processorId: '' },
  ...{ operatingSystem: '', operatingSystemVersion: '', architecture: '' },
}

/** A request with its mark, as whoever approves has looked at it. */
async function marked(number: number): Promise<Asked> {
  const { json } = await people.administrator.get(`/api/requests/${number}`)
  return { params: { number }, query: `?mark=${json.mark}` }
}

/** The applicant key of a request at the post. */
async function applicantOf(profile: What): Promise<string> {
  return (await people.administrator.get(`/api/requests/${await pending(profile)}`)).json.applicant
}

async function blocked(by: 'administrator' | 'manager'): Promise<string> {
  const applicant = await applicantOf('workstation')
  await expectOk(visitorAs(by).post(`/api/applicants/${applicant}/block`, { reason: 'stolen' }))
  return applicant
}

/** Somebody invited, who has not come yet. */
async function somebody(role: 'auditor' | 'administrator'): Promise<string> {
  const person = { name: 'Y', email: `${unique('y')}@example.org`, role }
  return (await expectOk(people.administrator.post('/api/people', person))).json.person.id
}

/** What a second administrator asked for. */
async function askedFor(ask: (by: Visitor) => Promise<Answer>): Promise<Answer> {
  asker ??= (await person('administrator')).visitor
  return expectOk(ask(asker))
}
/** The block that is shown of a key that somebody blocked. */
async function blockedOf(by: 'administrator' | 'manager'): Promise<Asked> {
  const applicant = await blocked(by)
  const { items } = (await expectOk(people.administrator.get('/api/applicants/blocked'))).json
  const { mark } = items.find((one: { applicant: string }) => one.applicant === applicant)
  return { params: { applicant }, body: { mark } }
}
async function waitingPerson(): Promise<Asked> {
  const body = { name: 'W', email: `${unique('w')}@example.org`, role: 'administrator' }
  const { id, invitation } = (await askedFor((by) => by.post('/api/people', body))).json.person
  return { params: { id }, body: { mark: invitation.awaiting.mark } }
}
async function waitingKit(): Promise<Asked> {
  const body = { ...kitOf(people.post.id), standingApproval: true }
  const { id, awaiting } = (await askedFor((by) => by.post('/api/kits', body))).json.kit
  return { params: { id }, body: { mark: awaiting.mark } }
}

/** Somebody signed in, by a link of the host where it takes one. */
async function person(role: 'auditor' | 'administrator') {
  const email = `${unique('z')}@example.org`
  const name = `Person ${count}`
  let token: string
  if (role === 'administrator') {
    token = (await desk.core.people.inviteAdministrator(HOST, { environment: 'production', email, name })).token
  } else {
    const { json } = await expectOk(people.administrator.post('/api/people', { name, email, role }))
    token = json.invitation.link
  }
  const visitor = await acceptInvitation(desk, token)
  const { json } = await visitor.get('/api/session')
  return { visitor, name, id: json.person.id as string, certificate: json.person.signIn.certificate as string }
}

const again = async (visitor: Visitor): Promise<Visitor> =>
  visitorOf(desk, { ...visitor, cookie: cookieOf(await signIn(desk, visitor)) })

const ownCertificate = async (who: Who): Promise<string> =>
  (await visitorAs(who).get('/api/session')).json.person.signIn.certificate

/** A sign-in link of their own that nobody opened. */
async function ownLink(who: Who): Promise<string> {
  await expectOk(visitorAs(who).post('/api/credentials/link'))
  const { items } = (await visitorAs(who).get('/api/credentials')).json
  return items.find(({ kind, lastUsedAt }: { kind: string; lastUsedAt?: string }) => kind === 'link' && !lastUsedAt).id
}

/** The same person, who looks by a link that they made. */
async function byLink(visitor: Visitor): Promise<Visitor> {
  const { json } = await expectOk(visitor.post('/api/credentials/link'))
  const answer = await expectOk(visitorOf(desk).post('/api/sign-in-links/use', { token: json.link.split('#').at(-1) }))
  return visitorOf(desk, { cookie: cookieOf(answer) })
}

async function anotherSession(who: Who): Promise<string> {
  return (await (await again(visitorAs(who))).get('/api/session')).json.session.id
}

const ROUTES = Object.entries(contract as unknown as Record<string, contract.Route>).filter(
  ([, value]) => typeof value === 'object' && 'access' in value,
) as [RouteName, contract.Route][]
const PERSON_ROUTES = ROUTES.filter(([, { access }]) => access.kind === 'person') as [PersonRoute, contract.Route][]

const routeOf = (name: RouteName): contract.Route => new Map(ROUTES).get(name)!

const addressOf = (route: contract.Route, { params = {}, query = '' }: Asked): string =>
  `${contract.pathOf(route, params)}${query}`

async function ask(visitor: Visitor, route: contract.Route, asked: Asked): Promise<Answer> {
  const path = addressOf(route, asked)
  if (route === contract.liveEvents) return statusOnly(visitor, path)
  if (route.method === 'GET') return visitor.get(path)
  return route.method === 'DELETE' ? visitor.delete(path) : visitor.post(path, asked.body)
}

/** Of a stream that does not end, its beginning. */
async function statusOnly({ cookie }: Visitor, path: string): Promise<Answer> {
  const request = https.get(`${desk.services.portal}${path}`, { ca: desk.root, headers: { cookie } })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  if (response.statusCode === 200) {
    request.destroy()
    return { status: 200, headers: response.headers, bytes: Buffer.of(), text: '', json: {} }
  }
  const bytes = Buffer.concat(await response.toArray())
  const text = bytes.toString('utf8')
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, text, json: JSON.parse(text) }
}

const codeOf = (answer: Answer): string => (answer.status === 200 ? DONE : `${answer.status} ${answer.json.code}`)

/** The newest lines of both logs, since a number. */
async function linesSince(numbers: readonly [number, number]): Promise<AuditEvent[]> {
  const logs = await Promise.all([people.administrator, tester].map((one) => one.get('/api/audit?size=25')))
  return logs.flatMap(({ json }, i) => (json.items as AuditEvent[]).filter(({ number }) => number > numbers[i]!))
}
const newest = async (): Promise<[number, number]> => {
  const logs = await Promise.all([people.administrator, tester].map((one) => one.get('/api/audit?size=1')))
  return logs.map(({ json }) => json.items[0].number) as [number, number]
}
const isDone = ({ outcome }: AuditEvent): boolean => outcome === 'done'

test('every route of the contract has its line', () => {
  const kinds = { person: LINES, applicant: APPLICANT_LINES, certificate: CERTIFICATE_LINES, public: PUBLIC_LINES }
  for (const [name, { access }] of ROUTES) {
    assert.ok(Object.hasOwn(kinds[access.kind], name), `${name} has no line among those for ${access.kind}`)
  }
})

for (const [name, route] of PERSON_ROUTES) {
  const changes = route.method !== 'GET'
  test(`${name}: everybody is answered as their line says; a refusal changes nothing and is in the log`, async () => {
    for (const [index, line] of (LINES[name] ?? []).entries()) {
      const { of, shows } = line
      for (const who of WHO) {
        const asked = await of(who)
        const visitor = name === 'signOut' ? await again(visitorAs(who)) : visitorAs(who)
        const since = changes ? await newest() : ([0, 0] as const)
        const answer = await ask(visitor, route, asked)
        const told = `${name}, line ${index + 1}, ${who}`
        const expected = answerFor(who, route, line)
        assert.equal(codeOf(answer), expected, told)
        if (shows) {
          const right = route.access.kind === 'person' ? route.access.right : undefined
          const [what, at, by = right] = shows
          assert.equal(answer.text.includes(what()), reaches(who, by, at), `${told}: what it shows`)
        }
        if (!changes) continue
        const lines = await linesSince(since)
        if (expected === DONE) assert.ok(lines.some(isDone), `${told}: what was done is in the log`)
        else {
          assert.deepEqual(lines.filter(isDone), [], `${told}: nothing was done`)
          const refused = lines.map(({ facts }) => facts.code)
          assert.deepEqual(refused, [expected.slice(4)], `${told}: the refusal is in the log`)
        }
      }
    }
  })
}

test('signed in by a link, one looks as before and does nothing: at every route that takes more the answer says so, and it is in the log', async () => {
  for (const who of ['administrator', 'manager'] as const) {
    const looking = await byLink(visitorAs(who))
    for (const [name, route] of PERSON_ROUTES) {
      if (name === 'signOut') continue
      for (const line of LINES[name]) {
        const asked = await line.of(who)
        const right = route.access.kind === 'person' ? route.access.right : undefined
        const others: boolean = name === 'endSession' && (await isTheirs(who, asked)) // of their own strong session
        const refused: boolean = (right !== undefined && STRENGTHS[right] !== 'low') || others
        const usual = answerFor(who, route, line)
        // The right itself is asked first; what is there, last of all.
        const lacks = right !== undefined && reachOf({ grants: GRANTS[who] }, right) === undefined
        const expected: string = refused && !lacks ? '403 strength_needed' : usual
        const since = await newest()
        const answer = await ask(looking, route, asked)
        const told: string = `${name}, ${who}`
        const found: boolean =
          name === 'endSession' && !others ? HIDDEN_OR_WEAK.has(codeOf(answer)) : codeOf(answer) === expected
        assert.ok(found, `${told}: ${codeOf(answer)} and not ${expected}`)
        if (!refused || lacks) continue
        const lines = await linesSince(since)
        assert.deepEqual(lines.filter(isDone), [], `${told}: nothing was done`)
        assert.ok(
          lines.some(({ facts }) => facts.code === 'strength_needed'),
          `${told}: it is in the log`,
        )
      }
    }
  }
})

const HIDDEN_OR_WEAK: ReadonlySet<string> = new Set([HIDDEN, '403 strength_needed'])
const isTheirs = async (who: Who, { params }: Asked): Promise<boolean> =>
  (await visitorAs(who).get('/api/sessions')).json.items.some(({ id }: { id: string }) => id === params?.id)

test('who is not signed in is nobody at every route for people: a guessed cookie, an applicant key, a certificate too', async () => {
  const applicant = await makeApplicant(desk)
  const { certificate, key } = machine
  for (const [name, route] of PERSON_ROUTES) {
    const asked = await LINES[name][0]!.of('administrator')
    const [path, method] = [addressOf(route, asked), route.method]
    const { body } = asked
    for (const [kind, answer] of [
      ['nobody', ask(visitorOf(desk), route, asked)],
      ['a guessed cookie', ask(visitorOf(desk, { cookie: `__Host-scel-session=${'A'.repeat(43)}` }), route, asked)],
      ['an applicant key', applicant.send(method as 'GET', path, body)],
      [
        'a certificate',
        call(`${desk.services.portal}${path}`, { ca: desk.root, method, body, cert: certificate, key }),
      ],
    ] as const) {
      assert.equal(codeOf(await answer), '401 sign_in_required', `${name} by ${kind}`)
    }
    const other = await call(`${desk.services.mutual}${path}`, { ca: desk.root, method, body, cert: certificate, key })
    assert.equal(codeOf(other), '404 route_unknown', `${name} at the mutual door`)
  }
})

test('whoever is disabled after their call was let in does nothing more, at any route that changes something', async () => {
  const { sessions } = desk.core
  const { find } = sessions
  for (const [name, route] of PERSON_ROUTES) {
    if (route.method === 'GET') continue
    for (const line of LINES[name]) {
      const { of } = line
      if (answerFor('administrator', routeOf(name), line) !== DONE) continue
      const { visitor, name: who, id } = await person('administrator')
      const asked =
        name === 'endSession' ? { params: { id: await sessionOf(await again(visitor)) } } : await of('administrator')
      let judged: PersonActor | undefined
      sessions.find = async (token, caller) => {
        const actor = await find(token, caller)
        if (actor.id !== id || judged) return actor
        judged = actor
        await expectOk(people.administrator.post(`/api/people/${id}/disable`))
        return actor
      }
      const since = await newest()
      const answer = await ask(visitor, route, asked).finally(() => {
        sessions.find = find
      })
      assert.equal(judged?.id, id)
      assert.equal(codeOf(answer), '401 session_ended', name)
      const lines = (await linesSince(since)).filter(({ actor }) => actor.name === who)
      assert.deepEqual(
        lines.map(({ outcome, facts }) => [outcome, facts.code]),
        [['refused', 'session_ended']],
        name,
      )
    }
  }
})

const sessionOf = async (visitor: Visitor): Promise<string> => (await visitor.get('/api/session')).json.session.id

// Applicants: whoever has another key, or none.

type ApplicantRoute = {
  [N in RouteName]: (typeof contract)[N]['access'] extends { readonly kind: 'applicant' } ? N : never
}[RouteName]

interface ApplicantLine {
  readonly of: (owner: Applicant) => Promise<Asked> | Asked
  readonly owner: string
  readonly other: string
}

const own = async (
  owner: Applicant,
  approved = true,
): Promise<Asked & { params: { number: number }; serial: string; csr: string }> => {
  const { csr } = await owner.credential({ commonName: workstationName() })
  const { number } = (await expectOk(owner.submit(people.post.kit, csr, unique('pc-')))).json.request
  if (!approved) return { ...IN_PRODUCTION, params: { number }, serial: '', csr }
  const { json } = await expectOk(approve(people.administrator, number))
  return { ...IN_PRODUCTION, params: { number }, serial: json.certificate.serial, csr }
}
const IN_PRODUCTION = { query: '?environment=production' }
const NOT_OWNER = '404 applicant_not_owner'

const APPLICANT_LINES: Readonly<Record<ApplicantRoute, ApplicantLine>> = {
  submitRequest: { of: () => ({ body: {} }), owner: '400 input_invalid', other: '400 input_invalid' }, // anybody with a kit
  listOwnRequests: { of: () => IN_PRODUCTION, owner: DONE, other: DONE },
  getOwnRequest: { of: own, owner: DONE, other: NOT_OWNER },
  cancelOwnRequest: { of: (owner) => own(owner, false), owner: DONE, other: NOT_OWNER },
  fetchCertificate: { of: own, owner: DONE, other: NOT_OWNER },
  confirmCertificate: {
    of: async (owner) => {
      const { params, serial } = await own(owner)
      return { ...IN_PRODUCTION, params, body: { how: 'installed', serial } }
    },
    owner: DONE,
    other: NOT_OWNER,
  },
  listRecipientsAsApplicant: {
    of: async (owner) => {
      await own(owner)
      return IN_PRODUCTION
    },
    owner: DONE,
    other: '403 applicant_without_certificate',
  },
}

test('a blocked applicant key is refused by every call but to take back what it asked for', async () => {
  for (const [name, { of, owner }] of Object.entries(APPLICANT_LINES) as [ApplicantRoute, ApplicantLine][]) {
    const route = routeOf(name)
    const holder = await makeApplicant(desk)
    const waiting = await own(holder, false)
    const asked = await of(holder)
    const reason = { reason: 'stolen' }
    await expectOk(people.post.manager.post(`/api/applicants/${holder.thumbprint}/block`, reason))
    const answer =
      name === 'submitRequest'
        ? await holder.submit(people.post.kit, waiting.csr)
        : await holder.send(route.method as 'GET', addressOf(route, asked), asked.body)
    const wanted = name === 'cancelOwnRequest' ? owner : '403 applicant_blocked'
    assert.equal(codeOf(answer), wanted, name)
  }
})

test('what belongs to an applicant key is for nobody else: another key, a person, a certificate, nobody', async () => {
  for (const [name, { of, owner, other }] of Object.entries(APPLICANT_LINES) as [ApplicantRoute, ApplicantLine][]) {
    const route = routeOf(name)
    const [holder, stranger] = [await makeApplicant(desk), await makeApplicant(desk)]
    const asked = await of(holder)
    const [path, method, { body }] = [addressOf(route, asked), route.method as 'GET', asked]
    assert.equal(codeOf(await stranger.send(method, path, body)), other, `${name}, another key`)
    for (const visitor of [visitorOf(desk), ...WHO.map(visitorAs)]) {
      assert.equal(codeOf(await ask(visitor, route, asked)), '401 applicant_signature_missing', name)
    }
    const { certificate: cert, key } = machine
    const shown = await call(`${desk.services.portal}${path}`, { ca: desk.root, method, body, cert, key })
    assert.equal(codeOf(shown), '401 applicant_signature_missing', `${name}, a certificate`)
    const answer = await holder.send(method, path, body)
    assert.equal(codeOf(answer), owner, `${name}, the owner`)
    if (name === 'listOwnRequests') assert.deepEqual(answer.json.items, [])
  }
})

// The door for certificates, and what is for everybody.

type Remaining = Exclude<RouteName, PersonRoute | ApplicantRoute>

const CERTIFICATE_LINES: Readonly<Record<Extract<Remaining, 'whoAmI'>, true>> = { whoAmI: true }
const PUBLIC_LINES: Readonly<Record<Exclude<Remaining, 'whoAmI'>, unknown>> = {
  describeDesk: undefined,
  deskStatement: undefined,
  newNonce: undefined,
  inspectSignInLink: { token: 'A'.repeat(43) },
  useSignInLink: { token: 'A'.repeat(43) },
  inspectInvitation: { token: 'A'.repeat(43) },
  acceptInvitation: { token: 'A'.repeat(43), csr: '' },
}

test('the door for certificates answers whoever shows a good one, and no cookie, key or link instead', async () => {
  const address = `${desk.services.mutual}${contract.whoAmI.path}`
  const { certificate: cert, key } = machine
  assert.equal(codeOf(await call(address, { ca: desk.root, cert, key })), DONE)
  for (const { cookie } of WHO.map(visitorAs)) {
    assert.equal(codeOf(await call(address, { ca: desk.root, headers: { cookie } })), '401 certificate_missing')
  }
  assert.equal(codeOf(await call(address, { ca: desk.root })), '401 certificate_missing')
  assert.equal(codeOf(await people.administrator.get(contract.whoAmI.path)), '404 route_unknown')
})

test('what is for everybody asks nobody who they are, and a link that nobody made opens nothing', async () => {
  for (const [name, body] of Object.entries(PUBLIC_LINES) as [keyof typeof PUBLIC_LINES, unknown][]) {
    const unknown = name.endsWith('SignInLink') ? '404 sign_in_link_unknown' : '404 invitation_unknown'
    const wanted = body === undefined ? DONE : unknown
    const route = routeOf(name)
    for (const visitor of [visitorOf(desk), ...WHO.map(visitorAs)]) {
      assert.equal(codeOf(await ask(visitor, route, { body })), wanted, name)
    }
  }
})
