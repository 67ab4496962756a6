import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KitFile } from '@scel/contract/kit'
import {
  acceptInvitation,
  approve,
  expectOk,
  type StartDeskOptions,
  startDesk,
  type TestDesk,
  type Visitor,
} from '@scel/server/testing'

/** A real desk with an administrator, an organisation, and a folder where a machine keeps its things. */
export interface Office {
  readonly desk: TestDesk
  readonly administrator: Visitor
  /** Home folder of the machine’s user; removed by `close`. */
  readonly home: string
  /** Makes a kit, writes its file into the home folder, and returns it. */
  kit(name: string, input?: KitInput, change?: (file: KitFile) => KitFile): Promise<MadeKit>
  /** Makes a service of the organisation, and returns its id. */
  service(name: string): Promise<string>
  renameService(id: string, name: string): Promise<void>
  closeService(id: string): Promise<void>
  /** The number of the first, second, … request that anybody made: the desk’s own and its people’s have some before. */
  number(nth: number): Promise<number>
  approve(number: number): Promise<void>
  reject(number: number, reason: string): Promise<void>
  revoke(number: number): Promise<void>
  close(): Promise<void>
}

export interface KitInput {
  readonly profile?: 'workstation' | 'server'
  readonly store?: 'user' | 'machine'
  readonly uses?: number
  readonly standingApproval?: boolean
  /** Id of the one that it is of. */
  readonly service?: string
}

export interface MadeKit {
  readonly id: string
  readonly file: KitFile
  readonly path: string
}

/** @param root PEM of what the desk's TLS certificate chains to, when that was given as a file */
export async function openOffice(options: StartDeskOptions = {}, root?: string): Promise<Office> {
  const desk = await startDesk(options)
  const home = await mkdtemp(join(tmpdir(), 'scel-home-'))
  const close = async (): Promise<void> => {
    await desk.stop()
    await rm(home, { recursive: true, force: true })
  }
  const reached = { services: desk.services, root: root ?? desk.root }
  const administrator = await acceptInvitation(reached, desk.inviteLink).catch(async (error: unknown) => {
    await close() // a desk that stays would keep the test process
    throw error
  })
  const post = async (path: string, body?: unknown) => {
    const answer = await administrator.post(path, body)
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`)
    return answer.json
  }
  const organisation = await post('/api/organisations', {
    ...{ code: 'J1CFRA', name: 'France-LA POSTE', country: 'FR' },
    nameSuffixes: ['example.org', 'laposte.example'],
  })
  return {
    desk,
    administrator,
    home,
    async kit(
      name,
      { profile = 'workstation', store = 'user', uses = 50, standingApproval = false, service } = {},
      change,
    ) {
      const keys = ['ec-p256', 'ec-p384', 'rsa-2048']
      const made = await post('/api/kits', {
        ...{
          name,
          organisation: organisation.id,
          profile,
          store,
          keys,
          proposedKey: 'ec-p256',
          uses,
          validityDays: 30,
        },
        standingApproval,
        ...(service === undefined ? {} : { service }),
      })
      const file = change ? change(made.file) : made.file
      const path = join(home, `${name}.scel-kit`)
      await writeFile(path, JSON.stringify(file))
      return { id: made.kit.id, file, path }
    },
    service: async (name) => (await post(`/api/organisations/${organisation.id}/services`, { name })).id,
    renameService: (id, name) => post(`/api/organisations/${organisation.id}/services/${id}/rename`, { name }),
    closeService: (id) => post(`/api/organisations/${organisation.id}/services/${id}/close`),
    async number(nth) {
      const { items } = (await expectOk(administrator.get('/api/requests?size=100'))).json
      return items.at(-nth).number
    },
    approve: async (number) => void (await expectOk(approve(administrator, number))),
    reject: (number, reason) => post(`/api/requests/${number}/reject`, { reason }),
    async revoke(number) {
      const { certificate } = (await administrator.get(`/api/requests/${number}`)).json
      await post(`/api/certificates/${certificate.id}/revoke`, { reason: 'keyCompromise' })
    },
    close,
  }
}
