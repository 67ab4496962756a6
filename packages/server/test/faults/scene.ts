import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../src/store/opening/open-database.ts'
import {
  acceptInvitation,
  type DeskProcess,
  expectOk,
  makeKit,
  type Postgres,
  spawnDesk,
  type Visitor,
  visitorOf,
  withPostgres,
} from '../../src/testing/index.ts'
import { openTcpProxy, type TcpProxy } from '../../src/testing/tcp-proxy.ts'
import type { Cast } from './callers.ts'
import { openSmallDisk, type SmallDisk, smallDiskMissing } from './small-disk.ts'

export type Engine = 'sqlite' | 'postgres'

/** A desk as an operator runs it, its database, and the wire between the two. */
export interface Scene {
  readonly engine: Engine
  readonly data: string
  /** The database itself, past the wire. */
  readonly database: Database
  /** Only before PostgreSQL. */
  readonly wire: TcpProxy | undefined
  /** Where PostgreSQL keeps the desk's database, on a machine that lets one be mounted. */
  readonly disk: SmallDisk | undefined
  /** The desk that runs now, or ran last. */
  readonly desk: DeskProcess
  readonly cast: Cast
  readonly administrator: Visitor
  /** Starts the desk; a running one is killed before. */
  rise(environment?: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<void>
  /** Begins a start and kills it after so many milliseconds. */
  riseAndFall(milliseconds: number): Promise<void>
  /** Everything that was written to any log. */
  errors(): string
  close(): Promise<void>
}

export async function openScene(engine: Engine): Promise<Scene> {
  const data = await mkdtemp(join(tmpdir(), 'scel-faults-'))
  let cluster: Postgres | undefined
  let wire: TcpProxy | undefined
  let disk: SmallDisk | undefined
  let database: Database = { kind: 'sqlite', file: join(data, 'desk.sqlite') }
  const args = ['--requests-per-minute', '1000000', '--log-level', 'warn']
  if (engine === 'postgres') {
    cluster = await withPostgres()
    disk = smallDiskMissing() === undefined ? openSmallDisk() : undefined
    const url = await cluster.createDatabase('desk', disk?.folder)
    database = { kind: 'postgres', url }
    const address = new URL(url)
    wire = await openTcpProxy({ host: address.hostname, port: Number(address.port) })
    const secret = join(data, 'database-password')
    await writeFile(secret, address.password, { mode: 0o600 })
    address.password = ''
    args.push('--database', wire.through(address.href), '--database-password-file', secret)
  }
  let desk = await spawnDesk({ data, args })
  let errors = ''
  const administrator = await acceptInvitation(desk, desk.inviteLink)
  const post = async (path: string, body: unknown) => (await expectOk(administrator.post(path, body))).json
  const { id } = await post('/api/organisations', { code: 'F1', name: 'Faults', country: 'FR' })
  const person = { name: 'A manager', email: 'manager@faults.example', role: 'manager', organisation: id }
  const { invitation } = await post('/api/people', person)
  const manager = await acceptInvitation(desk, invitation.link)
  const standing = await makeKit(administrator, id, { standingApproval: true, uses: 1_000_000 })
  const waiting = await makeKit(administrator, id, { uses: 1_000_000 })

  return {
    ...{ engine, data, database, wire, disk, cast: { manager, standing, waiting } },
    get desk() {
      return desk
    },
    get administrator() {
      return visitorOf(desk, administrator)
    },
    rise: async (environment, ...options) => {
      await desk.kill()
      errors += desk.errors()
      desk = await spawnDesk({
        data,
        args: [...args, ...options],
        ports: desk.ports,
        ...(environment && { environment }),
      })
    },
    riseAndFall: async (milliseconds) => {
      let process = 0
      const onSpawn = (pid: number): void => {
        process = pid
        setTimeout(() => isGone(pid), milliseconds)
      }
      const start = spawnDesk({ data, args, ports: desk.ports, onSpawn })
      await start.catch(() => {}) // it did not start: that is the point
      while (!isGone(process)) await pause(5)
    },
    errors: () => errors + desk.errors(),
    close: async () => {
      await desk.kill()
      await wire?.close()
      await cluster?.stop()
      disk?.close()
      await rm(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Kills it, and says whether there was nothing left to kill. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL')
    return false
  } catch {
    return true
  }
}
