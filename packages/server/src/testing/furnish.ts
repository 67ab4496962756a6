import { randomBytes } from 'node:crypto'
import type { KitFile } from '@scel/contract/kit'
import { type Applicant, makeApplicant } from './applicant.ts'
import type { Answer } from './call.ts'
import type { Credential } from './credential.ts'
import type { TestDesk } from './start-desk.ts'
import { acceptInvitation, type Visitor } from './visitor.ts'

type Where = Pick<TestDesk, 'services' | 'root' | 'inviteLink'>

/** An organisation with its manager and a kit for its workstations. */
export interface Office {
  readonly id: string
  readonly manager: Visitor
  readonly kit: KitFile
}

/** A desk with an administrator, an auditor, and two organisations that must not see each other. */
export interface Furnished {
  readonly administrator: Visitor
  readonly auditor: Visitor
  readonly post: Office
  readonly bank: Office
}

/** Furnishes an empty desk through its API, as its first administrator would. */
export async function furnish(desk: Where): Promise<Furnished> {
  const administrator = await acceptInvitation(desk, desk.inviteLink)
  const invite = async (role: string, organisation?: string): Promise<Visitor> => {
    const email = `${role}.${randomBytes(3).toString('hex')}@example.org`
    const person = { name: `A ${role}`, email, role, ...(organisation && { organisation }) }
    const { json } = await expectOk(administrator.post('/api/people', person))
    return acceptInvitation(desk, json.invitation.link)
  }
  const office = async (code: string, name: string): Promise<Office> => {
    const { json } = await expectOk(
      administrator.post('/api/organisations', {
        ...{ code, name, country: 'FR' },
        nameSuffixes: [`${code.toLowerCase()}.example.org`, 'example.net', 'post.example'],
      }),
    )
    return { id: json.id, manager: await invite('manager', json.id), kit: await makeKit(administrator, json.id) }
  }
  const post = await office('J1CFRA', 'France-LA POSTE')
  const bank = await office('B2', 'Banque d’essai')
  return { administrator, auditor: await invite('auditor'), post, bank }
}

/** Makes a kit and answers its file. */
export async function makeKit(maker: Visitor, organisation: string, changes: object = {}): Promise<KitFile> {
  const { json } = await expectOk(
    maker.post('/api/kits', {
      ...{ name: 'kit', organisation, profile: 'workstation', store: 'machine', keys: ['ec-p256', 'rsa-3072'] },
      ...{ proposedKey: 'ec-p256', uses: 1_000, validityDays: 30, ...changes },
    }),
  )
  return json.file
}

/** A machine with a certificate that was asked for, approved, and fetched. */
export interface Machine {
  readonly applicant: Applicant
  readonly credential: Credential
  readonly number: number
  /** Id at the API. */
  readonly certificateId: string
  readonly serial: string
  /** PEM: the certificate and its issuing authority. */
  readonly certificate: string
  readonly key: string
  /** PEM of the issuing authority alone. */
  readonly issuer: string
}

/** Looks at a request and approves what is seen; what cannot be looked at is approved blindly, for the desk to refuse. */
export async function approve(decider: Pick<Visitor, 'get' | 'post'>, number: number): Promise<Answer> {
  const { json } = await decider.get(`/api/requests/${number}`)
  return decider.post(`/api/requests/${number}/approve?mark=${json.mark ?? NO_MARK}`)
}

/** The mark of nothing. */
export const NO_MARK: string = `${'0'.repeat(64)}.${'0'.repeat(64)}`

/** Walks the main job: submit, approve, fetch. */
export async function enrolMachine(desk: Where, office: Office, decider: Visitor = office.manager): Promise<Machine> {
  const applicant = await makeApplicant(desk)
  const credential = await applicant.credential({ commonName: workstationName() })
  const submitted = await expectOk(applicant.submit(office.kit, credential.csr))
  const { number } = submitted.json.request
  const { json: approved } = await expectOk(approve(decider, number))
  const { json } = await expectOk(
    applicant.send('POST', `/api/enrolment/requests/${number}/certificate?environment=production`),
  )
  return {
    ...{ applicant, credential, number, key: credential.key, issuer: json.chain[0] },
    certificateId: approved.certificate.id,
    serial: approved.certificate.serial,
    certificate: `${json.certificate}${json.chain[0]}`,
  }
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** A common name as workstations have, at random. */
export const workstationName = (): string => `ws-${[...randomBytes(26)].map((byte) => BASE32[byte & 31]).join('')}`

/** The answer, when it is a good one. @throws Error with what was answered */
export async function expectOk(answer: Promise<Answer>): Promise<Answer> {
  const { status, text } = await answer
  if (status !== 200) throw new Error(`${status} ${text}`)
  return answer
}
