import { Agent } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { KitFile } from '@scel/contract/kit'
import {
  type Answer,
  approve,
  makeApplicant,
  type Visitor,
  visitorOf,
  workstationName,
} from '../../src/testing/index.ts'
import type { TestDesk } from '../../src/testing/start-desk.ts'
import { type Ledger, type Outcome, outcomeOf } from './ledger.ts'

/** Whom the callers are and what they have. */
export interface Cast {
  readonly manager: Visitor
  /** Decides by itself. */
  readonly standing: KitFile
  /** Waits for the manager. */
  readonly waiting: KitFile
}

/** People and machines at work. */
export interface Callers {
  /** Lets every call under way end, and begins no other. */
  stop(): Promise<void>
}

/** Requests of one applicant key: the desk takes no more than a hundred in an hour. */
const OF_ONE_KEY = 50

type Where = Pick<TestDesk, 'services' | 'root'>

/** Sets everybody to work; whatever they are told stands in the ledger. */
export function setToWork(desk: Where, { manager, standing, waiting }: Cast, ledger: Ledger): Callers {
  const agent = new Agent({ ca: desk.root, keepAlive: true, maxSockets: 16, timeout: PATIENCE })
  const decider = visitorOf(desk, manager)
  const patient: Pick<Visitor, 'get' | 'post'> = {
    get: (path) => decider.get(path, { agent }),
    post: (path, body) => decider.post(path, body, { agent }),
  }
  const toDecide: number[] = []
  const toRevoke: string[] = []
  let working = true

  const forever = async (act: () => Promise<Outcome['kind'] | 'idle'>): Promise<void> => {
    while (working) {
      const kind = await act()
      if (kind !== 'done') await pause(kind === 'idle' ? 20 : 60) // nobody hammers at a desk that is away
    }
  }
  const inTime = (call: Promise<Answer>): Promise<Answer> =>
    Promise.race([call, pause(PATIENCE, undefined, { ref: false }).then(() => Promise.reject(new Error('timed out')))])

  /** A machine: submits again and again, and fetches what the kit approved at once. */
  const machine = async (kit: KitFile): Promise<void> => {
    let applicant: Awaited<ReturnType<typeof makeApplicant>> | undefined
    let asked = 0
    await forever(async () => {
      if (++asked % OF_ONE_KEY === 0) applicant = undefined
      applicant ??= await makeApplicant(desk, agent)
      const mine = applicant
      const commonName = workstationName()
      const { csr } = await mine.credential({ commonName })
      const outcome = await outcomeOf(ledger, () => inTime(mine.submit(kit, csr)))
      if (outcome.kind !== 'done') {
        applicant = undefined // its nonce may be spent
        ledger[outcome.kind === 'nothing' ? 'denied' : 'uncertain'].add(commonName)
        return outcome.kind
      }
      const { number, state, certificate } = outcome.answer.json.request
      ledger.submitted.set(commonName, { number, ...(certificate && { serial: certificate.serial }) })
      if (state === 'pending') toDecide.push(number)
      if (!certificate) return 'done'
      if (number % 3 === 0) toRevoke.push(certificate.id)
      const path = `/api/enrolment/requests/${number}/certificate?environment=production`
      const fetched = await outcomeOf(ledger, () => inTime(mine.send('POST', path)))
      if (fetched.kind === 'done') ledger.fetched.set(number, fetched.answer.json.certificate)
      else applicant = undefined
      return fetched.kind
    })
  }
  const deciding = (): Promise<void> =>
    forever(async () => {
      const number = toDecide.shift()
      if (number === undefined) return 'idle'
      const approves = number % 4 !== 0
      const outcome = await outcomeOf(ledger, () =>
        inTime(
          approves ? approve(patient, number) : patient.post(`/api/requests/${number}/reject`, { reason: 'not today' }),
        ),
      )
      if (outcome.kind === 'done') ledger[approves ? 'approved' : 'rejected'].add(number)
      return outcome.kind
    })
  const revoking = (): Promise<void> =>
    forever(async () => {
      const id = toRevoke.shift()
      if (id === undefined) return 'idle'
      const path = `/api/certificates/${id}/revoke`
      const outcome = await outcomeOf(ledger, () => inTime(decider.post(path, { reason: 'superseded' }, { agent })))
      if (outcome.kind === 'done') ledger.revoked.add(id)
      return outcome.kind
    })
  const looking = (): Promise<void> =>
    forever(async () => (await outcomeOf(ledger, () => inTime(decider.get('/api/requests?size=20', { agent })))).kind)

  const all = Promise.all([
    ...[standing, standing, standing, waiting, waiting].map(machine),
    deciding(),
    revoking(),
    looking(),
  ])
  all.catch(() => {}) // told by `stop`
  return {
    stop: async () => {
      working = false
      try {
        await all
      } finally {
        agent.destroy()
      }
    },
  }
}

/** Longer than the desk waits for a database that stands still, so that its own words are heard. */
const PATIENCE = 45_000
