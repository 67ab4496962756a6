import { execFile, spawnSync } from 'node:child_process'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ask } from '../../src/store/testing/ask.ts'
import type { Wire } from '../../src/testing/tcp-proxy.ts'
import type { Chance } from './chance.ts'
import type { Engine, Scene } from './scene.ts'
import { smallDiskMissing } from './small-disk.ts'

/** Something that breaks while everybody is at work. */
export interface Fault {
  readonly name: string
  readonly engines: readonly Engine[]
  /** Why it cannot be had on this machine. */
  readonly missing?: () => string | undefined
  /**
   * Breaks something and puts it right again. The desk may run afterwards, or not: it is started anew in any case.
   *
   * @throws Error when the desk itself did what it must not, such as ending with an error where it is asked to stop
   */
  inflict(scene: Scene, chance: Chance): Promise<void>
}

const BOTH: readonly Engine[] = ['sqlite', 'postgres']
const run = promisify(execFile)
const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined

/** The library that turns the clock of a process: the program of this name would stand between us and the process. */
const faketime = (): string =>
  spawnSync('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).stdout?.trim() ?? ''

export const FAULTS: readonly Fault[] = [
  {
    name: 'killed at work',
    engines: BOTH,
    inflict: async ({ desk }) => desk.kill(),
  },
  {
    name: 'killed at work, and again while starting',
    engines: BOTH,
    inflict: async ({ desk, riseAndFall }, chance) => {
      await desk.kill()
      for (let times = chance.between(1, 3); times > 0; times--) await riseAndFall(chance.between(100, 2_500))
    },
  },
  {
    name: 'stopped in order under load',
    engines: BOTH,
    inflict: async ({ desk }) => {
      const code = await desk.stop()
      if (code !== 0) throw new Error(`a stop under load ended with ${code}: ${desk.errors()}`)
    },
  },
  {
    name: 'the process stands still for a while',
    engines: BOTH,
    inflict: async ({ desk }, chance) => {
      process.kill(desk.pid, 'SIGSTOP')
      await pause(chance.between(300, 3_000))
      process.kill(desk.pid, 'SIGCONT')
      await pause(chance.between(100, 1_000))
    },
  },
  {
    name: 'the issuing key is away',
    engines: BOTH,
    inflict: async ({ data, rise }, chance) => {
      const key = join(data, 'keys', 'production-machines.key')
      await rename(key, `${key}.away`)
      await rise(undefined, '--without-keys') // a key that is open stays open until then
      await pause(chance.between(500, 2_000))
      await rename(`${key}.away`, key)
      await pause(chance.between(0, 500))
    },
  },
  {
    name: 'the clock is 95 days ahead once',
    engines: BOTH,
    missing: () => (faketime() ? undefined : 'faketime is not installed'),
    inflict: async ({ desk, rise }, chance) => {
      await desk.stop()
      await rise({ LD_PRELOAD: faketime(), FAKETIME: '+95d', FAKETIME_DONT_FAKE_MONOTONIC: '1' })
      await pause(chance.between(500, 2_000))
    },
  },
  {
    name: 'another program holds the database',
    engines: ['sqlite'],
    inflict: async ({ database }, chance) => {
      if (database.kind !== 'sqlite') return
      const other = new DatabaseSync(database.file)
      other.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE')
      await pause(chance.pick([500, 2_000, 7_000]))
      other.exec('ROLLBACK')
      other.close()
      await pause(300)
    },
  },
  {
    name: 'the disk takes no more',
    engines: ['sqlite'],
    missing: () => (has('prlimit') ? undefined : 'prlimit (util-linux) is not installed'),
    inflict: async ({ desk }, chance) => {
      // No file of the process may grow beyond this, which needs no root: what is written fails in its midst, like on a full disk.
      const limit = (most: string) => run('prlimit', ['--pid', String(desk.pid), `--fsize=${most}:unlimited`])
      await limit(String(chance.pick([0, 4_096, 200_000])))
      await pause(chance.between(500, 2_500))
      await limit('unlimited')
      await pause(chance.between(200, 800))
    },
  },
  {
    name: 'the disk of the database takes no more',
    engines: ['postgres'],
    missing: smallDiskMissing,
    inflict: async ({ disk }, chance) => {
      await disk!.fill(chance.pick([0, 40_000, 400_000]))
      await pause(chance.between(500, 3_000))
      await disk!.free()
      await pause(chance.between(200, 800))
    },
  },
  {
    name: 'connections are cut',
    engines: ['postgres'],
    inflict: async ({ wire }, chance) => {
      for (let times = chance.between(1, 5); times > 0; times--) {
        wire!.cut()
        await pause(chance.between(20, 400))
      }
    },
  },
  {
    name: 'connections are cut in the commit',
    engines: ['postgres'],
    inflict: async ({ wire }, chance) => {
      let asked = false
      for (let times = chance.between(2, 6); times > 0; times--) {
        const before = chance.next() < 0.5
        await new Promise<void>((cut) => {
          const give = setTimeout(cut, 2_000) // nobody may be committing just now
          const done = (): void => {
            clearTimeout(give)
            cut()
          }
          asked = false
          wire!.onSent = (bytes, one) => {
            if (!bytes.includes('COMMIT')) return true
            asked = true
            if (!before) return true
            one.cut()
            done()
            return false
          }
          wire!.onAnswered = (_, one) => {
            if (!asked || before) return true
            one.cut()
            done()
            return false
          }
        })
        wire!.onSent = undefined
        wire!.onAnswered = undefined
        await pause(chance.between(0, 300))
      }
    },
  },
  {
    name: 'the network swallows everything for a while',
    engines: ['postgres'],
    inflict: async ({ wire }, chance) => {
      wire!.freeze()
      await pause(chance.between(500, 6_000))
      if (chance.next() < 0.5) wire!.cut()
      wire!.thaw()
      await pause(chance.between(100, 1_000))
    },
  },
  {
    name: 'the network swallows the connections that there are',
    engines: ['postgres'],
    inflict: async ({ wire }, chance) => {
      for (let times = chance.between(1, 3); times > 0; times--) {
        wire!.freezeEstablished()
        await pause(chance.between(500, 5_000))
      }
      if (chance.next() < 0.2) {
        wire!.freezeEstablished()
        await pause(40_000) // longer than any limit of a connection
      }
      if (chance.next() < 0.5) wire!.cut()
      wire!.thaw()
      await pause(chance.between(100, 1_000))
    },
  },
  {
    name: 'one connection is slow',
    engines: ['postgres'],
    inflict: async ({ wire }, chance) => {
      for (let times = chance.between(2, 5); times > 0; times--) {
        // The one that commits next: what lies on a slow wire is a commit, sooner or later.
        const found = await new Promise<Wire | undefined>((resolve) => {
          const give = setTimeout(() => resolve(undefined), 2_000)
          wire!.onSent = (bytes, one) => {
            if (!bytes.includes('COMMIT')) return true
            clearTimeout(give)
            resolve(one)
            return true
          }
        })
        wire!.onSent = undefined
        found?.delay(chance.pick([100, 700, 2_500]))
        await pause(chance.between(500, 4_000))
        found?.delay(0)
      }
    },
  },
  {
    name: 'the database ends every connection',
    engines: ['postgres'],
    inflict: async ({ database }, chance) => {
      for (let times = chance.between(1, 4); times > 0; times--) {
        await ask(database, ENDS)
        await pause(chance.between(50, 500))
      }
    },
  },
  {
    name: 'the database takes no writes',
    engines: ['postgres'],
    inflict: async ({ database }, chance) => {
      if (database.kind !== 'postgres') return
      await ask(database, 'ALTER DATABASE desk SET default_transaction_read_only = on')
      await ask(database, ENDS)
      await pause(chance.between(500, 2_500))
      const writing = { ...database, url: `${database.url}?options=-c%20default_transaction_read_only%3Doff` }
      await ask(writing, 'ALTER DATABASE desk RESET default_transaction_read_only')
      await ask(database, ENDS)
      await pause(300)
    },
  },
]

const ENDS =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'scel-desk' AND pid <> pg_backend_pid()"
